terraform {
  # 1.9 is the first version in which one variable's validation may read another.
  required_version = ">= 1.9, < 2.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.50, < 8.0"
    }
  }

  # Bucket and prefix come from `terraform init -backend-config=...`.
  backend "gcs" {}
}
