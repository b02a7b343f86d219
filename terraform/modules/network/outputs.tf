output "subnetwork_url" {
  description = "URL of the subnet, usable once the way out of it exists."
  # What Google stores in a template: with the id, a plan that replaces the base
  # template would show a change of the subnet as well.
  value = google_compute_subnetwork.main.self_link

  depends_on = [google_compute_router_nat.main]
}
