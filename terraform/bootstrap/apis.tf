locals {
  # What the login, the action and the bundled Terraform call.
  apis = toset([
    "artifactregistry.googleapis.com",
    "cloudbilling.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "compute.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "iap.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "secretmanager.googleapis.com",
    "serviceusage.googleapis.com",
    "storage.googleapis.com",
    "sts.googleapis.com",
  ])
}

resource "google_project_service" "main" {
  for_each = local.apis

  project = var.project_id
  service = each.value

  # Other things in the project may use the API: leaving it on costs nothing.
  disable_on_destroy = false
}
