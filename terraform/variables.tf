variable "boot_disk" {
  description = "Boot disk of each VM: type and size in GB. 10 GB is the smallest that Container-Optimized OS accepts; an image above 4 GB needs more."
  type = object({
    size_gb = optional(number, 10)
    type    = optional(string, "pd-balanced")
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.boot_disk.size_gb >= 10 && var.boot_disk.size_gb <= 65536 && floor(var.boot_disk.size_gb) == var.boot_disk.size_gb
    error_message = "boot_disk.size_gb must be a whole number from 10 to 65536, for example 10."
  }

  validation {
    condition     = contains(["pd-standard", "pd-balanced", "pd-ssd", "hyperdisk-balanced"], var.boot_disk.type)
    error_message = "boot_disk.type must be pd-standard, pd-balanced, pd-ssd or hyperdisk-balanced."
  }
}

variable "env" {
  description = "Environment variables of the container, name to value. Not for secrets: the values stand in state and in VM metadata."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.env) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name))])
    error_message = "Every name in env must consist of letters, digits and underscores and not begin with a digit, for example LOG_LEVEL."
  }

  validation {
    condition     = alltrue([for value in values(var.env) : value != null])
    error_message = "A value in env is null. Write \"\" for an empty value, or leave the name out."
  }

  validation {
    condition     = alltrue([for value in values(var.env) : !can(regex("[\\x00\\r\\n]", value))])
    error_message = "A value in env contains a line break, which VM metadata lines cannot carry. Put it into Secret Manager and name it in secrets, or pass it base64-encoded and decode it in the app."
  }
}

variable "external_ip" {
  description = "Give each VM an ephemeral external address: the cheapest way out to the internet. When false, the VMs go out through Cloud NAT, which is billed per gateway and per GB."
  type        = bool
  default     = true
  nullable    = false
}

variable "health_check" {
  description = "How the health check judges a VM: seconds between probes, seconds to wait for an answer, successes and failures in a row that change the verdict, and seconds that a new VM gets to boot, pull and start before failures count. Unused without port."
  type = object({
    healthy_threshold   = optional(number, 1)
    initial_delay_sec   = optional(number, 300)
    interval_sec        = optional(number, 5)
    timeout_sec         = optional(number, 5)
    unhealthy_threshold = optional(number, 10)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.health_check.healthy_threshold >= 1 && var.health_check.healthy_threshold <= 10 && var.health_check.unhealthy_threshold >= 1 && var.health_check.unhealthy_threshold <= 10
    error_message = "health_check.healthy_threshold and unhealthy_threshold must be from 1 to 10."
  }

  validation {
    condition     = var.health_check.interval_sec >= 1 && var.health_check.interval_sec <= 300 && var.health_check.timeout_sec >= 1 && var.health_check.timeout_sec <= var.health_check.interval_sec
    error_message = "health_check.interval_sec must be from 1 to 300, and timeout_sec from 1 to interval_sec."
  }

  validation {
    condition     = var.health_check.initial_delay_sec >= 0 && var.health_check.initial_delay_sec <= 3600
    error_message = "health_check.initial_delay_sec must be from 0 to 3600. A VM needs 60 to 180 seconds until the container answers."
  }
}

variable "health_path" {
  description = "HTTP path that the health check asks for; any answer but 200 counts as a failure. Null: that the port accepts a connection is enough. Unused without port."
  type        = string
  default     = "/"

  validation {
    condition     = var.health_path == null ? true : can(regex("^/[!-~]*$", var.health_path))
    error_message = "health_path must begin with a slash and contain no spaces, for example /healthz, or be null."
  }
}

variable "iap_ssh" {
  description = "Let people with the role roles/iap.tunnelResourceAccessor reach the VMs by SSH, through Identity-Aware Proxy. When false, nobody can."
  type        = bool
  default     = true
  nullable    = false
}

variable "image_retention_days" {
  description = "Days after which an image is deleted that is neither a release's nor among the newest ten."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.image_retention_days >= 1 && var.image_retention_days <= 3650 && floor(var.image_retention_days) == var.image_retention_days
    error_message = "image_retention_days must be a whole number from 1 to 3650, for example 30."
  }
}

variable "ingress_ranges" {
  description = "IPv4 ranges in CIDR notation that may reach the port from outside. Empty: only Google's health checks may."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for range in var.ingress_ranges : can(cidrnetmask(range))])
    error_message = "Every entry of ingress_ranges must be an IPv4 range, for example 203.0.113.0/24, or 0.0.0.0/0 for everyone."
  }

  validation {
    condition     = length(var.ingress_ranges) == 0 || var.port != null
    error_message = "ingress_ranges opens the app's port, but port is not set. Set port, or leave ingress_ranges empty."
  }
}

