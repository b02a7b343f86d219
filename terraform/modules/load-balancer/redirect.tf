# Whoever comes without HTTPS is sent back with it.

resource "google_compute_url_map" "redirect" {
  count = var.redirect_http ? 1 : 0

  name        = "${var.name}-redirect"
  project     = var.project_id
  description = "From HTTP to HTTPS."

  default_url_redirect {
    https_redirect         = true
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
    strip_query            = false
  }
}

resource "google_compute_target_http_proxy" "redirect" {
  count = var.redirect_http ? 1 : 0

  name    = "${var.name}-redirect"
  project = var.project_id
  url_map = google_compute_url_map.redirect[0].id
}

resource "google_compute_global_forwarding_rule" "http" {
  count = var.redirect_http ? 1 : 0

  name                  = "${var.name}-http"
  project               = var.project_id
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.main.id
  ip_protocol           = "TCP"
  port_range            = "80"
  target                = google_compute_target_http_proxy.redirect[0].id
}
