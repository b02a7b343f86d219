# Its own health check, quicker than the group's: the group's decides whether a
# VM is replaced, this one only where the next request goes. It has to see a new
# VM no later than the group does, because then the old one is taken out.
resource "google_compute_health_check" "main" {
  name                = "${var.name}-load-balancer"
  project             = var.project_id
  description         = "Whether the load balancer sends requests to a VM of ${var.name}."
  check_interval_sec  = 2
  timeout_sec         = 2
  healthy_threshold   = 1
  unhealthy_threshold = 3

  dynamic "http_health_check" {
    for_each = var.health_path == null ? [] : [var.health_path]

    content {
      port         = var.port
      request_path = http_health_check.value
    }
  }

  dynamic "tcp_health_check" {
    for_each = var.health_path == null ? [var.port] : []

    content {
      port = tcp_health_check.value
    }
  }
}

resource "google_compute_backend_service" "main" {
  name                            = var.name
  project                         = var.project_id
  description                     = "The VMs of ${var.name}."
  load_balancing_scheme           = "EXTERNAL_MANAGED"
  protocol                        = "HTTP"
  port_name                       = "http"
  timeout_sec                     = var.timeout_sec
  connection_draining_timeout_sec = var.connection_draining_sec
  health_checks                   = [google_compute_health_check.main.id]

  backend {
    group          = var.instance_group
    balancing_mode = "UTILIZATION"
  }
}
