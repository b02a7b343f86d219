locals {
  accounts = {
    deployer = {
      id          = var.deployer_id
      name        = "Deploys from GitHub"
      description = "Applies the infrastructure and rolls releases; only ${local._deployer_place} may become it."
    }
    planner = {
      id          = var.planner_id
      name        = "Plans pull requests from GitHub"
      description = "Reads what terraform plan reads; changes nothing."
    }
  }

  # Project roles of each account. Custom roles of roles.tf by their key there.
  _infrastructure_roles = [
    "roles/artifactregistry.admin",
    "roles/compute.instanceAdmin.v1",
    "roles/compute.networkAdmin",
    "roles/compute.securityAdmin",
    "roles/serviceusage.serviceUsageAdmin",
  ]
  _read_roles = ["roles/artifactregistry.reader", "roles/compute.viewer"]
  _project_roles = {
    # The last one for command: doctor, which tells what an organisation forbids.
    deployer = concat(
      (
        var.deployer_scope == "infrastructure"
        ? local._infrastructure_roles
        : concat(local._read_roles, ["roles/artifactregistry.repoAdmin"])
      ),
      ["roles/orgpolicy.policyViewer"],
    )
    planner = local._read_roles
  }
  _custom_roles = {
    deployer = (
      var.deployer_scope == "infrastructure"
      ? ["rollout", "infrastructure"]
      : ["rollout", "reader"]
    )
    planner = ["reader"]
  }

  project_grants = merge([
    for account, roles in local._project_roles : {
      for role in roles : "${account} ${role}" => { account = account, role = role }
    }
  ]...)
  custom_grants = merge([
    for account, roles in local._custom_roles : {
      for role in roles : "${account} ${role}" => { account = account, role = role }
    }
  ]...)
}

resource "google_service_account" "main" {
  for_each = local.accounts

  account_id   = each.value.id
  project      = var.project_id
  display_name = each.value.name
  description  = each.value.description

  depends_on = [google_project_service.main]
}

resource "google_project_iam_member" "main" {
  for_each = local.project_grants

  project = var.project_id
  role    = each.value.role
  member  = google_service_account.main[each.value.account].member
}

resource "google_project_iam_member" "custom" {
  for_each = local.custom_grants

  project = var.project_id
  role    = google_project_iam_custom_role.main[each.value.role].name
  member  = google_service_account.main[each.value.account].member
}

# The VMs may write logs, which is granted on the project. Whoever may grant
# anything there is its owner, so this right is cut down to those two roles.
resource "google_project_iam_member" "grants_logging" {
  count = var.deployer_scope == "infrastructure" ? 1 : 0

  project = var.project_id
  role    = "roles/resourcemanager.projectIamAdmin"
  member  = google_service_account.main["deployer"].member

  condition {
    title       = "logging_and_monitoring_only"
    description = "May grant and revoke what VMs need to write logs and metrics."
    expression  = "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/logging.logWriter', 'roles/monitoring.metricWriter'])"
  }
}

# A template that names a service account may be made only by who may act as it.
# The VMs' own account does not exist before the first deploy: until its address
# stands in vm_service_accounts, this is granted for every account of the project.
resource "google_project_iam_member" "acts_as_any" {
  count = length(var.vm_service_accounts) == 0 ? 1 : 0

  project = var.project_id
  role    = "roles/iam.serviceAccountUser"
  member  = google_service_account.main["deployer"].member
}

resource "google_service_account_iam_member" "acts_as" {
  for_each = toset(var.vm_service_accounts)

  service_account_id = "projects/${var.project_id}/serviceAccounts/${each.value}"
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.main["deployer"].member
}
