output "base_template_name" {
  description = "Name of the regional instance template that every release is copied from."
  value       = module.compute.base_template_name
}

output "group_name" {
  description = "Name of the regional managed instance group."
  value       = module.compute.group_name
}

output "load_balancer_address" {
  description = "IPv4 address that the A records of the domains must point at; null without a load balancer."
  value       = one(module.load_balancer[*].address)
}

output "port" {
  description = "TCP port the container listens on; null when it listens on none."
  value       = var.port
}

output "project_id" {
  description = "Project that everything lives in."
  value       = var.project_id
}

output "region" {
  description = "Region that everything lives in."
  value       = var.region
}

output "repository_id" {
  description = "Id of the Artifact Registry repository, without project and location."
  value       = module.storage.repository_id
}

output "url" {
  description = "Where the load balancer serves; null without one."
  value       = var.load_balancer == null ? null : "https://${var.load_balancer.domains[0]}"
}

output "vm_service_account" {
  description = "E-mail address of the service account the VMs run as."
  value       = module.compute.vm_service_account
}

output "zones" {
  description = "Zones the group spreads its VMs over."
  value       = local.zones
}
