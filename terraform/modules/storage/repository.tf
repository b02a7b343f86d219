resource "google_artifact_registry_repository" "main" {
  repository_id = var.name
  project       = var.project_id
  location      = var.region
  description   = "Container images of ${var.name}."
  format        = "DOCKER"

  # Said, as a dry run that somebody tried by hand would else stay one for good.
  cleanup_policy_dry_run = false

  # The action gives the image of every release it keeps the tag release-<id>,
  # and takes the tag away when it prunes the release. A person may add a tag
  # release-<id>-pinned, which keeps release and image until it is deleted. What
  # a manifest list refers to, such as attestations, stays as long as the list.
  cleanup_policies {
    id     = "keep-releases"
    action = "KEEP"

    condition {
      tag_prefixes = ["release-"]
      tag_state    = "TAGGED"
    }
  }

  # Whatever their age, so that a service that nobody touched for long still has
  # its build cache. Versions are counted: an image with attestations is three.
  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = 10
    }
  }

  # KEEP wins over DELETE: what is left is neither a release nor new. Counted from
  # the push: builds renew their cache, and nobody reuses an image so old.
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
