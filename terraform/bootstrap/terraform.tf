terraform {
  # 1.9 is the first version in which one variable's validation may read another.
  required_version = ">= 1.9, < 2.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.50, < 8.0"
    }
  }

  # No backend: the bucket is only about to be made. `terraform output -raw
  # backend` prints the block that moves this state into it, see README.md.
}
