# The service. What its VMs are stands in variables-vms.tf, who reaches them in
# variables-network.tf.

variable "create_secrets" {
  description = "Secrets that Terraform makes in Secret Manager, without a value: you add the versions. Every other name in secrets must exist already. A secret taken off this list is deleted with all its versions."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for secret in var.create_secrets : can(regex("^[A-Za-z0-9_-]{1,255}$", secret))])
    error_message = "Every entry of create_secrets must be the plain name of a secret of this project: letters, digits, - and _, for example mervis-api-key."
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

variable "name" {
  description = "Name of the deployment. The group, its VMs, the network and the registry are named after it; renaming replaces all of them."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,40}[a-z0-9])?$", var.name))
    error_message = "name must begin with a lower-case letter, go on with lower-case letters, digits or hyphens, not end with a hyphen, and have at most 42 characters, for example mervis."
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
  description = "Environment variables that the VM reads from Secret Manager at boot: name to secret or secret:version; without version the latest. Secrets that create_secrets does not make must exist; a secret of another project is written projects/<project>/secrets/<secret>."
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
