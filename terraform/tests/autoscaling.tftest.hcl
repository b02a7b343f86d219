# How many VMs there are: a number, or what an autoscaler makes of load and time.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "mervis-machine@mervis-demo.iam.gserviceaccount.com"
      member = "serviceAccount:mervis-machine@mervis-demo.iam.gserviceaccount.com"
    }
  }
}

variables {
  autoscaling        = null
  boot_disk          = { size_gb = 10, type = "pd-balanced" }
  create_secrets     = []
  enable_external_ip = true
  env                = {}
  health_check = {
    healthy_threshold   = 1
    initial_delay_sec   = 300
    interval_sec        = 5
    timeout_sec         = 5
    unhealthy_threshold = 6
  }
  health_path  = "/healthz"
  machine_type = "e2-small"
  provisioning = "spot"
  secrets      = {}
  size         = 3
  strategy     = "surge"
  subnetwork   = "projects/mervis-demo/regions/europe-west1/subnetworks/mervis"
  zones        = ["europe-west1-b"]
  name         = "mervis"
  port         = 8080
  project_id   = "mervis-demo"
  region       = "europe-west1"
}

run "has_no_autoscaler_by_default" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition = (
      length(google_compute_region_autoscaler.main) == 0
      && google_compute_region_instance_group_manager.main.target_size == 3
    )
    error_message = "without autoscaling the group has the size that was asked for."
  }
}

run "follows_load_and_timetable" {
  command = apply

  module {
    source = "./modules/compute"
  }

  variables {
    autoscaling = {
      cooldown_sec = 90
      cpu_target   = 0.6
      max          = 5
      min          = 1
      schedules = {
        office-hours = {
          at_least     = 3
          cron         = "0 8 * * Mon-Fri"
          duration_sec = 36000
          time_zone    = "Europe/Berlin"
        }
      }
    }
  }

  assert {
    condition     = google_compute_region_instance_group_manager.main.target_size != 3
    error_message = "size and autoscaler must not both say how many VMs there are."
  }

  assert {
    condition = (
      google_compute_region_autoscaler.main[0].autoscaling_policy[0].min_replicas == 1
      && google_compute_region_autoscaler.main[0].autoscaling_policy[0].max_replicas == 5
      && google_compute_region_autoscaler.main[0].autoscaling_policy[0].cooldown_period == 90
      && google_compute_region_autoscaler.main[0].autoscaling_policy[0].cpu_utilization[0].target == 0.6
    )
    error_message = "the autoscaler keeps within the bounds."
  }

  assert {
    condition = alltrue([
      for schedule in google_compute_region_autoscaler.main[0].autoscaling_policy[0].scaling_schedules :
      schedule.name == "office-hours" && schedule.min_required_replicas == 3
      && schedule.schedule == "0 8 * * Mon-Fri" && schedule.duration_sec == 36000
      && schedule.time_zone == "Europe/Berlin"
    ]) && length(google_compute_region_autoscaler.main[0].autoscaling_policy[0].scaling_schedules) == 1
    error_message = "the timetable reaches the autoscaler as it was written."
  }
}

run "takes_a_timetable_alone" {
  command = plan

  variables {
    autoscaling = {
      max       = 2
      min       = 0
      schedules = { day = { at_least = 1, cron = "0 6 * * *", duration_sec = 57600 } }
    }
  }

  assert {
    condition     = output.group_name == "mervis"
    error_message = "min 0 is fine where a timetable wakes the group."
  }
}

run "refuses_nothing_to_go_by" {
  command = plan

  variables {
    autoscaling = { max = 5, min = 1 }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_min_above_max" {
  command = plan

  variables {
    autoscaling = { cpu_target = 0.6, max = 2, min = 3 }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_more_vms_than_a_group_holds" {
  command = plan

  variables {
    autoscaling = { cpu_target = 0.6, max = 1001, min = 1 }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_half_a_vm" {
  command = plan

  variables {
    autoscaling = { cpu_target = 0.6, max = 2.5, min = 1 }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_percent_as_target" {
  command = plan

  variables {
    autoscaling = { cpu_target = 60, max = 5, min = 1 }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_no_vm_to_measure" {
  command = plan

  variables {
    autoscaling = { cpu_target = 0.6, max = 5, min = 0 }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_cooldown_above_the_limit" {
  command = plan

  variables {
    autoscaling = { cooldown_sec = 3601, cpu_target = 0.6, max = 5, min = 1 }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_schedule_name_in_capitals" {
  command = plan

  variables {
    autoscaling = {
      max       = 5
      min       = 1
      schedules = { Office = { at_least = 1, cron = "0 8 * * *", duration_sec = 3600 } }
    }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_cron_of_four_fields" {
  command = plan

  variables {
    autoscaling = {
      max       = 5
      min       = 1
      schedules = { office = { at_least = 1, cron = "0 8 * *", duration_sec = 3600 } }
    }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_schedule_too_short" {
  command = plan

  variables {
    autoscaling = {
      max       = 5
      min       = 1
      schedules = { office = { at_least = 1, cron = "0 8 * * *", duration_sec = 299 } }
    }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_schedule_above_max" {
  command = plan

  variables {
    autoscaling = {
      max       = 5
      min       = 1
      schedules = { office = { at_least = 6, cron = "0 8 * * *", duration_sec = 3600 } }
    }
  }

  expect_failures = [var.autoscaling]
}

run "refuses_time_zone_as_abbreviation" {
  command = plan

  variables {
    autoscaling = {
      max       = 5
      min       = 1
      schedules = { office = { at_least = 1, cron = "0 8 * * *", duration_sec = 3600, time_zone = "CEST" } }
    }
  }

  expect_failures = [var.autoscaling]
}
