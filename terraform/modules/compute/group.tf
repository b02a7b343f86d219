locals {
  # A regional group takes 0 or at least its number of zones, nothing between.
  max_surge       = var.strategy == "surge" ? length(var.zones) : 0
  max_unavailable = var.strategy == "surge" ? 0 : length(var.zones)
}

resource "google_compute_health_check" "main" {
  count = var.port == null ? 0 : 1

  name                = var.name
  project             = var.project_id
  description         = "Whether a VM of ${var.name} serves."
  check_interval_sec  = var.health_check.interval_sec
  timeout_sec         = var.health_check.timeout_sec
  healthy_threshold   = var.health_check.healthy_threshold
  unhealthy_threshold = var.health_check.unhealthy_threshold

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

  # Never replaced by that, but when port becomes null the group lets go of the
  # health check first, and only then can it be deleted.
  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_region_instance_group_manager" "main" {
  name               = var.name
  project            = var.project_id
  region             = var.region
  description        = "VMs of ${var.name}. Which release they run is decided by deploy-spot-mig, not by Terraform."
  base_instance_name = var.name
  # With an autoscaler it is the autoscaler's: a number here would be undone by it.
  target_size = var.autoscaling == null ? var.size : null

  dynamic "named_port" {
    for_each = var.port == null ? [] : [var.port]

    content {
      name = "http"
      port = named_port.value
    }
  }

  # BALANCED goes where there is capacity, which is what Spot needs; and no VM
  # is moved to another zone only because that would be more even.
  distribution_policy_zones        = var.zones
  distribution_policy_target_shape = "BALANCED"

  # The action watches the VMs itself and says why one does not come up.
  wait_for_instances = false

  version {
    instance_template = google_compute_region_instance_template.seed.id
  }

  update_policy {
    type                           = "PROACTIVE"
    minimal_action                 = "REPLACE"
    most_disruptive_allowed_action = "REPLACE"
    replacement_method             = "SUBSTITUTE"
    instance_redistribution_type   = "NONE"
    max_surge_fixed                = local.max_surge
    max_unavailable_fixed          = local.max_unavailable
  }

  dynamic "auto_healing_policies" {
    for_each = google_compute_health_check.main

    content {
      health_check      = auto_healing_policies.value.id
      initial_delay_sec = var.health_check.initial_delay_sec
    }
  }

  # A release is one PATCH of the group's version. Terraform sets the first one,
  # the seed, and never looks at it again.
  lifecycle {
    ignore_changes = [version]
  }

  # The first boot must already be allowed to log and to read its secrets.
  depends_on = [
    google_project_iam_member.log_writer,
    google_secret_manager_secret_iam_member.vm_accessor,
  ]
}
