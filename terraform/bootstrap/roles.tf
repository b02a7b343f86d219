locals {
  custom_roles = {
    rollout = {
      title       = "Deploy rollout"
      description = "Makes releases (instance templates) and rolls a group onto them."
      permissions = [
        "compute.globalOperations.get",
        "compute.healthChecks.get",
        "compute.instanceGroupManagers.get",
        "compute.instanceGroupManagers.list",
        "compute.instanceGroupManagers.update",
        "compute.instanceTemplates.create",
        "compute.instanceTemplates.delete",
        "compute.instanceTemplates.get",
        "compute.instanceTemplates.list",
        "compute.instanceTemplates.useReadOnly",
        "compute.instances.get",
        "compute.instances.getGuestAttributes",
        "compute.instances.getSerialPortOutput",
        "compute.instances.list",
        "compute.regionOperations.get",
        "compute.regions.get",
        "compute.zoneOperations.get",
        "compute.zones.list",
        # What Google checks of whoever gives a group a new template.
        "compute.disks.create",
        "compute.images.useReadOnly",
        "compute.instances.create",
        "compute.instances.setLabels",
        "compute.instances.setMetadata",
        "compute.instances.setServiceAccount",
        "compute.instances.setTags",
        "compute.subnetworks.use",
        "compute.subnetworks.useExternalIp",
        # A release names its secrets by version; a version's value is not read.
        "secretmanager.secrets.get",
        "secretmanager.versions.get",
        "secretmanager.versions.list",
      ]
    }
    # Instead of roles/iam.serviceAccountAdmin, which may hand out any account,
    # and of roles/secretmanager.admin, which may read every secret.
    infrastructure = {
      title       = "Deploy infrastructure"
      description = "Makes the VMs' service account, and secrets without reading any."
      permissions = [
        "iam.serviceAccounts.create",
        "iam.serviceAccounts.delete",
        "iam.serviceAccounts.get",
        "iam.serviceAccounts.getIamPolicy",
        "iam.serviceAccounts.list",
        "iam.serviceAccounts.update",
        "secretmanager.secrets.create",
        "secretmanager.secrets.delete",
        "secretmanager.secrets.getIamPolicy",
        "secretmanager.secrets.list",
        "secretmanager.secrets.setIamPolicy",
        "secretmanager.secrets.update",
        "secretmanager.versions.add",
      ]
    }
    # Held under a condition, for the secrets of managed_secrets alone. To tell
    # whether a value changed it has to be read: Google gives no hash of it.
    secrets = {
      title       = "Deploy secrets"
      description = "Compares, writes and disables the versions of the named secrets; destroys none."
      permissions = [
        "secretmanager.versions.access",
        "secretmanager.versions.add",
        "secretmanager.versions.disable",
      ]
    }
    reader = {
      title       = "Deploy reader"
      description = "What terraform plan reads outside Compute Engine."
      permissions = [
        "artifactregistry.repositories.get",
        "artifactregistry.repositories.getIamPolicy",
        "iam.serviceAccounts.get",
        "iam.serviceAccounts.getIamPolicy",
        "resourcemanager.projects.get",
        "resourcemanager.projects.getIamPolicy",
        "secretmanager.secrets.get",
        "secretmanager.secrets.getIamPolicy",
        "secretmanager.secrets.list",
        "secretmanager.versions.get",
        "secretmanager.versions.list",
        "serviceusage.services.get",
        "serviceusage.services.list",
      ]
    }
  }

  # A custom role is made only for somebody to hold it.
  _held_roles = toset(concat(
    flatten(values(local._custom_roles)),
    length(var.managed_secrets) > 0 ? ["secrets"] : []
  ))
}

resource "google_project_iam_custom_role" "main" {
  for_each = { for key, role in local.custom_roles : key => role if contains(local._held_roles, key) }

  role_id     = "${var.role_prefix}${title(each.key)}"
  project     = var.project_id
  title       = each.value.title
  description = each.value.description
  permissions = each.value.permissions

  depends_on = [google_project_service.main]
}

# On the project, because a secret need not exist yet; one binding for each, as
# an expression may hold twelve operators. A version is added to the secret
# itself, everything else is done to a version.
resource "google_project_iam_member" "manages_secret" {
  for_each = var.managed_secrets

  project = var.project_id
  role    = google_project_iam_custom_role.main["secrets"].name
  member  = google_service_account.main["deployer"].member

  condition {
    title       = "secret_${substr(sha256(each.value), 0, 8)}"
    description = "Only secret ${substr(each.value, 0, 200)}."
    expression  = "resource.name.extract('/secrets/{secret}/versions/') == '${each.value}' || resource.name.endsWith('/secrets/${each.value}')"
  }
}
