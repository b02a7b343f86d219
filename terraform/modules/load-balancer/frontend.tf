locals {
  # A certificate cannot be changed, and the next one must have another name
  # while the proxy still shows this one.
  _domains_key = substr(sha256(join(" ", var.domains)), 0, 8)
}

resource "google_compute_global_address" "main" {
  name        = var.name
  project     = var.project_id
  description = "Where the domains of ${var.name} point."
}

# PROVISIONING until the A record of every domain points at the address.
resource "google_compute_managed_ssl_certificate" "main" {
  name        = "${var.name}-${local._domains_key}"
  project     = var.project_id
  description = "Domains of ${var.name}."

  managed {
    domains = var.domains
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Without one, Google still speaks TLS 1.0.
resource "google_compute_ssl_policy" "main" {
  name            = var.name
  project         = var.project_id
  description     = "TLS 1.2 and newer."
  min_tls_version = "TLS_1_2"
  profile         = "MODERN"
}

resource "google_compute_url_map" "main" {
  name            = var.name
  project         = var.project_id
  description     = "Everything goes to the VMs of ${var.name}."
  default_service = google_compute_backend_service.main.id
}

resource "google_compute_target_https_proxy" "main" {
  name             = var.name
  project          = var.project_id
  url_map          = google_compute_url_map.main.id
  ssl_certificates = [google_compute_managed_ssl_certificate.main.id]
  ssl_policy       = google_compute_ssl_policy.main.id
}

resource "google_compute_global_forwarding_rule" "https" {
  name                  = "${var.name}-https"
  project               = var.project_id
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.main.id
  ip_protocol           = "TCP"
  port_range            = "443"
  target                = google_compute_target_https_proxy.main.id
}
