# Where images live, and who reads them.

mock_provider "google" {}

variables {
  name          = "mervis"
  project_id    = "mervis-demo"
  reader_member = "serviceAccount:mervis-machine@mervis-demo.iam.gserviceaccount.com"
  region        = "europe-west1"
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
