# Where images live, and who reads them.

mock_provider "google" {}

variables {
  image_retention_days = 30
  name                 = "mervis"
  project_id           = "mervis-demo"
  reader_member        = "serviceAccount:mervis-machine@mervis-demo.iam.gserviceaccount.com"
  region               = "europe-west1"
}

run "lets_the_vms_read_this_repository" {
  command = plan

  module {
    source = "./modules/storage"
  }

  assert {
    condition = (
      google_artifact_registry_repository.main.format == "DOCKER"
      && google_artifact_registry_repository.main.repository_id == "mervis"
      && google_artifact_registry_repository.main.location == "europe-west1"
    )
    error_message = "one Docker repository, in the VMs' region."
  }

  assert {
    condition = (
      google_artifact_registry_repository_iam_member.vm_reader.role == "roles/artifactregistry.reader"
      && google_artifact_registry_repository_iam_member.vm_reader.repository == "mervis"
      && google_artifact_registry_repository_iam_member.vm_reader.member == var.reader_member
    )
    error_message = "the VMs' account reads this repository, and only reads."
  }
}

run "keeps_releases_and_the_newest_and_deletes_what_is_old" {
  command = plan

  module {
    source = "./modules/storage"
  }

  assert {
    condition = {
      for policy in google_artifact_registry_repository.main.cleanup_policies : policy.id => policy.action
      } == {
      delete-old    = "DELETE"
      keep-newest   = "KEEP"
      keep-releases = "KEEP"
    }
    error_message = "three policies, of which one deletes."
  }

  assert {
    condition = one([
      for policy in google_artifact_registry_repository.main.cleanup_policies :
      policy.condition[0].tag_prefixes if policy.id == "keep-releases"
    ]) == tolist(["release-"])
    error_message = "what a release runs is kept, whatever its age."
  }

  # With an age of its own it would keep releases for a while only.
  assert {
    condition = one([
      for policy in google_artifact_registry_repository.main.cleanup_policies :
      policy.condition[0].older_than == null && policy.condition[0].newer_than == null && policy.condition[0].tag_state == "TAGGED"
      if policy.id == "keep-releases"
    ])
    error_message = "a release's image is kept by its tag alone."
  }

  assert {
    condition = one([
      for policy in google_artifact_registry_repository.main.cleanup_policies :
      policy.condition[0].tag_state == "ANY" && length(coalesce(policy.condition[0].tag_prefixes, [])) == 0
      if policy.id == "delete-old"
    ])
    error_message = "built images and superseded build caches go alike, tagged or not."
  }

  assert {
    condition     = google_artifact_registry_repository.main.cleanup_policy_dry_run == false
    error_message = "the policies are carried out."
  }

  assert {
    condition = one([
      for policy in google_artifact_registry_repository.main.cleanup_policies :
      policy.condition[0].older_than if policy.id == "delete-old"
    ]) == "2592000s"
    error_message = "30 days are 2592000 seconds."
  }
}
