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
  _held_roles = toset(flatten(values(local._custom_roles)))
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
