# What is there already comes under this state instead of being made. An import
# of what the state holds anyway does nothing, so `adopt` may stay as it is.

import {
  for_each = contains(var.adopt, "state_bucket") ? toset(["it"]) : toset([])

  to = google_storage_bucket.state
  id = "${var.project_id}/${local.state_bucket}"
}

import {
  for_each = contains(var.adopt, "pool") ? toset(["it"]) : toset([])

  to = google_iam_workload_identity_pool.main
  id = "projects/${var.project_id}/locations/global/workloadIdentityPools/${var.pool_id}"
}

import {
  for_each = contains(var.adopt, "provider") ? toset(["it"]) : toset([])

  to = google_iam_workload_identity_pool_provider.main
  id = "projects/${var.project_id}/locations/global/workloadIdentityPools/${var.pool_id}/providers/${var.provider_id}"
}

import {
  for_each = toset([for key in ["deployer", "planner"] : key if contains(var.adopt, key)])

  to = google_service_account.main[each.key]
  id = "projects/${var.project_id}/serviceAccounts/${local.accounts[each.key].id}@${var.project_id}.iam.gserviceaccount.com"
}

import {
  for_each = contains(var.adopt, "roles") ? local._held_roles : toset([])

  to = google_project_iam_custom_role.main[each.key]
  id = "projects/${var.project_id}/roles/${var.role_prefix}${title(each.key)}"
}
