output "address" {
  description = "IPv4 address that the domains must point at."
  value       = google_compute_global_address.main.address
}
