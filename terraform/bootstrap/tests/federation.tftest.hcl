# Who comes in, and as whom.

mock_provider "google" {
  mock_resource "google_iam_workload_identity_pool" {
    defaults = {
      name = "projects/123456789012/locations/global/workloadIdentityPools/github"
    }
  }

  mock_resource "google_project_iam_custom_role" {
    defaults = {
      name = "projects/mervis-demo/roles/some"
    }
  }

  mock_resource "google_service_account" {
    defaults = {
      name   = "projects/mervis-demo/serviceAccounts/some-machine@mervis-demo.iam.gserviceaccount.com"
      email  = "some-machine@mervis-demo.iam.gserviceaccount.com"
      member = "serviceAccount:some-machine@mervis-demo.iam.gserviceaccount.com"
    }
  }
}

variables {
  project_id          = "mervis-demo"
  region              = "europe-west1"
  repository          = "mervis/mervis"
  repository_id       = "817263544"
  repository_owner_id = "10293847"
}

run "lets_in_one_repository_by_number" {
  command = plan

  assert {
    condition     = google_iam_workload_identity_pool_provider.main.attribute_condition == "assertion.repository_id == '817263544' && assertion.repository_owner_id == '10293847'"
    error_message = "the condition must ask for the numbers of repository and owner, not for names."
  }

  assert {
    condition     = google_iam_workload_identity_pool_provider.main.oidc[0].issuer_uri == "https://token.actions.githubusercontent.com"
    error_message = "only GitHub's tokens count."
  }
}

run "maps_nothing_of_unbounded_length" {
  command = plan

  assert {
    condition     = !anytrue([for source in values(google_iam_workload_identity_pool_provider.main.attribute_mapping) : contains(["assertion.sub", "assertion.ref", "assertion.environment"], source)])
    error_message = "a long branch name would exceed Google's 127 bytes and lock everybody out."
  }

  assert {
    condition     = length(local.deployer_attribute) <= 127
    error_message = "the attribute that the deployer hangs on must fit into 127 bytes."
  }
}

run "makes_only_the_default_branch_the_deployer" {
  command = apply

  assert {
    condition     = google_iam_workload_identity_pool_provider.main.attribute_mapping["attribute.deployer"] == "assertion.event_name in ['push', 'schedule', 'workflow_dispatch'] && assertion.ref == 'refs/heads/main' ? assertion.repository_id + ':refs/heads/main' : 'none'"
    error_message = "the attribute must carry repository and ref, and only for runs on the default branch."
  }

  assert {
    condition     = google_service_account_iam_member.federation["deployer"].member == "principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/github/attribute.deployer/817263544:refs/heads/main"
    error_message = "the deployer must hang on that attribute, not on the repository."
  }

  assert {
    condition     = google_service_account_iam_member.federation["planner"].member == "principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/github/attribute.repository_id/817263544"
    error_message = "any job of the repository may plan."
  }
}

run "asks_for_ref_and_environment_when_both_are_named" {
  command = plan

  variables {
    deployer_environment = "production"
  }

  assert {
    condition     = google_iam_workload_identity_pool_provider.main.attribute_mapping["attribute.deployer"] == "assertion.event_name in ['push', 'schedule', 'workflow_dispatch'] && assertion.ref == 'refs/heads/main' && has(assertion.environment) && assertion.environment == 'production' ? assertion.repository_id + ':refs/heads/main:environment/production' : 'none'"
    error_message = "an environment comes on top of the ref."
  }
}

run "asks_for_an_environment_alone" {
  command = plan

  variables {
    deployer_environment = "production"
    deployer_ref         = null
  }

  assert {
    condition     = local.deployer_attribute == "817263544:environment/production"
    error_message = "the attribute must carry repository and environment."
  }
}

run "names_no_everybody" {
  command = apply

  assert {
    condition     = !anytrue([for grant in values(google_service_account_iam_member.federation) : endswith(grant.member, "/*") || startswith(grant.member, "all")])
    error_message = "a binding to a whole pool lets in whatever the next provider admits."
  }
}

run "prints_the_lines_to_paste" {
  command = apply

  assert {
    condition     = length(regexall("(?m)^gh variable set GCP_[A-Z_]+ --repo mervis/mervis --body \\S+$", output.repository_variables)) == 6
    error_message = "six variables, each one command."
  }

  assert {
    condition     = yamldecode(output.workflow_deploy).jobs.deploy.permissions == { contents = "read", deployments = "write", id-token = "write", pull-requests = "read" }
    error_message = "the deploy workflow must be YAML with least permissions."
  }

  assert {
    condition     = yamldecode(output.workflow_plan).jobs.plan.permissions == { contents = "read", id-token = "write", pull-requests = "write" }
    error_message = "the plan workflow must be YAML with least permissions."
  }

  assert {
    condition     = yamldecode(output.workflow_rollback).jobs.rollback.permissions == { deployments = "write", id-token = "write" }
    error_message = "the rollback workflow must be YAML with least permissions."
  }

  assert {
    condition     = yamldecode(output.workflow_drift).jobs.drift.permissions == { contents = "read", id-token = "write", issues = "write" }
    error_message = "the drift workflow must be YAML with least permissions."
  }

  assert {
    condition     = yamldecode(output.workflow_deploy).jobs.deploy.uses == "./.github/workflows/deploy.yml"
    error_message = "without another word it is the workflow of this repository."
  }
}

run "names_the_workflows_at_the_commit_of_the_action" {
  command = apply

  variables {
    action = "mervis/deploy-spot-mig@0123456789abcdef0123456789abcdef01234567"
  }

  assert {
    condition     = yamldecode(output.workflow_rollback).jobs.rollback.uses == "mervis/deploy-spot-mig/.github/workflows/rollback.yml@0123456789abcdef0123456789abcdef01234567"
    error_message = "the reference must be owner/name/path@ref."
  }

  assert {
    condition     = alltrue([for workflow in [output.workflow_deploy, output.workflow_drift, output.workflow_plan, output.workflow_rollback] : length(split("\n", trimspace(workflow))) < 20])
    error_message = "a workflow of a user has less than twenty lines."
  }
}

run "names_the_environment_in_the_workflow" {
  command = apply

  variables {
    deployer_environment = "production"
  }

  assert {
    condition     = yamldecode(output.workflow_deploy).jobs.deploy.with.environment == "production" && yamldecode(output.workflow_rollback).jobs.rollback.with.environment == "production"
    error_message = "without it the job would never become the deployer."
  }
}
