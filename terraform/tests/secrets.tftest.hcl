# Secrets: some are made here, the others exist; their values are nobody's here.

mock_provider "google" {}

variables {
  autoscaling        = null
  boot_disk          = { size_gb = 10, type = "pd-balanced" }
  create_secrets     = ["api-key", "unused"]
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
  secrets = {
    API_KEY     = "api-key"
    DB_PASSWORD = "db-password:3"
    SHARED      = "projects/other-project/secrets/shared:latest"
  }
  size       = 1
  strategy   = "surge"
  subnetwork = "projects/mervis-demo/regions/europe-west1/subnetworks/mervis"
  zones      = ["europe-west1-b"]
}

run "makes_secrets_without_a_value" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition = (
      toset(keys(google_secret_manager_secret.main)) == toset(["api-key", "unused"])
      && google_secret_manager_secret.main["api-key"].secret_id == "api-key"
      && length(google_secret_manager_secret.main["api-key"].replication[0].auto) == 1
    )
    error_message = "create_secrets are made, replicated by Google; others are not."
  }
}

run "lets_the_vm_read_what_it_is_told_to" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition = (
      toset(keys(google_secret_manager_secret_iam_member.vm_accessor)) == toset([
        "mervis-demo/api-key",
        "mervis-demo/db-password",
        "other-project/shared",
      ])
      && alltrue([
        for grant in values(google_secret_manager_secret_iam_member.vm_accessor) :
        grant.role == "roles/secretmanager.secretAccessor"
      ])
    )
    error_message = "one grant for each secret in use, made here or not; none for the unused one."
  }
}

run "refuses_a_path_in_create_secrets" {
  command = plan

  variables {
    create_secrets = ["projects/other-project/secrets/shared"]
  }

  expect_failures = [var.create_secrets]
}

run "refuses_a_version_in_create_secrets" {
  command = plan

  variables {
    create_secrets = ["api-key:3"]
  }

  expect_failures = [var.create_secrets]
}
