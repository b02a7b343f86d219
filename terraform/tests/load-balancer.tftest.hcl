# The load balancer: nothing of it by default, all of it from one variable.

mock_provider "google" {}

variables {
  connection_draining_sec = 45
  domains                 = ["mervis.example.com", "www.mervis.example.com"]
  health_path             = "/healthz"
  instance_group          = "projects/mervis-demo/regions/europe-west1/instanceGroups/mervis"
  load_balancer           = { domains = ["mervis.example.com"] }
  name                    = "mervis"
  port                    = 8080
  project_id              = "mervis-demo"
  redirect_http           = true
  region                  = "europe-west1"
  timeout_sec             = 20
}

run "is_off_by_default" {
  command = plan

  variables {
    load_balancer = null
  }

  assert {
    condition     = output.load_balancer_address == null && output.url == null && length(module.load_balancer) == 0
    error_message = "nobody pays for a load balancer without asking for one."
  }
}

run "serves_the_first_domain" {
  command = plan

  assert {
    condition     = output.url == "https://mervis.example.com" && length(module.load_balancer) == 1
    error_message = "url is the first domain."
  }
}

run "sends_requests_to_healthy_vms" {
  command = apply

  module {
    source = "./modules/load-balancer"
  }

  assert {
    condition = (
      google_compute_backend_service.main.load_balancing_scheme == "EXTERNAL_MANAGED"
      && google_compute_backend_service.main.protocol == "HTTP"
      && google_compute_backend_service.main.port_name == "http"
      && google_compute_backend_service.main.timeout_sec == 20
      && google_compute_backend_service.main.connection_draining_timeout_sec == 45
      && google_compute_backend_service.main.health_checks == toset([google_compute_health_check.main.id])
    )
    error_message = "the backend is health-checked and drains."
  }

  assert {
    condition = alltrue([
      for backend in google_compute_backend_service.main.backend : backend.group == var.instance_group
    ]) && length(google_compute_backend_service.main.backend) == 1
    error_message = "its one backend is the group."
  }

  assert {
    condition = (
      google_compute_health_check.main.http_health_check[0].request_path == "/healthz"
      && google_compute_health_check.main.http_health_check[0].port == 8080
      && google_compute_health_check.main.check_interval_sec == 2
      && google_compute_health_check.main.healthy_threshold == 1
    )
    error_message = "it sees a new VM before the group takes the old one out."
  }
}

run "speaks_tls_with_a_managed_certificate" {
  command = apply

  module {
    source = "./modules/load-balancer"
  }

  assert {
    condition = (
      google_compute_managed_ssl_certificate.main.managed[0].domains == tolist(["mervis.example.com", "www.mervis.example.com"])
      && google_compute_managed_ssl_certificate.main.name == "mervis-${substr(sha256("mervis.example.com www.mervis.example.com"), 0, 8)}"
    )
    error_message = "the certificate is for the domains, and another list gets another name."
  }

  assert {
    condition = (
      google_compute_ssl_policy.main.min_tls_version == "TLS_1_2"
      && google_compute_ssl_policy.main.profile == "MODERN"
      && google_compute_target_https_proxy.main.ssl_policy == google_compute_ssl_policy.main.id
      && google_compute_global_forwarding_rule.https.port_range == "443"
      && google_compute_global_forwarding_rule.https.ip_address == google_compute_global_address.main.id
    )
    error_message = "TLS 1.2 or newer, on the one address."
  }
}

run "redirects_http" {
  command = apply

  module {
    source = "./modules/load-balancer"
  }

  assert {
    condition = (
      google_compute_url_map.redirect[0].default_url_redirect[0].https_redirect == true
      && google_compute_url_map.redirect[0].default_url_redirect[0].redirect_response_code == "MOVED_PERMANENTLY_DEFAULT"
      && google_compute_url_map.redirect[0].default_url_redirect[0].strip_query == false
      && google_compute_global_forwarding_rule.http[0].port_range == "80"
      && google_compute_global_forwarding_rule.http[0].ip_address == google_compute_global_address.main.id
    )
    error_message = "port 80 answers with the same address under https."
  }
}

run "closes_port_80" {
  command = plan

  module {
    source = "./modules/load-balancer"
  }

  variables {
    redirect_http = false
  }

  assert {
    condition     = length(google_compute_global_forwarding_rule.http) == 0 && length(google_compute_url_map.redirect) == 0
    error_message = "without redirect_http nothing listens on port 80."
  }
}

run "only_connects_without_a_path" {
  command = plan

  module {
    source = "./modules/load-balancer"
  }

  variables {
    health_path = null
  }

  assert {
    condition     = google_compute_health_check.main.tcp_health_check[0].port == 8080 && length(google_compute_health_check.main.http_health_check) == 0
    error_message = "null asks for a connection only."
  }
}

run "refuses_load_balancer_without_port" {
  command = plan

  variables {
    port = null
  }

  expect_failures = [var.load_balancer]
}

run "refuses_no_domain" {
  command = plan

  variables {
    load_balancer = { domains = [] }
  }

  expect_failures = [var.load_balancer]
}

run "refuses_the_same_domain_twice" {
  command = plan

  variables {
    load_balancer = { domains = ["mervis.example.com", "mervis.example.com"] }
  }

  expect_failures = [var.load_balancer]
}

run "refuses_url_instead_of_domain" {
  command = plan

  variables {
    load_balancer = { domains = ["https://mervis.example.com"] }
  }

  expect_failures = [var.load_balancer]
}

run "refuses_wildcard" {
  command = plan

  variables {
    load_balancer = { domains = ["*.example.com"] }
  }

  expect_failures = [var.load_balancer]
}

run "refuses_draining_above_the_limit" {
  command = plan

  variables {
    load_balancer = { connection_draining_sec = 3601, domains = ["mervis.example.com"] }
  }

  expect_failures = [var.load_balancer]
}

run "refuses_no_time_to_answer" {
  command = plan

  variables {
    load_balancer = { domains = ["mervis.example.com"], timeout_sec = 0 }
  }

  expect_failures = [var.load_balancer]
}
