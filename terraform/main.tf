locals {
  # What the modules below call. The APIs that Terraform itself needs before it
  # can enable any other (Service Usage, Resource Manager, IAM Credentials, STS)
  # are switched on once, by whoever sets the project up.
  apis = toset([
    "artifactregistry.googleapis.com",
    "compute.googleapis.com",
    "iam.googleapis.com",
    "iap.googleapis.com",
    "logging.googleapis.com",
    "secretmanager.googleapis.com",
  ])

  # The first three zones of a region without asking Google for them, which
  # would cost a data source in every plan. Two old regions have no zone "a".
  zones_without_a = ["europe-west1", "us-east1"]
  zone_letters = (
    contains(local.zones_without_a, var.region) ? ["b", "c", "d"] : ["a", "b", "c"]
  )
  default_zones = [for letter in local.zone_letters : "${var.region}-${letter}"]
  zones         = length(var.zones) > 0 ? sort(var.zones) : local.default_zones
}

resource "google_project_service" "main" {
  for_each = local.apis

  project = var.project_id
  service = each.value

  # Other things in the project may use the API: leaving it on costs nothing.
  disable_on_destroy = false
}

module "network" {
  source = "./modules/network"

  enable_external_ip = var.external_ip
  enable_iap_ssh     = var.iap_ssh
  ingress_ranges     = var.ingress_ranges
  name               = var.name
  port               = var.port
  project_id         = var.project_id
  region             = var.region
  subnet_range       = var.subnet_range

  depends_on = [google_project_service.main]
}

module "storage" {
  source = "./modules/storage"

  image_retention_days = var.image_retention_days
  name                 = var.name
  project_id           = var.project_id
  reader_member        = module.compute.vm_service_account_member
  region               = var.region

  depends_on = [google_project_service.main]
}

module "compute" {
  source = "./modules/compute"

  autoscaling        = var.autoscaling
  boot_disk          = var.boot_disk
  create_secrets     = var.create_secrets
  enable_external_ip = var.external_ip
  env                = var.env
  health_check       = var.health_check
  health_path        = var.health_path
  machine_type       = var.machine_type
  name               = var.name
  port               = var.port
  project_id         = var.project_id
  provisioning       = var.provisioning
  region             = var.region
  secrets            = var.secrets
  size               = var.size
  strategy           = var.strategy
  subnetwork         = module.network.subnetwork_url
  zones              = local.zones

  depends_on = [google_project_service.main]
}

module "load_balancer" {
  source = "./modules/load-balancer"
  count  = var.load_balancer == null ? 0 : 1

  connection_draining_sec = var.load_balancer.connection_draining_sec
  domains                 = var.load_balancer.domains
  health_path             = var.health_path
  instance_group          = module.compute.instance_group
  name                    = var.name
  port                    = var.port
  project_id              = var.project_id
  redirect_http           = var.load_balancer.redirect_http
  timeout_sec             = var.load_balancer.timeout_sec

  depends_on = [google_project_service.main]
}
