# The VMs: what they are, what they may do, and how they are replaced.

mock_provider "google" {}

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
  name         = "mervis"
  port         = 8080
  project_id   = "mervis-demo"
  provisioning = "spot"
  region       = "europe-west1"
  secrets      = {}
  size         = 2
  strategy     = "surge"
  subnetwork   = "projects/mervis-demo/regions/europe-west1/subnetworks/mervis"
  zones        = ["europe-west1-b", "europe-west1-c", "europe-west1-d"]
}

run "makes_spot_vms" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition = (
      google_compute_region_instance_template.base.scheduling[0].provisioning_model == "SPOT"
      && google_compute_region_instance_template.base.scheduling[0].preemptible == true
      && google_compute_region_instance_template.base.scheduling[0].automatic_restart == false
      && google_compute_region_instance_template.base.scheduling[0].on_host_maintenance == "TERMINATE"
      && google_compute_region_instance_template.base.scheduling[0].instance_termination_action == "STOP"
    )
    error_message = "Spot is five fields, all from one switch."
  }
}

run "makes_standard_vms" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    provisioning = "standard"
  }

  assert {
    condition = (
      google_compute_region_instance_template.base.scheduling[0].provisioning_model == "STANDARD"
      && google_compute_region_instance_template.base.scheduling[0].preemptible == false
      && google_compute_region_instance_template.base.scheduling[0].automatic_restart == true
      && google_compute_region_instance_template.base.scheduling[0].on_host_maintenance == "MIGRATE"
      && google_compute_region_instance_template.base.scheduling[0].instance_termination_action == null
    )
    error_message = "standard VMs migrate and restart."
  }
}

run "makes_a_base_template_without_an_image" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition = (
      google_compute_region_instance_template.base.name_prefix == "mervis-base-"
      && google_compute_region_instance_template.base.machine_type == "e2-small"
      && google_compute_region_instance_template.base.disk[0].source_image == "projects/cos-cloud/global/images/family/cos-stable"
      && google_compute_region_instance_template.base.disk[0].disk_size_gb == 10
    )
    error_message = "Container-Optimized OS on the machine that was asked for."
  }

  assert {
    condition = (
      !contains(keys(google_compute_region_instance_template.base.metadata), "app-image")
      && !contains(keys(google_compute_region_instance_template.base.metadata), "app-release")
      && !contains(keys(google_compute_region_instance_template.base.metadata), "app-env")
      && !contains(keys(google_compute_region_instance_template.base.metadata), "app-secrets")
      && google_compute_region_instance_template.base.metadata["app-port"] == "8080"
      && google_compute_region_instance_template.base.metadata["enable-guest-attributes"] == "TRUE"
      && google_compute_region_instance_template.base.metadata["google-logging-enabled"] == "true"
      && google_compute_region_instance_template.base.metadata["block-project-ssh-keys"] == "TRUE"
    )
    error_message = "the base names no image: releases do."
  }

  assert {
    condition = (
      google_compute_region_instance_template.base.metadata["startup-script"] == file("modules/compute/boot/startup.sh")
      && google_compute_region_instance_template.base.metadata["shutdown-script"] == file("modules/compute/boot/shutdown.sh")
    )
    error_message = "the scripts are the files, byte for byte."
  }

  assert {
    condition = (
      google_compute_region_instance_template.base.shielded_instance_config[0].enable_secure_boot == true
      && google_compute_region_instance_template.base.service_account[0].scopes == toset(["https://www.googleapis.com/auth/cloud-platform"])
    )
    error_message = "VMs are shielded, and roles alone say what they may do."
  }
}

run "starts_the_group_on_a_seed_that_runs_nothing" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition = (
      google_compute_region_instance_template.seed.name == "mervis-seed"
      && google_compute_region_instance_template.seed.scheduling[0].provisioning_model == "SPOT"
      && !contains(keys(google_compute_region_instance_template.seed.metadata), "startup-script")
      && length(google_compute_region_instance_template.seed.service_account) == 0
    )
    error_message = "the seed runs nothing, may do nothing and costs what a release costs."
  }
}

