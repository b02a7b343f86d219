locals {
  # One switch for what Google wants to hear in five fields.
  _scheduling_of = {
    spot = {
      automatic_restart           = false
      instance_termination_action = "STOP"
      on_host_maintenance         = "TERMINATE"
      preemptible                 = true
      provisioning_model          = "SPOT"
    }
    standard = {
      automatic_restart           = true
      instance_termination_action = null
      on_host_maintenance         = "MIGRATE"
      preemptible                 = false
      provisioning_model          = "STANDARD"
    }
  }
  scheduling = local._scheduling_of[var.provisioning]

  # One line per variable. Maps are sorted by key, so the text, and with it the
  # release's id, does not depend on the order in which they were written.
  _env_lines = [for name, value in var.env : "${name}=${value}"]
  _secret_lines = [
    for name, part in local.secrets : format(
      "%s=%s/%s",
      name,
      part.project == var.project_id ? part.secret : "projects/${part.project}/secrets/${part.secret}",
      part.version
    )
  ]

  metadata = merge(
    {
      block-project-ssh-keys  = "TRUE"
      enable-guest-attributes = "TRUE"
      enable-oslogin          = "TRUE"
      google-logging-enabled  = "true"
      shutdown-script         = file("${path.module}/boot/shutdown.sh")
      startup-script          = file("${path.module}/boot/startup.sh")
    },
    var.port == null ? {} : { app-port = tostring(var.port) },
    length(var.env) == 0 ? {} : { app-env = join("\n", local._env_lines) },
    length(var.secrets) == 0 ? {} : { app-secrets = join("\n", local._secret_lines) },
  )
}

# What every release is copied from. It names no image: a release adds app-image
# and app-release to the metadata and is a template of its own.
resource "google_compute_region_instance_template" "base" {
  name_prefix  = "${var.name}-base-"
  project      = var.project_id
  region       = var.region
  description  = "Base of the releases of ${var.name}; runs no image itself."
  machine_type = var.machine_type
  metadata     = local.metadata
  tags         = [var.name]

  disk {
    boot         = true
    auto_delete  = true
    source_image = "projects/cos-cloud/global/images/family/cos-stable"
    disk_size_gb = var.boot_disk.size_gb
    disk_type    = var.boot_disk.type
  }

  network_interface {
    subnetwork = var.subnetwork

    dynamic "access_config" {
      for_each = var.enable_external_ip ? ["PREMIUM"] : []

      content {
        network_tier = access_config.value
      }
    }
  }

  scheduling {
    automatic_restart           = local.scheduling.automatic_restart
    instance_termination_action = local.scheduling.instance_termination_action
    on_host_maintenance         = local.scheduling.on_host_maintenance
    preemptible                 = local.scheduling.preemptible
    provisioning_model          = local.scheduling.provisioning_model
  }

  service_account {
    email = google_service_account.vm.email
    # Roles decide what the VM may do; scopes only ever take away from them.
    scopes = ["https://www.googleapis.com/auth/cloud-platform"]
  }

  shielded_instance_config {
    enable_integrity_monitoring = true
    enable_secure_boot          = true
    enable_vtpm                 = true
  }

  # Templates cannot be changed, only followed by another one.
  lifecycle {
    create_before_destroy = true
  }
}
