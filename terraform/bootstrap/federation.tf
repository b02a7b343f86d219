locals {
  # Who may be the deployer, as one expression over the claims that GitHub signs.
  # `ref` and `environment` come from the run, not from the workflow file: a pull
  # request runs on refs/pull/N/merge whatever its author writes. The event is
  # asked for because pull_request_target and issue_comment run on the default
  # branch on a stranger's behalf.
  _deployer_rules = compact([
    "assertion.event_name in [${join(", ", formatlist("'%s'", sort(var.deployer_events)))}]",
    var.deployer_ref == null ? "" : "assertion.ref == '${coalesce(var.deployer_ref, "-")}'",
    var.deployer_environment == null ? "" : "has(assertion.environment) && assertion.environment == '${coalesce(var.deployer_environment, "-")}'",
  ])

  # What the attribute says of a job that keeps to the rules: which repository,
  # from where. It is bounded here, because Google refuses a token altogether
  # when an attribute has more than 127 bytes, which a branch name can have.
  _deployer_place = join(":", compact([
    var.deployer_ref,
    var.deployer_environment == null ? "" : "environment/${coalesce(var.deployer_environment, "-")}",
  ]))
  deployer_attribute = "${var.repository_id}:${local._deployer_place}"

  attribute_mapping = {
    # The subject appears in audit logs. `sub` would say more, and be too long for
    # Google as soon as a branch or an environment has a long name.
    "google.subject"                = "assertion.repository_id + ':' + assertion.run_id"
    "attribute.deployer"            = "${join(" && ", local._deployer_rules)} ? assertion.repository_id + ':${local._deployer_place}' : 'none'"
    "attribute.repository_id"       = "assertion.repository_id"
    "attribute.repository_owner_id" = "assertion.repository_owner_id"
  }

  # Numbers, because a name can be given up and registered by somebody else.
  attribute_condition = "assertion.repository_id == '${var.repository_id}' && assertion.repository_owner_id == '${var.repository_owner_id}'"

  _principal_set = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.main.name}"
  members = {
    deployer = "${local._principal_set}/attribute.deployer/${local.deployer_attribute}"
    planner  = "${local._principal_set}/attribute.repository_id/${var.repository_id}"
  }
}

resource "google_iam_workload_identity_pool" "main" {
  workload_identity_pool_id = var.pool_id
  project                   = var.project_id
  display_name              = "GitHub"
  description               = "Jobs of GitHub Actions."

  depends_on = [google_project_service.main]
}

resource "google_iam_workload_identity_pool_provider" "main" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.main.workload_identity_pool_id
  workload_identity_pool_provider_id = var.provider_id
  project                            = var.project_id
  display_name                       = "GitHub"
  description                        = "Lets in repository ${var.repository_id} of owner ${var.repository_owner_id} alone."
  attribute_condition                = local.attribute_condition
  attribute_mapping                  = local.attribute_mapping

  oidc {
    issuer_uri = var.issuer_uri
  }
}

resource "google_service_account_iam_member" "federation" {
  for_each = local.members

  service_account_id = google_service_account.main[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = each.value

  # Nobody comes in before the provider says who may.
  depends_on = [google_iam_workload_identity_pool_provider.main]
}
