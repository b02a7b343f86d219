locals {
  # Bucket names are one name space for the whole world; a project id is as well.
  state_bucket = coalesce(var.state_bucket, "${var.project_id}-tfstate")
}

# Terraform's states, the ledger of releases and the deploy lock.
resource "google_storage_bucket" "state" {
  name                        = local.state_bucket
  project                     = var.project_id
  location                    = coalesce(var.state_location, var.region)
  public_access_prevention    = "enforced"
  uniform_bucket_level_access = true

  # A bucket that still holds a state cannot be destroyed by mistake.
  force_destroy = false

  versioning {
    enabled = true
  }

  # A live object is never touched: only versions that others have followed.
  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      num_newer_versions = var.kept_state_versions
      with_state         = "ARCHIVED"
    }
  }

  depends_on = [google_project_service.main]
}

# Neither may change the bucket, its versions' life or its policy. The deployer
# reads the bucket's settings as well, so that command: doctor can judge them.
resource "google_storage_bucket_iam_member" "state" {
  for_each = {
    deployer = { role = "roles/storage.objectUser", member = google_service_account.main["deployer"].member }
    settings = { role = "roles/storage.legacyBucketReader", member = google_service_account.main["deployer"].member }
    planner  = { role = "roles/storage.objectViewer", member = google_service_account.main["planner"].member }
  }

  bucket = google_storage_bucket.state.name
  role   = each.value.role
  member = each.value.member
}
