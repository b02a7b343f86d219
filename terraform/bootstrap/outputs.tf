locals {
  _branch = var.deployer_ref == null ? "main" : trimprefix(var.deployer_ref, "refs/heads/")

  # owner/name@ref becomes owner/name/.github/workflows/deploy.yml@ref.
  _workflows = {
    for workflow in ["deploy", "drift", "plan", "rollback"] :
    workflow => (
      startswith(var.action, "./")
      ? "${trimsuffix(var.action, "/")}/.github/workflows/${workflow}.yml"
      : replace(var.action, "@", "/.github/workflows/${workflow}.yml@")
    )
  }

  workload_identity_provider = google_iam_workload_identity_pool_provider.main.name

  variables = {
    GCP_DEPLOYER                   = google_service_account.main["deployer"].email
    GCP_PLANNER                    = google_service_account.main["planner"].email
    GCP_PROJECT_ID                 = var.project_id
    GCP_REGION                     = var.region
    GCP_STATE_BUCKET               = google_storage_bucket.state.name
    GCP_WORKLOAD_IDENTITY_PROVIDER = local.workload_identity_provider
  }
}

output "backend" {
  description = "Backend block that keeps the state of this set-up in the bucket: `terraform output -raw backend > backend.tf`, then `terraform init -migrate-state`."
  value       = templatefile("${path.module}/templates/backend.tftpl", { bucket = google_storage_bucket.state.name })
}

output "deployer" {
  description = "E-mail address of the account that deploys, usable once it may do so."
  value       = google_service_account.main["deployer"].email

  depends_on = [
    google_project_iam_member.acts_as_any,
    google_project_iam_member.custom,
    google_project_iam_member.grants_logging,
    google_project_iam_member.main,
    google_service_account_iam_member.acts_as,
    google_service_account_iam_member.federation,
    google_storage_bucket_iam_member.state,
  ]
}

output "planner" {
  description = "E-mail address of the account that plans pull requests."
  value       = google_service_account.main["planner"].email
}

output "repository_variables" {
  description = "Commands that store what the workflows need as variables of the GitHub repository. None of it is secret."
  value = join("\n", [
    for name, value in local.variables :
    "gh variable set ${name} --repo ${var.repository} --body ${value}"
  ])
}

output "state_bucket" {
  description = "Bucket of Terraform's state, the input state_bucket of the action."
  value       = google_storage_bucket.state.name
}

output "workflow_deploy" {
  description = "Workflow that deploys a push: .github/workflows/deploy.yml."
  value = templatefile("${path.module}/templates/deploy.yml.tftpl", {
    branch      = local._branch
    environment = var.deployer_environment
    workflow    = local._workflows.deploy
  })
}

output "workflow_drift" {
  description = "Workflow that looks for drift every day: .github/workflows/drift.yml."
  value       = templatefile("${path.module}/templates/drift.yml.tftpl", { workflow = local._workflows.drift })
}

output "workflow_plan" {
  description = "Workflow that plans a pull request: .github/workflows/plan.yml."
  value       = templatefile("${path.module}/templates/plan.yml.tftpl", { workflow = local._workflows.plan })
}

output "workflow_rollback" {
  description = "Workflow that brings an earlier release back: .github/workflows/rollback.yml."
  value = templatefile("${path.module}/templates/rollback.yml.tftpl", {
    environment = var.deployer_environment
    workflow    = local._workflows.rollback
  })
}

output "workload_identity_provider" {
  description = "Full name of the provider, the input workload_identity_provider of the action."
  value       = local.workload_identity_provider
}
