variable "autoscaling" {
  description = "Let the number of VMs follow the load or a timetable, from min to max: cpu_target is the share of CPU, from 0.1 to 1, that VMs shall be busy with on average; each schedule raises min to at_least for duration_sec from its cron time on; cooldown_sec is how long a new VM boots before its load counts. Null: always size VMs. When set, size is not used."
  type = object({
    cooldown_sec = optional(number, 60)
    cpu_target   = optional(number)
    max          = number
    min          = number
    schedules = optional(map(object({
      at_least     = number
      cron         = string
      duration_sec = number
      time_zone    = optional(string, "UTC")
    })), {})
  })
  default = null

  validation {
    condition     = var.autoscaling == null ? true : var.autoscaling.cpu_target != null || length(var.autoscaling.schedules) > 0
    error_message = "autoscaling needs something to go by: cpu_target, for example 0.6, or schedules, or both."
  }

  validation {
    condition     = var.autoscaling == null ? true : var.autoscaling.min >= 0 && var.autoscaling.min <= var.autoscaling.max && var.autoscaling.max >= 1 && var.autoscaling.max <= 1000 && floor(var.autoscaling.min) == var.autoscaling.min && floor(var.autoscaling.max) == var.autoscaling.max
    error_message = "autoscaling.min and max must be whole numbers with 0 <= min <= max and 1 <= max <= 1000, for example min = 1, max = 5."
  }

  validation {
    condition     = try(var.autoscaling.cpu_target, null) == null ? true : var.autoscaling.cpu_target >= 0.1 && var.autoscaling.cpu_target <= 1
    error_message = "autoscaling.cpu_target must be from 0.1 to 1, for example 0.6 for 60 percent."
  }

  validation {
    condition     = try(var.autoscaling.cpu_target, null) == null ? true : var.autoscaling.min >= 1
    error_message = "autoscaling.min must be at least 1 with cpu_target: without a VM there is no load to go by."
  }

  validation {
    condition     = var.autoscaling == null ? true : var.autoscaling.cooldown_sec >= 0 && var.autoscaling.cooldown_sec <= 3600 && floor(var.autoscaling.cooldown_sec) == var.autoscaling.cooldown_sec
    error_message = "autoscaling.cooldown_sec must be a whole number of seconds from 0 to 3600."
  }

  validation {
    condition     = var.autoscaling == null ? true : alltrue([for name in keys(var.autoscaling.schedules) : can(regex("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", name))])
    error_message = "The name of a schedule begins with a lower-case letter, goes on with lower-case letters, digits or hyphens and has at most 63 characters, for example office-hours."
  }

  validation {
    condition     = var.autoscaling == null ? true : alltrue([for schedule in values(var.autoscaling.schedules) : can(regex("^([-0-9A-Za-z*,/]+ ){4}[-0-9A-Za-z*,/]+( [-0-9*,/]+)?$", schedule.cron))])
    error_message = "autoscaling.schedules[*].cron must have five fields (minute, hour, day of month, month, day of week), for example \"0 8 * * Mon-Fri\"."
  }

  validation {
    condition     = var.autoscaling == null ? true : alltrue([for schedule in values(var.autoscaling.schedules) : schedule.duration_sec >= 300 && schedule.duration_sec <= 31622400 && floor(schedule.duration_sec) == schedule.duration_sec])
    error_message = "autoscaling.schedules[*].duration_sec must be a whole number of at least 300 seconds, for example 36000 for ten hours."
  }

  validation {
    condition     = var.autoscaling == null ? true : alltrue([for schedule in values(var.autoscaling.schedules) : schedule.at_least >= 0 && schedule.at_least <= var.autoscaling.max && floor(schedule.at_least) == schedule.at_least])
    error_message = "autoscaling.schedules[*].at_least must be a whole number from 0 to max."
  }

  validation {
    condition     = var.autoscaling == null ? true : alltrue([for schedule in values(var.autoscaling.schedules) : schedule.time_zone == "UTC" || can(regex("^[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}$", schedule.time_zone))])
    error_message = "autoscaling.schedules[*].time_zone must be a name of the time zone database, for example Europe/Berlin, or UTC."
  }
}

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

variable "size" {
  description = "Number of VMs in the group, unless autoscaling is set. 0 switches the service off and keeps everything else."
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