run "writes_one_line_per_variable" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    env     = { B = "2", A = "a=b \"c\"  " }
    secrets = { KEY = "api-key", PIN = "api-key:3", OWN = "projects/mervis-demo/secrets/x", FAR = "projects/far-away/secrets/y:latest" }
  }

  assert {
    condition     = google_compute_region_instance_template.base.metadata["app-env"] == "A=a=b \"c\"  \nB=2"
    error_message = "values are not changed, lines are sorted."
  }

  assert {
    condition = google_compute_region_instance_template.base.metadata["app-secrets"] == join("\n", [
      "FAR=projects/far-away/secrets/y/latest",
      "KEY=api-key/latest",
      "OWN=x/latest",
      "PIN=api-key/3",
    ])
    error_message = "secrets are named with their version."
  }

  assert {
    condition = (
      toset(keys(google_secret_manager_secret_iam_member.vm_accessor))
      == toset(["mervis-demo/api-key", "mervis-demo/x", "far-away/y"])
    )
    error_message = "each secret is granted once."
  }

  assert {
    condition = alltrue([
      for grant in google_secret_manager_secret_iam_member.vm_accessor :
      grant.role == "roles/secretmanager.secretAccessor"
    ])
    error_message = "secrets may be read, not changed."
  }
}

run "surges_by_the_number_of_zones" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition = (
      google_compute_region_instance_group_manager.main.update_policy[0].max_surge_fixed == 3
      && google_compute_region_instance_group_manager.main.update_policy[0].max_unavailable_fixed == 0
      && google_compute_region_instance_group_manager.main.update_policy[0].type == "PROACTIVE"
      && google_compute_region_instance_group_manager.main.update_policy[0].minimal_action == "REPLACE"
      && google_compute_region_instance_group_manager.main.update_policy[0].replacement_method == "SUBSTITUTE"
      && google_compute_region_instance_group_manager.main.update_policy[0].instance_redistribution_type == "NONE"
    )
    error_message = "new VMs come first, one per zone."
  }

  assert {
    condition = (
      google_compute_region_instance_group_manager.main.target_size == 2
      && google_compute_region_instance_group_manager.main.base_instance_name == "mervis"
      && google_compute_region_instance_group_manager.main.distribution_policy_zones == toset(var.zones)
      && google_compute_region_instance_group_manager.main.distribution_policy_target_shape == "BALANCED"
      && google_compute_region_instance_group_manager.main.wait_for_instances == false
    )
    error_message = "the group spreads over its zones and Terraform does not wait for it."
  }
}

run "recreates_by_the_number_of_zones" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    strategy = "recreate"
    zones    = ["europe-west1-b"]
  }

  assert {
    condition = (
      google_compute_region_instance_group_manager.main.update_policy[0].max_surge_fixed == 0
      && google_compute_region_instance_group_manager.main.update_policy[0].max_unavailable_fixed == 1
    )
    error_message = "old VMs go first."
  }
}

run "heals_what_does_not_answer" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition = (
      google_compute_health_check.main[0].http_health_check[0].port == 8080
      && google_compute_health_check.main[0].http_health_check[0].request_path == "/healthz"
      && google_compute_region_instance_group_manager.main.auto_healing_policies[0].initial_delay_sec == 300
    )
    error_message = "the health check asks for health_path on port."
  }
}

run "only_connects_without_a_path" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    health_path = null
  }

  assert {
    condition = (
      google_compute_health_check.main[0].tcp_health_check[0].port == 8080
      && length(google_compute_health_check.main[0].http_health_check) == 0
    )
    error_message = "without a path the health check opens a connection and no more."
  }
}

run "heals_nothing_without_a_port" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    port = null
  }

  assert {
    condition = (
      length(google_compute_health_check.main) == 0
      && length(google_compute_region_instance_group_manager.main.auto_healing_policies) == 0
      && !contains(keys(google_compute_region_instance_template.base.metadata), "app-port")
    )
    error_message = "without a port there is nothing to ask."
  }
}

run "gives_each_vm_an_external_address" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition     = length(google_compute_region_instance_template.base.network_interface[0].access_config) == 1
    error_message = "one ephemeral address."
  }
}

run "gives_no_vm_an_external_address" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    enable_external_ip = false
  }

  assert {
    condition     = length(google_compute_region_instance_template.base.network_interface[0].access_config) == 0
    error_message = "no address at all."
  }
}

run "names_the_service_account" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition     = google_service_account.vm.account_id == "mervis-machine"
    error_message = "the account is named after the deployment."
  }

  assert {
    condition     = google_project_iam_member.log_writer.role == "roles/logging.logWriter"
    error_message = "the one role in the project is to write logs."
  }
}

run "names_the_service_account_of_the_shortest_name" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    name = "a"
  }

  assert {
    condition     = google_service_account.vm.account_id == "a-machine"
    error_message = "an account id has at least 6 characters."
  }
}

run "names_the_service_account_of_a_long_name" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    name = "mervis-trading-bot-of-the-whole-department"
  }

  assert {
    condition     = can(regex("^mervis-trading-[0-9a-f]{6}-machine$", google_service_account.vm.account_id))
    error_message = "an account id has at most 30 characters, and is told apart by a hash."
  }
}
