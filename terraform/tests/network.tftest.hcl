# Who may reach what.

mock_provider "google" {}

variables {
  enable_external_ip = true
  enable_iap_ssh     = true
  ingress_ranges     = []
  name               = "mervis"
  port               = 8080
  project_id         = "mervis-demo"
  region             = "europe-west1"
  subnet_range       = "10.10.0.0/20"
}

run "opens_the_port_to_health_checks_and_ssh_to_iap_only" {
  command = plan

  module {
    source = "./modules/network"
  }

  assert {
    condition = (
      google_compute_firewall.health_checks[0].source_ranges == toset(["130.211.0.0/22", "35.191.0.0/16"])
      && one(google_compute_firewall.health_checks[0].allow).ports == tolist(["8080"])
      && google_compute_firewall.health_checks[0].target_tags == toset(["mervis"])
    )
    error_message = "health checks come from Google's two ranges and reach the app's port only."
  }

  assert {
    condition = (
      google_compute_firewall.iap_ssh[0].source_ranges == toset(["35.235.240.0/20"])
      && one(google_compute_firewall.iap_ssh[0].allow).ports == tolist(["22"])
    )
    error_message = "SSH comes through Identity-Aware Proxy only."
  }

  assert {
    condition     = length(google_compute_firewall.ingress) == 0
    error_message = "nobody else gets in unless ingress_ranges says so."
  }

  assert {
    condition = (
      google_compute_network.main.auto_create_subnetworks == false
      && google_compute_subnetwork.main.private_ip_google_access == true
    )
    error_message = "the network has one subnet, which reaches Google APIs privately."
  }

  assert {
    condition     = length(google_compute_router.main) + length(google_compute_router_nat.main) == 0
    error_message = "VMs with external addresses need no NAT, and nobody pays for one."
  }
}

run "opens_the_port_to_ingress_ranges" {
  command = plan

  module {
    source = "./modules/network"
  }

  variables {
    ingress_ranges = ["203.0.113.0/24"]
  }

  assert {
    condition = (
      google_compute_firewall.ingress[0].source_ranges == toset(["203.0.113.0/24"])
      && one(google_compute_firewall.ingress[0].allow).ports == tolist(["8080"])
    )
    error_message = "ingress_ranges reach the app's port only."
  }
}

run "opens_no_port_for_an_app_that_listens_on_none" {
  command = plan

  module {
    source = "./modules/network"
  }

  variables {
    port = null
  }

  assert {
    condition     = length(google_compute_firewall.health_checks) + length(google_compute_firewall.ingress) == 0
    error_message = "without a port there is nothing to open."
  }
}

run "closes_ssh_when_told_to" {
  command = plan

  module {
    source = "./modules/network"
  }

  variables {
    enable_iap_ssh = false
  }

  assert {
    condition     = length(google_compute_firewall.iap_ssh) == 0
    error_message = "without iap_ssh no rule opens port 22."
  }
}

run "goes_out_through_nat_without_external_addresses" {
  command = plan

  module {
    source = "./modules/network"
  }

  variables {
    enable_external_ip = false
  }

  assert {
    condition = (
      google_compute_router_nat.main[0].nat_ip_allocate_option == "AUTO_ONLY"
      && google_compute_router_nat.main[0].source_subnetwork_ip_ranges_to_nat == "ALL_SUBNETWORKS_ALL_IP_RANGES"
    )
    error_message = "Cloud NAT covers the whole subnet."
  }
}
