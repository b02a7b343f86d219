provider "google" {
  project = var.project_id
  region  = var.region

  default_labels = merge({
    app        = var.name
    managed-by = "deploy-spot-mig"
  }, var.labels)

  # The provider's own label would be copied into every release template,
  # which Terraform did not make.
  add_terraform_attribution_label = false
}
