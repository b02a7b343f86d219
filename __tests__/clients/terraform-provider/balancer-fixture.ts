/** A group with an autoscaler behind HTTPS, with a redirect for those who come without. */
export const BALANCER = `
variable "draining" { default = 30 }
variable "label" { default = "one" }
variable "ports" { default = 8080 }
variable "least" { default = 1 }
variable "domains" {
  type    = list(string)
  default = ["app.example.com"]
}
provider "google" {
  project        = "mervis-demo"
  region         = "europe-west1"
  zone           = "europe-west1-b"
  default_labels = { team = "blue" }
}
resource "google_compute_network" "main" {
  name = "app"
}
resource "google_compute_health_check" "main" {
  name = "app"
  http_health_check {
    port = 8080
  }
}
resource "google_compute_instance_template" "main" {
  name         = "app"
  machine_type = "e2-small"
  disk {
    source_image = "projects/cos-cloud/global/images/family/cos-stable"
  }
  network_interface {
    network = google_compute_network.main.id
  }
}
resource "google_compute_region_instance_group_manager" "main" {
  name               = "app"
  base_instance_name = "app"
  version {
    instance_template = google_compute_instance_template.main.id
  }
  named_port {
    name = "http"
    port = var.ports
  }
  lifecycle {
    ignore_changes = [target_size]
  }
}
resource "google_compute_region_autoscaler" "main" {
  name   = "app"
  target = google_compute_region_instance_group_manager.main.id
  autoscaling_policy {
    mode            = "OFF"
    min_replicas    = var.least
    max_replicas    = 3
    cooldown_period = 90
    cpu_utilization {
      target = 0.6
    }
    scaling_schedules {
      name                  = "morning"
      schedule              = "0 7 * * MON-FRI"
      time_zone             = "Europe/Berlin"
      duration_sec          = 3600
      min_required_replicas = var.least
    }
  }
}
resource "google_compute_instance_group_manager" "zonal" {
  name               = "zonal"
  base_instance_name = "zonal"
  target_size        = 0
  version {
    instance_template = google_compute_instance_template.main.id
  }
  named_port {
    name = "http"
    port = var.ports
  }
}
resource "google_compute_autoscaler" "zonal" {
  name   = "zonal"
  target = google_compute_instance_group_manager.zonal.id
  autoscaling_policy {
    mode         = "OFF"
    min_replicas = var.least
    max_replicas = 3
  }
}
resource "google_secret_manager_secret" "main" {
  secret_id = "token"
  labels    = { stage = var.label }
  replication {
    auto {}
  }
}
resource "google_compute_global_address" "main" {
  name   = "app"
  labels = { stage = var.label }
}
resource "google_compute_backend_service" "main" {
  name                            = "app"
  protocol                        = "HTTP"
  port_name                       = "http"
  load_balancing_scheme           = "EXTERNAL_MANAGED"
  connection_draining_timeout_sec = var.draining
  health_checks                   = [google_compute_health_check.main.id]
  backend {
    group = google_compute_region_instance_group_manager.main.instance_group
  }
  log_config {
    enable = true
  }
}
resource "google_compute_url_map" "main" {
  name            = "app"
  default_service = google_compute_backend_service.main.id
}
resource "google_compute_url_map" "redirect" {
  name = "app-redirect"
  default_url_redirect {
    https_redirect         = true
    strip_query            = false
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
  }
}
resource "google_compute_managed_ssl_certificate" "main" {
  name = "app-\${substr(sha256(join(",", var.domains)), 0, 6)}"
  managed {
    domains = var.domains
  }
  lifecycle {
    create_before_destroy = true
  }
}
resource "google_compute_target_https_proxy" "main" {
  name             = "app"
  url_map          = google_compute_url_map.main.id
  ssl_certificates = [google_compute_managed_ssl_certificate.main.id]
}
resource "google_compute_target_http_proxy" "main" {
  name    = "app"
  url_map = google_compute_url_map.redirect.id
}
resource "google_compute_global_forwarding_rule" "https" {
  name                  = "app-https"
  ip_address            = google_compute_global_address.main.id
  port_range            = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  target                = google_compute_target_https_proxy.main.id
}
resource "google_compute_global_forwarding_rule" "http" {
  name                  = "app-http"
  ip_address            = google_compute_global_address.main.address
  port_range            = "80"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  target                = google_compute_target_http_proxy.main.id
}
`
