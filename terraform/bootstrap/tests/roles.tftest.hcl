# What each account may do.

mock_provider "google" {}

variables {
  project_id          = "mervis-demo"
  region              = "europe-west1"
  repository          = "mervis/mervis"
  repository_id       = "817263544"
  repository_owner_id = "10293847"
}

run "gives_nobody_a_basic_role" {
  command = plan

  assert {
    condition = length(setintersection(
      values(google_project_iam_member.main)[*].role,
      ["roles/owner", "roles/editor", "roles/viewer", "roles/iam.securityAdmin", "roles/iam.serviceAccountAdmin", "roles/iam.serviceAccountTokenCreator", "roles/iam.serviceAccountKeyAdmin", "roles/resourcemanager.projectIamAdmin", "roles/secretmanager.admin", "roles/secretmanager.secretAccessor", "roles/storage.admin"],
    )) == 0
    error_message = "no basic role, and none that leads to one or to a secret's value."
  }
}

run "gives_the_planner_nothing_that_changes" {
  command = plan

  assert {
    condition     = toset([for key, grant in google_project_iam_member.main : grant.role if startswith(key, "planner ")]) == toset(["roles/artifactregistry.reader", "roles/compute.viewer"])
    error_message = "the planner's predefined roles are readers and viewers."
  }

  assert {
    condition     = local._custom_roles.planner == ["reader"] && alltrue([for permission in google_project_iam_custom_role.main["reader"].permissions : can(regex("\\.(get|list|getIamPolicy)$", permission))])
    error_message = "every permission of the reader must be a get, a list or a getIamPolicy."
  }
}

run "limits_what_the_deployer_may_grant" {
  command = plan

  assert {
    condition     = google_project_iam_member.grants_logging[0].condition[0].expression == "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/logging.logWriter', 'roles/monitoring.metricWriter'])"
    error_message = "a deployer that may grant any role is an owner."
  }
}

run "keeps_secret_values_and_keys_from_the_deployer" {
  command = plan

  assert {
    condition = length(setintersection(
      flatten([for role in values(google_project_iam_custom_role.main) : role.permissions]),
      ["iam.serviceAccountKeys.create", "iam.serviceAccounts.getAccessToken", "iam.serviceAccounts.setIamPolicy", "iam.serviceAccounts.signJwt", "secretmanager.versions.access", "resourcemanager.projects.setIamPolicy"],
    )) == 0
    error_message = "no reading of secrets, no keys, no handing out of accounts."
  }

  assert {
    condition     = !anytrue([for permission in flatten([for role in values(google_project_iam_custom_role.main) : role.permissions]) : strcontains(permission, "*")])
    error_message = "a custom role names each of its permissions."
  }
}

run "reads_the_values_of_no_secret_unless_it_is_named" {
  command = plan

  assert {
    condition     = length(google_project_iam_member.manages_secret) == 0 && !contains(keys(google_project_iam_custom_role.main), "secrets")
    error_message = "without managed_secrets nothing of it is made."
  }
}

run "reads_the_values_of_named_secrets_alone" {
  command = plan

  variables {
    managed_secrets = ["api-key", "DB_PASSWORD"]
  }

  assert {
    condition = {
      for secret, grant in google_project_iam_member.manages_secret : secret => grant.condition[0].expression
      } == {
      "api-key"     = "resource.name.extract('/secrets/{secret}/versions/') == 'api-key' || resource.name.endsWith('/secrets/api-key')"
      "DB_PASSWORD" = "resource.name.extract('/secrets/{secret}/versions/') == 'DB_PASSWORD' || resource.name.endsWith('/secrets/DB_PASSWORD')"
    }
    error_message = "every named secret has a condition of its own."
  }

  assert {
    condition     = toset(google_project_iam_custom_role.main["secrets"].permissions) == toset(["secretmanager.versions.access", "secretmanager.versions.add", "secretmanager.versions.disable"])
    error_message = "no destroying, no granting."
  }

  assert {
    condition     = length([for role in values(google_project_iam_custom_role.main) : role if contains(role.permissions, "secretmanager.versions.access")]) == 1 && !contains(flatten(values(local._custom_roles)), "secrets")
    error_message = "nobody may read values without a condition."
  }
}

run "acts_as_any_account_only_until_the_accounts_are_named" {
  command = plan

  assert {
    condition     = length(google_project_iam_member.acts_as_any) == 1 && length(google_service_account_iam_member.acts_as) == 0
    error_message = "the first deploy makes the account that it then names in a template."
  }
}

run "acts_as_the_named_accounts_and_no_other" {
  command = plan

  variables {
    vm_service_accounts = ["mervis-machine@mervis-demo.iam.gserviceaccount.com"]
  }

  assert {
    condition     = length(google_project_iam_member.acts_as_any) == 0
    error_message = "the right over all accounts must go."
  }

  assert {
    condition = {
      for grant in values(google_service_account_iam_member.acts_as) : grant.service_account_id => grant.role
    } == { "projects/mervis-demo/serviceAccounts/mervis-machine@mervis-demo.iam.gserviceaccount.com" = "roles/iam.serviceAccountUser" }
    error_message = "exactly the named account may be acted as."
  }
}

run "a_rollout_deployer_cannot_touch_the_infrastructure" {
  command = plan

  variables {
    deployer_scope      = "rollout"
    vm_service_accounts = ["mervis-machine@mervis-demo.iam.gserviceaccount.com"]
  }

  assert {
    condition     = toset(values(google_project_iam_member.main)[*].role) == toset(["roles/artifactregistry.reader", "roles/artifactregistry.repoAdmin", "roles/compute.viewer", "roles/orgpolicy.policyViewer"])
    error_message = "only readers, and the registry's content."
  }

  assert {
    condition     = length(google_project_iam_member.grants_logging) == 0 && !contains(keys(google_project_iam_custom_role.main), "infrastructure")
    error_message = "nothing of the infrastructure part is left."
  }
}
