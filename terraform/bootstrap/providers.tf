provider "google" {
  project = var.project_id
  region  = var.region

  default_labels = merge({ managed-by = "deploy-spot-mig" }, var.labels)
}
