# What the group consists of until its first release: VMs that do nothing. The
# group cannot begin on the base template, because a template that a group uses
# cannot be deleted: an apply that replaces the base before the first release
# has rolled would fail on it, and so would every apply after that
# (hashicorp/terraform-provider-google#10365).
resource "google_compute_region_instance_template" "seed" {
  name         = "${var.name}-seed"
  project      = var.project_id
  region       = var.region
  description  = "What ${var.name} consists of before its first release; runs nothing."
  machine_type = var.machine_type
  tags         = [var.name]

  metadata = {
    block-project-ssh-keys = "TRUE"
    enable-oslogin         = "TRUE"
  }

  disk {
    boot         = true
    auto_delete  = true
    source_image = "projects/cos-cloud/global/images/family/cos-stable"
    disk_size_gb = var.boot_disk.size_gb
    disk_type    = var.boot_disk.type
  }

  network_interface {
    subnetwork = var.subnetwork
  }

  scheduling {
    automatic_restart           = local.scheduling.automatic_restart
    instance_termination_action = local.scheduling.instance_termination_action
    on_host_maintenance         = local.scheduling.on_host_maintenance
    preemptible                 = local.scheduling.preemptible
    provisioning_model          = local.scheduling.provisioning_model
  }

  shielded_instance_config {
    enable_integrity_monitoring = true
    enable_secure_boot          = true
    enable_vtpm                 = true
  }

  # Nobody looks at it after the first release: it is never worth a change.
  lifecycle {
    ignore_changes = all
  }
}
