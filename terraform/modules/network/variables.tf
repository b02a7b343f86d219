# The root validates what users write; a module only states what it takes.

variable "enable_external_ip" {
  description = "Whether the VMs have external addresses; if not, Cloud NAT is their way out."
  type        = bool
  nullable    = false
}

variable "enable_iap_ssh" {
  description = "Whether Identity-Aware Proxy may reach the VMs' SSH port."
  type        = bool
  nullable    = false
}

variable "ingress_ranges" {
  description = "IPv4 ranges that may reach the port, besides Google's health checks."
  type        = list(string)
  nullable    = false
}

variable "name" {
  description = "Name of the deployment, and network tag of its VMs."
  type        = string
  nullable    = false
}

variable "port" {
  description = "TCP port of the app; null when it listens on none."
  type        = number
}

variable "project_id" {
  description = "Id of the project."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region of the subnet."
  type        = string
  nullable    = false
}

variable "subnet_range" {
  description = "IPv4 range of the subnet, in CIDR notation."
  type        = string
  nullable    = false
}
