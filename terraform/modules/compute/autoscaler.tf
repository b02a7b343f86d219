resource "google_compute_region_autoscaler" "main" {
  count = var.autoscaling == null ? 0 : 1

  name        = var.name
  project     = var.project_id
  region      = var.region
  description = "How many VMs ${var.name} has."
  target      = google_compute_region_instance_group_manager.main.id

  autoscaling_policy {
    min_replicas    = var.autoscaling.min
    max_replicas    = var.autoscaling.max
    cooldown_period = var.autoscaling.cooldown_sec

    dynamic "cpu_utilization" {
      for_each = var.autoscaling.cpu_target == null ? [] : [var.autoscaling.cpu_target]

      content {
        target = cpu_utilization.value
      }
    }

    dynamic "scaling_schedules" {
      for_each = var.autoscaling.schedules

      content {
        name                  = scaling_schedules.key
        schedule              = scaling_schedules.value.cron
        time_zone             = scaling_schedules.value.time_zone
        duration_sec          = scaling_schedules.value.duration_sec
        min_required_replicas = scaling_schedules.value.at_least
      }
    }
  }
}
