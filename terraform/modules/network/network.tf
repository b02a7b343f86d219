resource "google_compute_network" "main" {
  name                    = var.name
  project                 = var.project_id
  description             = "Network of ${var.name}; nothing else lives in it."
  auto_create_subnetworks = false
  routing_mode            = "REGIONAL"
}

resource "google_compute_subnetwork" "main" {
  name          = var.name
  project       = var.project_id
  region        = var.region
  network       = google_compute_network.main.id
  ip_cidr_range = var.subnet_range

  # Registry, secrets and logs are reached without an external address.
  private_ip_google_access = true
}

# Only for VMs without an external address: their way out to everything that
# is not a Google API.
resource "google_compute_router" "main" {
  count = var.enable_external_ip ? 0 : 1

  name    = var.name
  project = var.project_id
  region  = var.region
  network = google_compute_network.main.id
}

resource "google_compute_router_nat" "main" {
  count = var.enable_external_ip ? 0 : 1

  name                               = var.name
  project                            = var.project_id
  region                             = var.region
  router                             = google_compute_router.main[0].name
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"
}
