output "repository_id" {
  description = "Id of the repository, usable once the VMs may pull from it."
  value       = google_artifact_registry_repository.main.repository_id

  depends_on = [google_artifact_registry_repository_iam_member.vm_reader]
}
