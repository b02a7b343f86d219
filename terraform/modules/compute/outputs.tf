output "base_template_name" {
  description = "Name of the template that every release is copied from."
  value       = google_compute_region_instance_template.base.name
}

output "group_name" {
  description = "Name of the regional managed instance group."
  value       = google_compute_region_instance_group_manager.main.name
}

output "instance_group" {
  description = "URL of the instance group that the group manager fills; its port \"http\" is the app's."
  value       = google_compute_region_instance_group_manager.main.instance_group
}

output "vm_service_account" {
  description = "E-mail address of the VMs' service account, usable once it may read the secrets."
  value       = google_service_account.vm.email

  depends_on = [google_secret_manager_secret_iam_member.vm_accessor]
}

output "vm_service_account_member" {
  description = "The same account as an IAM member."
  value       = google_service_account.vm.member
}
