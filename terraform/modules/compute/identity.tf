locals {
  # A service account id has 6 to 30 characters; a name may have 1 to 42. A long
  # one is cut and told apart from its neighbours by a piece of its hash.
  _account_suffix = "-machine"
  _short_name = (
    length("${var.name}${local._account_suffix}") <= 30
    ? var.name
    : "${trimsuffix(substr(var.name, 0, 15), "-")}-${substr(sha256(var.name), 0, 6)}"
  )

  # "secret", "secret:3" and "projects/p/secrets/secret:3" as one shape.
  _secret_parts = {
    for name, reference in var.secrets : name => regex(
      "^(?:projects/(?P<project>[^/]+)/secrets/)?(?P<secret>[^/:]+)(?::(?P<version>[^/:]+))?$",
      reference
    )
  }
  secrets = {
    for name, part in local._secret_parts : name => {
      project = part.project == null ? var.project_id : part.project
      secret  = part.secret
      version = part.version == null ? "latest" : part.version
    }
  }

  # Two variables may read one secret: it is granted once.
  readable_secrets = {
    for secret in distinct([
      for part in values(local.secrets) : { project = part.project, secret = part.secret }
    ]) : "${secret.project}/${secret.secret}" => secret
  }
}

resource "google_service_account" "vm" {
  account_id   = "${local._short_name}${local._account_suffix}"
  project      = var.project_id
  display_name = "VMs of ${var.name}"
  description  = "Pulls the image, reads the secrets named in the release, writes logs."
}

resource "google_project_iam_member" "log_writer" {
  project = var.project_id
  role    = "roles/logging.logWriter"
  member  = google_service_account.vm.member
}
