# One run per rule: what a variable refuses.

mock_provider "google" {}

variables {
  project_id          = "mervis-demo"
  region              = "europe-west1"
  repository          = "mervis/mervis"
  repository_id       = "817263544"
  repository_owner_id = "10293847"
}

run "refuses_action_without_ref" {
  command = plan

  variables {
    action = "mervis/deploy-spot-mig"
  }

  expect_failures = [var.action]
}

run "refuses_adopting_what_is_not_known" {
  command = plan

  variables {
    adopt = ["network"]
  }

  expect_failures = [var.adopt]
}

run "refuses_an_environment_with_a_quote" {
  command = plan

  variables {
    deployer_environment = "it's"
  }

  expect_failures = [var.deployer_environment]
}

run "refuses_pull_requests_as_deployer" {
  command = plan

  variables {
    deployer_events = ["push", "pull_request"]
  }

  expect_failures = [var.deployer_events]
}

run "refuses_pull_request_target_as_deployer" {
  command = plan

  variables {
    deployer_events = ["pull_request_target"]
  }

  expect_failures = [var.deployer_events]
}

run "refuses_no_event_at_all" {
  command = plan

  variables {
    deployer_events = []
  }

  expect_failures = [var.deployer_events]
}

run "refuses_a_short_deployer_id" {
  command = plan

  variables {
    deployer_id = "ci"
  }

  expect_failures = [var.deployer_id]
}

run "refuses_a_branch_without_refs_heads" {
  command = plan

  variables {
    deployer_ref = "main"
  }

  expect_failures = [var.deployer_ref]
}

run "refuses_a_pattern_for_a_ref" {
  command = plan

  variables {
    deployer_ref = "refs/heads/*"
  }

  expect_failures = [var.deployer_ref]
}

run "refuses_pull_request_refs" {
  command = plan

  variables {
    deployer_ref = "refs/pull/1/merge"
  }

  expect_failures = [var.deployer_ref]
}

run "refuses_neither_ref_nor_environment" {
  command = plan

  variables {
    deployer_ref = null
  }

  expect_failures = [var.deployer_ref]
}

run "refuses_an_unknown_scope" {
  command = plan

  variables {
    deployer_scope = "owner"
  }

  expect_failures = [var.deployer_scope]
}

run "refuses_an_issuer_without_tls" {
  command = plan

  variables {
    issuer_uri = "http://token.actions.githubusercontent.com"
  }

  expect_failures = [var.issuer_uri]
}

run "refuses_too_few_state_versions" {
  command = plan

  variables {
    kept_state_versions = 1
  }

  expect_failures = [var.kept_state_versions]
}

run "refuses_half_a_state_version" {
  command = plan

  variables {
    kept_state_versions = 5.5
  }

  expect_failures = [var.kept_state_versions]
}

run "refuses_labels_in_capitals" {
  command = plan

  variables {
    labels = { Team = "payments" }
  }

  expect_failures = [var.labels]
}

run "refuses_a_planner_id_with_capitals" {
  command = plan

  variables {
    planner_id = "Planner"
  }

  expect_failures = [var.planner_id]
}

run "refuses_one_account_for_both" {
  command = plan

  variables {
    planner_id = "deployer"
  }

  expect_failures = [var.planner_id]
}

run "refuses_a_pool_id_of_google" {
  command = plan

  variables {
    pool_id = "gcp-github"
  }

  expect_failures = [var.pool_id]
}

run "refuses_a_short_pool_id" {
  command = plan

  variables {
    pool_id = "gh"
  }

  expect_failures = [var.pool_id]
}

run "refuses_a_project_number" {
  command = plan

  variables {
    project_id = "123456789012"
  }

  expect_failures = [var.project_id]
}

run "refuses_a_provider_id_with_capitals" {
  command = plan

  variables {
    provider_id = "GitHub"
  }

  expect_failures = [var.provider_id]
}

run "refuses_a_zone_as_region" {
  command = plan

  variables {
    region = "europe-west1-b"
  }

  expect_failures = [var.region]
}

run "refuses_a_repository_without_owner" {
  command = plan

  variables {
    repository = "mervis"
  }

  expect_failures = [var.repository]
}

run "refuses_a_repository_name_as_id" {
  command = plan

  variables {
    repository_id = "mervis"
  }

  expect_failures = [var.repository_id]
}

run "refuses_an_owner_name_as_id" {
  command = plan

  variables {
    repository_owner_id = "mervis"
  }

  expect_failures = [var.repository_owner_id]
}

run "refuses_a_role_prefix_with_a_hyphen" {
  command = plan

  variables {
    role_prefix = "deploy-spot-mig"
  }

  expect_failures = [var.role_prefix]
}

run "refuses_a_bucket_url" {
  command = plan

  variables {
    state_bucket = "gs://mervis-demo-tfstate"
  }

  expect_failures = [var.state_bucket]
}

run "refuses_an_unknown_location" {
  command = plan

  variables {
    state_location = "the moon"
  }

  expect_failures = [var.state_location]
}

run "refuses_a_machine_account_of_another_project" {
  command = plan

  variables {
    vm_service_accounts = ["mervis-machine@other.iam.gserviceaccount.com"]
  }

  expect_failures = [var.vm_service_accounts]
}

run "refuses_the_default_compute_account" {
  command = plan

  variables {
    vm_service_accounts = ["123456789012-compute@developer.gserviceaccount.com"]
  }

  expect_failures = [var.vm_service_accounts]
}

run "refuses_names_that_make_a_long_attribute" {
  command = plan

  variables {
    deployer_environment = "environment-of-the-production-in-europe1"
    deployer_ref         = "refs/heads/release/of-the-production-in-europe-1234567890"
  }

  expect_failures = [var.deployer_ref]
}

run "refuses_a_rollout_deployer_without_accounts" {
  command = plan

  variables {
    deployer_scope = "rollout"
  }

  expect_failures = [var.vm_service_accounts]
}

run "takes_an_environment_instead_of_a_ref" {
  command = plan

  variables {
    deployer_environment = "production"
    deployer_ref         = null
  }
}
