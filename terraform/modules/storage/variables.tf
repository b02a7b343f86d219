variable "image_retention_days" {
  description = "Days after which an image that is neither a release's nor among the newest is deleted."
  type        = number
  nullable    = false
}

variable "name" {
  description = "Name of the deployment; becomes the repository's id."
  type        = string
  nullable    = false
}

variable "project_id" {
  description = "Id of the project."
  type        = string
  nullable    = false
}

variable "reader_member" {
  description = "IAM member that may pull from the repository: the VMs' service account."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region of the repository: the VMs' own, so that pulling is fast and free."
  type        = string
  nullable    = false
}
