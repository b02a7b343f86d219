# Secrets without a value: who adds the versions is not Terraform, or they would
# stand in its state.
resource "google_secret_manager_secret" "main" {
  for_each = var.create_secrets

  secret_id = each.value
  project   = var.project_id

  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_iam_member" "vm_accessor" {
  for_each = local.readable_secrets

  project   = each.value.project
  secret_id = each.value.secret
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.vm.member

  # One of these may be made only now; the others exist.
  depends_on = [google_secret_manager_secret.main]
}
