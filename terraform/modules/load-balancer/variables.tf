# The root validates what users write; a module only states what it takes.

variable "connection_draining_sec" {
  description = "Seconds that a VM gets for the requests it is serving when it is taken out."
  type        = number
  nullable    = false
}

variable "domains" {
  description = "Domains that the managed certificate is for."
  type        = list(string)
  nullable    = false
}

variable "health_path" {
  description = "HTTP path that the health check asks for; null to only connect."
  type        = string
}

variable "instance_group" {
  description = "URL of the instance group whose named port \"http\" is the app's."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the deployment, and of everything here."
  type        = string
  nullable    = false
}

variable "port" {
  description = "TCP port of the app."
  type        = number
  nullable    = false
}

variable "project_id" {
  description = "Id of the project."
  type        = string
  nullable    = false
}

variable "redirect_http" {
  description = "Whether port 80 answers with a redirect to HTTPS; if not, it is closed."
  type        = bool
  nullable    = false
}

variable "timeout_sec" {
  description = "Seconds that the app may take to answer a request."
  type        = number
  nullable    = false
}
