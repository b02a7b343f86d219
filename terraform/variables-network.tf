variable "external_ip" {
  description = "Give each VM an ephemeral external address: the cheapest way out to the internet. When false, the VMs go out through Cloud NAT, which is billed per gateway and per GB."
  type        = bool
  default     = true
  nullable    = false
}

variable "iap_ssh" {
  description = "Let people with the role roles/iap.tunnelResourceAccessor reach the VMs by SSH, through Identity-Aware Proxy. When false, nobody can."
  type        = bool
  default     = true
  nullable    = false
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

variable "load_balancer" {
  description = "Put an external Application Load Balancer in front of the VMs: HTTPS with a certificate that Google manages for domains, whose A records you point at the output load_balancer_address. redirect_http answers port 80 with a redirect; timeout_sec is how long the app may take to answer; a VM that is taken out gets connection_draining_sec for the requests it is serving. Null: none."
  type = object({
    connection_draining_sec = optional(number, 30)
    domains                 = list(string)
    redirect_http           = optional(bool, true)
    timeout_sec             = optional(number, 30)
  })
  default = null

  validation {
    condition     = var.load_balancer == null ? true : var.port != null
    error_message = "load_balancer sends requests to the app's port, but port is not set. Set port, or leave load_balancer out."
  }

  validation {
    condition     = var.load_balancer == null ? true : length(var.load_balancer.domains) >= 1 && length(var.load_balancer.domains) <= 100 && length(distinct(var.load_balancer.domains)) == length(var.load_balancer.domains)
    error_message = "load_balancer.domains must name 1 to 100 domains, each one once."
  }

  validation {
    condition     = var.load_balancer == null ? true : alltrue([for domain in var.load_balancer.domains : length(domain) <= 64 && can(regex("^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?[.])+[a-z]([-a-z0-9]{0,61}[a-z0-9])$", domain))])
    error_message = "Every entry of load_balancer.domains must be a whole domain name in lower case with at most 64 characters, for example mervis.example.com. A managed certificate takes no wildcards."
  }

  validation {
    condition     = var.load_balancer == null ? true : var.load_balancer.connection_draining_sec >= 0 && var.load_balancer.connection_draining_sec <= 3600 && floor(var.load_balancer.connection_draining_sec) == var.load_balancer.connection_draining_sec
    error_message = "load_balancer.connection_draining_sec must be a whole number of seconds from 0 to 3600."
  }

  validation {
    condition     = var.load_balancer == null ? true : var.load_balancer.timeout_sec >= 1 && var.load_balancer.timeout_sec <= 86400 && floor(var.load_balancer.timeout_sec) == var.load_balancer.timeout_sec
    error_message = "load_balancer.timeout_sec must be a whole number of seconds from 1 to 86400."
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
