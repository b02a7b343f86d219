# The root validates what users write; a module only states what it takes.

variable "autoscaling" {
  description = "Bounds and signals of the autoscaler; null for a group of constant size."
  type = object({
    cooldown_sec = number
    cpu_target   = optional(number)
    max          = number
    min          = number
    schedules = map(object({
      at_least     = number
      cron         = string
      duration_sec = number
      time_zone    = string
    }))
  })
}

variable "boot_disk" {
  description = "Boot disk: type and size in GB."
  type = object({
    size_gb = number
    type    = string
  })
  nullable = false
}

variable "create_secrets" {
  description = "Names of the secrets to make, without a value."
  type        = set(string)
  nullable    = false
}

variable "enable_external_ip" {
  description = "Whether each VM gets an ephemeral external address."
  type        = bool
  nullable    = false
}

variable "env" {
  description = "Environment variables of the container, name to value of one line."
  type        = map(string)
  nullable    = false
}

variable "health_check" {
  description = "Thresholds and times of the health check, in seconds."
  type = object({
    healthy_threshold   = number
    initial_delay_sec   = number
    interval_sec        = number
    timeout_sec         = number
    unhealthy_threshold = number
  })
  nullable = false
}

variable "health_path" {
  description = "HTTP path that the health check asks for; null to only connect."
  type        = string
}

variable "machine_type" {
  description = "Machine type of each VM."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the deployment: of the group, its VMs and their network tag."
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

variable "provisioning" {
  description = "spot or standard."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region of template and group."
  type        = string
  nullable    = false
}

variable "secrets" {
  description = "Environment variables read from Secret Manager at boot: name to [projects/<project>/secrets/]<secret>[:<version>]."
  type        = map(string)
  nullable    = false
}

variable "size" {
  description = "Number of VMs, unless autoscaling is set."
  type        = number
  nullable    = false
}

variable "strategy" {
  description = "surge or recreate."
  type        = string
  nullable    = false
}

variable "subnetwork" {
  description = "URL of the subnet."
  type        = string
  nullable    = false
}

variable "zones" {
  description = "Zones of the group."
  type        = list(string)
  nullable    = false
}
