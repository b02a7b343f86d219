# What the action reads of the root module.

mock_provider "google" {}

variables {
  name       = "mervis"
  project_id = "mervis-demo"
  region     = "europe-west1"
}

run "has_the_outputs_of_the_contract" {
  command = plan

  variables {
    port = 8080
  }

  assert {
    condition = (
      output.project_id == "mervis-demo"
      && output.region == "europe-west1"
      && output.group_name == "mervis"
      && output.repository_id == "mervis"
      && output.port == 8080
    )
    error_message = "project_id, region, group_name, repository_id and port follow from the variables."
  }
}

run "takes_the_three_zones_of_a_region_without_zone_a" {
  command = plan

  assert {
    condition     = output.zones == tolist(["europe-west1-b", "europe-west1-c", "europe-west1-d"])
    error_message = "europe-west1 has zones b, c and d."
  }
}

run "takes_the_first_three_zones_elsewhere" {
  command = plan

  variables {
    region = "us-central1"
  }

  assert {
    condition     = output.zones == tolist(["us-central1-a", "us-central1-b", "us-central1-c"])
    error_message = "us-central1 has zones a, b and c."
  }
}

run "takes_the_zones_it_is_given" {
  command = plan

  variables {
    zones = ["europe-west1-d", "europe-west1-b"]
  }

  assert {
    condition     = output.zones == tolist(["europe-west1-b", "europe-west1-d"])
    error_message = "zones are the given ones, in order."
  }
}

run "enables_the_apis_and_never_disables_them" {
  command = plan

  assert {
    condition = alltrue([
      for api in ["artifactregistry", "compute", "iam", "iap", "logging", "secretmanager"] :
      google_project_service.main["${api}.googleapis.com"].disable_on_destroy == false
    ])
    error_message = "every API that a module calls is enabled, and survives a destroy."
  }
}
