# A VPC network lets nothing in by itself: these rules are all there is.

locals {
  # Fixed, published by Google: the only addresses health checks come from.
  health_check_ranges = ["130.211.0.0/22", "35.191.0.0/16"]

  # Fixed, published by Google: where Identity-Aware Proxy forwards TCP from,
  # after it has checked who is asking.
  iap_range = "35.235.240.0/20"
}

resource "google_compute_firewall" "health_checks" {
  count = var.port == null ? 0 : 1

  name          = "${var.name}-health-checks"
  project       = var.project_id
  network       = google_compute_network.main.id
  description   = "Google's health checks may reach the app's port."
  direction     = "INGRESS"
  source_ranges = local.health_check_ranges
  target_tags   = [var.name]

  allow {
    protocol = "tcp"
    ports    = [tostring(var.port)]
  }
}

resource "google_compute_firewall" "iap_ssh" {
  count = var.enable_iap_ssh ? 1 : 0

  name          = "${var.name}-iap-ssh"
  project       = var.project_id
  network       = google_compute_network.main.id
  description   = "SSH through Identity-Aware Proxy only."
  direction     = "INGRESS"
  source_ranges = [local.iap_range]
  target_tags   = [var.name]

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_firewall" "ingress" {
  count = var.port == null || length(var.ingress_ranges) == 0 ? 0 : 1

  name          = "${var.name}-ingress"
  project       = var.project_id
  network       = google_compute_network.main.id
  description   = "The ranges of ingress_ranges may reach the app's port."
  direction     = "INGRESS"
  source_ranges = var.ingress_ranges
  target_tags   = [var.name]

  allow {
    protocol = "tcp"
    ports    = [tostring(var.port)]
  }
}
