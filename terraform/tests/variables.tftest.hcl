# One run per rule: what a variable refuses, and what it must go on taking.

mock_provider "google" {}

variables {
  name       = "mervis"
  project_id = "mervis-demo"
  region     = "europe-west1"
}

run "refuses_name_in_capitals" {
  command = plan

  variables {
    name = "Mervis"
  }

  expect_failures = [var.name]
}

run "refuses_name_too_long" {
  command = plan

  variables {
    name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.name]
}

run "refuses_name_with_hyphen_at_the_end" {
  command = plan

  variables {
    name = "mervis-"
  }

  expect_failures = [var.name]
}

run "refuses_project_number" {
  command = plan

  variables {
    project_id = "123456789012"
  }

  expect_failures = [var.project_id]
}

run "refuses_project_display_name" {
  command = plan

  variables {
    project_id = "Mervis Demo"
  }

  expect_failures = [var.project_id]
}

run "refuses_zone_as_region" {
  command = plan

  variables {
    region = "europe-west1-b"
  }

  expect_failures = [var.region]
}

run "refuses_zone_of_another_region" {
  command = plan

  variables {
    zones = ["us-central1-a"]
  }

  expect_failures = [var.zones]
}

run "refuses_zone_twice" {
  command = plan

  variables {
    zones = ["europe-west1-b", "europe-west1-b"]
  }

  expect_failures = [var.zones]
}

run "refuses_machine_type_without_family" {
  command = plan

  variables {
    machine_type = "small"
  }

  expect_failures = [var.machine_type]
}

run "refuses_machine_type_of_arm" {
  command = plan

  variables {
    machine_type = "t2a-standard-1"
  }

  expect_failures = [var.machine_type]
}

run "refuses_negative_size" {
  command = plan

  variables {
    size = -1
  }

  expect_failures = [var.size]
}

run "refuses_size_above_the_limit" {
  command = plan

  variables {
    size = 1001
  }

  expect_failures = [var.size]
}

run "refuses_half_a_vm" {
  command = plan

  variables {
    size = 1.5
  }

  expect_failures = [var.size]
}

run "refuses_port_zero" {
  command = plan

  variables {
    port = 0
  }

  expect_failures = [var.port]
}

run "refuses_port_above_the_limit" {
  command = plan

  variables {
    port = 65536
  }

  expect_failures = [var.port]
}

run "refuses_image_retention_of_no_day" {
  command = plan

  variables {
    image_retention_days = 0
  }

  expect_failures = [var.image_retention_days]
}

run "refuses_port_of_ssh" {
  command = plan

  variables {
    port = 22
  }

  expect_failures = [var.port]
}

run "refuses_health_path_without_slash" {
  command = plan

  variables {
    health_path = "healthz"
  }

  expect_failures = [var.health_path]
}

run "refuses_health_path_with_a_space" {
  command = plan

  variables {
    health_path = "/a b"
  }

  expect_failures = [var.health_path]
}

run "refuses_health_check_waits_longer_than_its_interval" {
  command = plan

  variables {
    health_check = { interval_sec = 5, timeout_sec = 6 }
  }

  expect_failures = [var.health_check]
}

run "refuses_health_check_never_decides" {
  command = plan

  variables {
    health_check = { unhealthy_threshold = 11 }
  }

  expect_failures = [var.health_check]
}

run "refuses_health_check_delay_above_the_limit" {
  command = plan

  variables {
    health_check = { initial_delay_sec = 3601 }
  }

  expect_failures = [var.health_check]
}

run "refuses_unknown_strategy" {
  command = plan

  variables {
    strategy = "rolling"
  }

  expect_failures = [var.strategy]
}

run "refuses_unknown_provisioning" {
  command = plan

  variables {
    provisioning = "preemptible"
  }

  expect_failures = [var.provisioning]
}

