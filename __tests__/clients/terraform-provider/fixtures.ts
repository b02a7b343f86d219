/** The provider block of every test. */
export const PROVIDER = `
terraform {
  required_providers {
    google = { source = "hashicorp/google", version = "~> 6.50" }
  }
}
provider "google" {
  project        = "demo"
  region         = "europe-west1"
  default_labels = { team = "blue" }
}
`

/** A network with everything in it. */
export const NETWORK = `
resource "google_compute_network" "main" {
  name                    = "net"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "main" {
  name                     = "sub"
  ip_cidr_range            = "10.0.0.0/24"
  network                  = google_compute_network.main.id
  private_ip_google_access = true
  log_config {
    flow_sampling = 0.25
  }
}
resource "google_compute_firewall" "main" {
  name          = "allow"
  network       = google_compute_network.main.name
  source_ranges = ["35.191.0.0/16", "130.211.0.0/22"]
  target_tags   = ["app"]
  allow {
    protocol = "tcp"
    ports    = ["8080"]
  }
}
resource "google_compute_router" "main" {
  name    = "router"
  network = google_compute_network.main.id
}
resource "google_compute_router_nat" "main" {
  name                               = "nat"
  router                             = google_compute_router.main.name
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
  log_config {
    enable = false
    filter = "ERRORS_ONLY"
  }
}
`

/** A group of Spot VMs on a template. */
export const GROUP = `
resource "google_compute_health_check" "main" {
  name = "health"
  http_health_check {
    port = 8080
  }
}
resource "google_compute_region_instance_template" "main" {
  name_prefix  = "app-"
  machine_type = "e2-small"
  region       = "europe-west1"
  labels       = { app = "x" }
  tags         = ["app"]
  metadata     = { app-port = "8080" }
  metadata_startup_script = "#!/bin/bash"
  disk {
    source_image = "cos-cloud/cos-stable"
    boot         = true
    disk_size_gb = 20
    disk_type    = "pd-balanced"
  }
  network_interface {
    subnetwork = google_compute_subnetwork.main.id
    access_config {}
  }
  scheduling {
    provisioning_model          = "SPOT"
    preemptible                 = true
    automatic_restart           = false
    instance_termination_action = "STOP"
  }
  service_account {
    email  = "vm@demo.iam.gserviceaccount.com"
    scopes = ["cloud-platform"]
  }
  lifecycle {
    create_before_destroy = true
  }
}
resource "google_compute_region_instance_group_manager" "main" {
  name                             = "app"
  base_instance_name               = "app"
  region                           = "europe-west1"
  distribution_policy_zones        = ["europe-west1-b", "europe-west1-c"]
  distribution_policy_target_shape = "BALANCED"
  target_size                      = 2
  wait_for_instances               = true
  version {
    instance_template = google_compute_region_instance_template.main.id
  }
  update_policy {
    type                         = "PROACTIVE"
    minimal_action               = "REPLACE"
    max_surge_fixed              = 2
    max_unavailable_fixed        = 0
    instance_redistribution_type = "NONE"
  }
  auto_healing_policies {
    health_check      = google_compute_health_check.main.id
    initial_delay_sec = 300
  }
  named_port {
    name = "http"
    port = 8080
  }
  lifecycle {
    ignore_changes = [version]
  }
}
resource "google_compute_instance_template" "global" {
  name         = "fixed"
  machine_type = "e2-small"
  disk {
    source_image = "projects/cos-cloud/global/images/family/cos-stable"
  }
  network_interface {
    network = "default"
  }
}
resource "google_compute_instance_group_manager" "zonal" {
  name               = "zonal"
  base_instance_name = "zonal"
  zone               = "europe-west1-b"
  version {
    instance_template = google_compute_instance_template.global.self_link_unique
  }
}
resource "google_compute_region_autoscaler" "main" {
  name   = "scaler"
  target = google_compute_region_instance_group_manager.main.id
  autoscaling_policy {
    min_replicas = 1
    max_replicas = 3
    cpu_utilization {
      target = 0.6
    }
    scaling_schedules {
      name                  = "morning"
      schedule              = "0 7 * * *"
      duration_sec          = 3600
      min_required_replicas = 2
    }
  }
}
`

/** Registry, secrets, identities, buckets. */
export const PLATFORM = `
resource "google_project_service" "main" {
  for_each = toset(["compute.googleapis.com", "iam.googleapis.com"])
  service  = each.key
}
resource "google_service_account" "vm" {
  account_id   = "app-vm"
  display_name = "VM"
}
resource "google_artifact_registry_repository" "main" {
  repository_id = "app"
  location      = "europe-west1"
  format        = "DOCKER"
  labels        = { tier = "one" }
  docker_config {
    immutable_tags = false
  }
  cleanup_policies {
    id     = "old"
    action = "DELETE"
    condition {
      tag_state  = "ANY"
      older_than = "30d"
    }
  }
  cleanup_policies {
    id     = "keep"
    action = "KEEP"
    most_recent_versions {
      keep_count = 10
    }
  }
}
resource "google_artifact_registry_repository_iam_member" "main" {
  repository = google_artifact_registry_repository.main.name
  location   = google_artifact_registry_repository.main.location
  role       = "roles/artifactregistry.reader"
  member     = google_service_account.vm.member
}
resource "google_project_iam_member" "main" {
  for_each = toset(["roles/logging.logWriter", "roles/monitoring.metricWriter"])
  project  = "demo"
  role     = each.key
  member   = google_service_account.vm.member
}
resource "google_service_account_iam_member" "main" {
  service_account_id = google_service_account.vm.name
  role               = "roles/iam.serviceAccountUser"
  member             = "serviceAccount:deployer@demo.iam.gserviceaccount.com"
}
resource "google_secret_manager_secret" "main" {
  secret_id   = "token"
  annotations = { owner = "me" }
  replication {
    auto {}
  }
}
resource "google_secret_manager_secret_iam_member" "main" {
  secret_id = google_secret_manager_secret.main.id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.vm.member
  condition {
    title      = "for a while"
    expression = "request.time < timestamp('2030-01-01T00:00:00Z')"
  }
}
resource "google_storage_bucket" "main" {
  name                        = "demo-state"
  location                    = "EU"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  versioning {
    enabled = true
  }
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age                = 30
      num_newer_versions = 5
    }
  }
}
resource "google_storage_bucket_iam_member" "main" {
  bucket = google_storage_bucket.main.name
  role   = "roles/storage.objectUser"
  member = google_service_account.vm.member
}
resource "google_iam_workload_identity_pool" "main" {
  workload_identity_pool_id = "github"
}
resource "google_iam_workload_identity_pool_provider" "main" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.main.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  attribute_condition                = "assertion.repository_id == '1'"
  attribute_mapping                  = { "google.subject" = "assertion.sub" }
  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}
resource "google_project_iam_custom_role" "main" {
  role_id     = "deployer"
  title       = "Deployer"
  permissions = ["compute.instances.get"]
}
data "google_compute_zones" "main" {}
data "google_project" "main" {}
data "google_compute_image" "main" {
  project = "cos-cloud"
  family  = "cos-stable"
}
output "found" {
  value = {
    number = data.google_project.main.number
    image  = data.google_compute_image.main.name
    zones  = data.google_compute_zones.main.names
  }
}
`
