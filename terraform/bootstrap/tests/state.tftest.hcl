# The bucket that holds everything Terraform knows.

mock_provider "google" {}

variables {
  project_id          = "mervis-demo"
  region              = "europe-west1"
  repository          = "mervis/mervis"
  repository_id       = "817263544"
  repository_owner_id = "10293847"
}

run "keeps_old_versions_and_no_outsider" {
  command = plan

  assert {
    condition     = google_storage_bucket.state.name == "mervis-demo-tfstate" && lower(google_storage_bucket.state.location) == "europe-west1"
    error_message = "named after the project, in its region."
  }

  assert {
    condition     = google_storage_bucket.state.versioning[0].enabled
    error_message = "an overwritten state must be recoverable."
  }

  assert {
    condition     = google_storage_bucket.state.public_access_prevention == "enforced" && google_storage_bucket.state.uniform_bucket_level_access
    error_message = "no object may ever be public, nor have a policy of its own."
  }

  assert {
    condition     = !google_storage_bucket.state.force_destroy
    error_message = "a bucket with a state in it is not destroyed."
  }
}

run "deletes_old_versions_only_and_never_the_last_ones" {
  command = plan

  variables {
    kept_state_versions = 20
  }

  assert {
    condition = (
      length(google_storage_bucket.state.lifecycle_rule) == 1
      && one(one(google_storage_bucket.state.lifecycle_rule).condition).num_newer_versions == 20
      && one(one(google_storage_bucket.state.lifecycle_rule).condition).with_state == "ARCHIVED"
      && one(one(google_storage_bucket.state.lifecycle_rule).condition).age == null
    )
    error_message = "only versions with 20 newer ones go, whatever their age; a live object never."
  }
}

run "lets_the_planner_read_objects_only" {
  command = plan

  assert {
    condition = { for key, grant in google_storage_bucket_iam_member.state : key => grant.role } == {
      deployer = "roles/storage.objectUser"
      settings = "roles/storage.legacyBucketReader"
      planner  = "roles/storage.objectViewer"
    }
    error_message = "the deployer writes objects and reads the bucket's settings, the planner reads objects, and neither administers the bucket."
  }
}

run "takes_a_name_and_a_place" {
  command = plan

  variables {
    state_bucket   = "states-of-mervis"
    state_location = "EU"
  }

  assert {
    condition     = google_storage_bucket.state.name == "states-of-mervis" && google_storage_bucket.state.location == "EU"
    error_message = "name and location are taken as written."
  }
}

run "enables_every_api_and_leaves_them_on" {
  command = plan

  assert {
    condition = length(setsubtract(
      [for name in ["artifactregistry", "cloudresourcemanager", "compute", "iam", "iamcredentials", "secretmanager", "serviceusage", "storage", "sts"] : "${name}.googleapis.com"],
      keys(google_project_service.main),
    )) == 0
    error_message = "an API that the login or the bundled Terraform calls is missing."
  }

  assert {
    condition     = alltrue([for service in values(google_project_service.main) : !service.disable_on_destroy])
    error_message = "a destroy must not switch off what others use."
  }
}