run "refuses_env_name_with_hyphen" {
  command = plan

  variables {
    env = { "LOG-LEVEL" = "debug" }
  }

  expect_failures = [var.env]
}

run "refuses_env_name_with_a_line_break" {
  command = plan

  variables {
    env = { "A\nB" = "c" }
  }

  expect_failures = [var.env]
}

run "refuses_env_value_with_a_line_break" {
  command = plan

  variables {
    env = { KEY = "-----BEGIN\nKEY" }
  }

  expect_failures = [var.env]
}

run "refuses_env_value_with_a_carriage_return" {
  command = plan

  variables {
    env = { KEY = "a\r" }
  }

  expect_failures = [var.env]
}

run "refuses_env_value_null" {
  command = plan

  variables {
    env = { KEY = null }
  }

  expect_failures = [var.env]
}

run "refuses_secret_name_beginning_with_a_digit" {
  command = plan

  variables {
    secrets = { "1KEY" = "api-key" }
  }

  expect_failures = [var.secrets]
}

run "refuses_secret_value_instead_of_its_name" {
  command = plan

  variables {
    secrets = { KEY = "hunter2!" }
  }

  expect_failures = [var.secrets]
}

run "refuses_secret_version_zero" {
  command = plan

  variables {
    secrets = { KEY = "api-key:0" }
  }

  expect_failures = [var.secrets]
}

run "refuses_secret_null" {
  command = plan

  variables {
    secrets = { KEY = null }
  }

  expect_failures = [var.secrets]
}

run "refuses_disk_too_small" {
  command = plan

  variables {
    boot_disk = { size_gb = 9 }
  }

  expect_failures = [var.boot_disk]
}

run "refuses_unknown_disk_type" {
  command = plan

  variables {
    boot_disk = { type = "ssd" }
  }

  expect_failures = [var.boot_disk]
}

run "refuses_ingress_range_that_is_no_range" {
  command = plan

  variables {
    port           = 8080
    ingress_ranges = ["everyone"]
  }

  expect_failures = [var.ingress_ranges]
}

run "refuses_label_in_capitals" {
  command = plan

  variables {
    labels = { Team = "x" }
  }

  expect_failures = [var.labels]
}

run "refuses_label_value_with_a_space" {
  command = plan

  variables {
    labels = { team = "a b" }
  }

  expect_failures = [var.labels]
}

run "refuses_subnet_range_that_is_public" {
  command = plan

  variables {
    subnet_range = "8.8.8.0/24"
  }

  expect_failures = [var.subnet_range]
}

run "refuses_subnet_range_too_small" {
  command = plan

  variables {
    subnet_range = "10.0.0.0/30"
  }

  expect_failures = [var.subnet_range]
}

run "refuses_ingress_without_port" {
  command = plan

  variables {
    ingress_ranges = ["203.0.113.0/24"]
  }

  expect_failures = [var.ingress_ranges]
}

run "refuses_a_name_both_in_env_and_secrets" {
  command = plan

  variables {
    env     = { KEY = "a" }
    secrets = { KEY = "api-key" }
  }

  expect_failures = [var.secrets]
}

run "takes_the_longest_of_everything" {
  command = plan

  variables {
    name           = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    machine_type   = "n2-custom-4-8192"
    size           = 1000
    port           = 65535
    health_path    = "/a/b?c=d&e=%20"
    ingress_ranges = ["0.0.0.0/0", "203.0.113.7/32"]
    labels         = { team = "payments" }
    subnet_range   = "192.168.0.0/16"
    env            = { A = "", _b = "it's \"$(quoted)\" = `x` \\ ü 🚀" }
    secrets = {
      PLAIN   = "api-key"
      PINNED  = "api-key:12"
      NEWEST  = "api-key:latest"
      FOREIGN = "projects/other-project/secrets/api_key:3"
    }
  }
}

run "takes_an_app_without_a_port" {
  command = plan

  variables {
    port = null
  }
}
