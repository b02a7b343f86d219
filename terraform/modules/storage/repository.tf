resource "google_artifact_registry_repository" "main" {
  repository_id = var.name
  project       = var.project_id
  location      = var.region
  description   = "Container images of ${var.name}."
  format        = "DOCKER"

  # The action gives the image of every release it keeps the tag release-<id>,
  # and takes the tag away when it prunes the release.
  cleanup_policies {
    id     = "keep-releases"
    action = "KEEP"

    condition {
      tag_prefixes = ["release-"]
      tag_state    = "TAGGED"
    }
  }

  # Whatever their age: the next deploy may find its image among them.
  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = 10
    }
  }

  # KEEP wins over DELETE: what is left is neither a release nor new.
  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      older_than = "${var.image_retention_days * 86400}s"
      tag_state  = "ANY"
    }
  }
}

# On this repository alone: the VMs can read no other image of the project.
resource "google_artifact_registry_repository_iam_member" "vm_reader" {
  project    = var.project_id
  location   = google_artifact_registry_repository.main.location
  repository = google_artifact_registry_repository.main.repository_id
  role       = "roles/artifactregistry.reader"
  member     = var.reader_member
}
