resource "google_artifact_registry_repository" "main" {
  repository_id = var.name
  project       = var.project_id
  location      = var.region
  description   = "Container images of ${var.name}."
  format        = "DOCKER"
}

# On this repository alone: the VMs can read no other image of the project.
resource "google_artifact_registry_repository_iam_member" "vm_reader" {
  project    = var.project_id
  location   = google_artifact_registry_repository.main.location
  repository = google_artifact_registry_repository.main.repository_id
  role       = "roles/artifactregistry.reader"
  member     = var.reader_member
}