variable "labels" {
  description = "Labels for everything that can carry them, on top of app and managed-by."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.labels : can(regex("^[a-z][-_a-z0-9]{0,62}$", key)) && can(regex("^[-_a-z0-9]{0,63}$", value))])
    error_message = "Labels may hold lower-case letters, digits, - and _, at most 63 each; a key begins with a letter, for example team = \"payments\"."
  }
}

variable "machine_type" {
  description = "Machine type of each VM. The boot image is built for x86."
  type        = string
  default     = "e2-small"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,5}-[a-z0-9][-a-z0-9]{0,50}$", var.machine_type))
    error_message = "machine_type must look like e2-small, n2-standard-4 or n2-custom-4-8192."
  }

  validation {
    condition     = !can(regex("^(t2a|c4a|n4a|a4x)-", var.machine_type))
    error_message = "machine_type is an Arm type, and the boot image is built for x86. Take an x86 type, for example e2-small or t2d-standard-1."
  }
}

variable "name" {
  description = "Name of the deployment. The group, its VMs, the network and the registry are named after it; renaming replaces all of them."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,40}[a-z0-9])?$", var.name))
    error_message = "name must begin with a lower-case letter, go on with lower-case letters, digits or hyphens, not end with a hyphen, and have at most 42 characters, for example mervis."
  }
}

variable "port" {
  description = "TCP port the container listens on. Null: it listens on none, so there is no health check and no auto-healing of a hanging app."
  type        = number
  default     = null

  validation {
    condition     = var.port == null ? true : var.port >= 1 && var.port <= 65535 && floor(var.port) == var.port
    error_message = "port must be a whole number from 1 to 65535, for example 8080, or null when the app listens on none."
  }

  validation {
    condition     = var.port == null ? true : var.port != 22
    error_message = "port 22 is taken by the VM's own SSH server. Let the container listen on another one, for example 8080."
  }
}

variable "project_id" {
  description = "Id (not number, not display name) of the Google Cloud project."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9.-]+:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id must be the project's id: 6 to 30 lower-case letters, digits or hyphens, for example mervis-demo. The project number or display name does not do."
  }
}

variable "provisioning" {
  description = "spot: 60 to 91 percent cheaper, may be taken back at any time. standard: stays."
  type        = string
  default     = "spot"
  nullable    = false

  validation {
    condition     = contains(["spot", "standard"], var.provisioning)
    error_message = "provisioning must be spot or standard."
  }
}

variable "region" {
  description = "Region that everything lives in."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region must be a region such as europe-west1. Zones such as europe-west1-b go into zones."
  }
}

variable "secrets" {
  description = "Environment variables that the VM reads from Secret Manager at boot: name to secret or secret:version; without version the latest. The secrets must exist; a secret of another project is written projects/<project>/secrets/<secret>."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name))])
    error_message = "Every name in secrets must consist of letters, digits and underscores and not begin with a digit, for example API_KEY."
  }

  validation {
    condition     = alltrue([for reference in values(var.secrets) : reference == null ? false : can(regex("^(projects/([a-z0-9.-]+:)?[a-z0-9-]+/secrets/)?[A-Za-z0-9_-]{1,255}(:(latest|[1-9][0-9]*))?$", reference))])
    error_message = "Every value in secrets must name a secret, not contain it: my-secret, my-secret:3 or projects/other-project/secrets/my-secret:latest."
  }

  validation {
    condition     = length(setintersection(keys(var.secrets), keys(var.env))) == 0
    error_message = "A name stands both in env and in secrets. Keep it in one of them."
  }
}

variable "size" {
  description = "Number of VMs in the group. 0 switches the service off and keeps everything else."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.size >= 0 && var.size <= 1000 && floor(var.size) == var.size
    error_message = "size must be a whole number from 0 to 1000."
  }
}

variable "strategy" {
  description = "surge: new VMs first, then the old ones go; no downtime. recreate: the old ones go first; for an app that must never run twice at the same time."
  type        = string
  default     = "surge"
  nullable    = false

  validation {
    condition     = contains(["surge", "recreate"], var.strategy)
    error_message = "strategy must be surge or recreate."
  }
}

variable "subnet_range" {
  description = "IPv4 range of the subnet, in CIDR notation. It must hold twice the group's size, because a release starts its VMs beside the old ones."
  type        = string
  default     = "10.10.0.0/20"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.subnet_range)) && can(regex("^(10|172|192|100|198)[.].*/([89]|1[0-9]|2[0-9])$", var.subnet_range))
    error_message = "subnet_range must be a private IPv4 range of /8 to /29, for example 10.10.0.0/20."
  }
}

variable "zones" {
  description = "Zones of the region to spread the VMs over. Empty: the region's first three. Changing them replaces the group."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for zone in var.zones : can(regex("^${var.region}-[a-z]$", zone))])
    error_message = "Every zone must lie in region ${var.region}, for example ${var.region}-b."
  }

  validation {
    condition     = length(var.zones) == length(distinct(var.zones))
    error_message = "A zone stands twice in zones. Name each one once."
  }
}
