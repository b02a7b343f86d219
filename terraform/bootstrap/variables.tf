variable "action" {
  description = "The action, as a workflow names it after `uses:`: owner/name@ref, or ./ in its own repository. Stands in the workflow outputs only."
  type        = string
  default     = "./"
  nullable    = false

  validation {
    condition     = can(regex("^(\\./[-._/A-Za-z0-9]*|[-_.A-Za-z0-9]+/[-_./A-Za-z0-9]+@[-_./A-Za-z0-9]+)$", var.action))
    error_message = "action must be owner/name@ref, best with the commit's full SHA as ref, or a path that begins with ./."
  }
}

variable "adopt" {
  description = "What exists already and is to be taken over instead of made: state_bucket, pool, provider, deployer, planner, roles. It is brought in line with this configuration."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(setsubtract(var.adopt, ["state_bucket", "pool", "provider", "deployer", "planner", "roles"])) == 0
    error_message = "adopt may name state_bucket, pool, provider, deployer, planner and roles, for example [\"state_bucket\"]."
  }
}

variable "deployer_environment" {
  description = "Name of the GitHub environment that a job must run in to become the deployer, in addition to deployer_ref; null asks for none. Its protection rules decide who can."
  type        = string
  default     = null

  validation {
    condition     = var.deployer_environment == null || can(regex("^[-_./A-Za-z0-9]{1,40}$", var.deployer_environment))
    error_message = "deployer_environment must have 1 to 40 letters, digits, -, _, . or /, for example production, or be null."
  }
}

variable "deployer_events" {
  description = "Events whose workflow runs may become the deployer. Those that work on a stranger's behalf with the rights of the default branch cannot be named."
  type        = set(string)
  default     = ["push", "schedule", "workflow_dispatch"]
  nullable    = false

  validation {
    condition     = length(var.deployer_events) > 0 && length(setsubtract(var.deployer_events, ["deployment", "push", "release", "repository_dispatch", "schedule", "workflow_dispatch"])) == 0
    error_message = "deployer_events may hold push, workflow_dispatch, schedule, release, deployment and repository_dispatch. Pull requests are planned by the planner, and never by the deployer."
  }
}

variable "deployer_id" {
  description = "Account id of the deployer, the part of its address before the @."
  type        = string
  default     = "deployer"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][-a-z0-9]{4,28}[a-z0-9]$", var.deployer_id))
    error_message = "deployer_id must have 6 to 30 lower-case letters, digits or hyphens, begin with a letter and not end with a hyphen, for example deployer."
  }
}

variable "deployer_ref" {
  description = "Git ref that a job must run on to become the deployer, in full; null leaves that to deployer_environment."
  type        = string
  default     = "refs/heads/main"

  validation {
    condition     = var.deployer_ref == null || can(regex("^refs/(heads|tags)/[-_./A-Za-z0-9]{1,50}$", var.deployer_ref))
    error_message = "deployer_ref must be a branch or tag in full with at most 50 characters after refs/heads/ or refs/tags/, for example refs/heads/main."
  }

  validation {
    condition     = var.deployer_ref != null || var.deployer_environment != null
    error_message = "Set deployer_ref, deployer_environment or both: with neither, any job of the repository, a pull request's included, could deploy."
  }

  # With the repository's number they are one attribute of at most 127 bytes.
  validation {
    condition     = length(coalesce(var.deployer_environment, "-")) + length(coalesce(var.deployer_ref, "-")) <= 90
    error_message = "deployer_environment and deployer_ref together must have at most 90 characters."
  }
}

variable "deployer_scope" {
  description = "What the deployer may do: \"infrastructure\", everything the bundled Terraform and a rollout need; or \"rollout\", releases only, where a person applies the infrastructure."
  type        = string
  default     = "infrastructure"
  nullable    = false

  validation {
    condition     = contains(["infrastructure", "rollout"], var.deployer_scope)
    error_message = "deployer_scope must be infrastructure or rollout."
  }
}

variable "issuer_uri" {
  description = "Issuer of GitHub's OIDC tokens. Other than the default for GitHub Enterprise only."
  type        = string
  default     = "https://token.actions.githubusercontent.com"
  nullable    = false

  validation {
    condition     = can(regex("^https://[-.A-Za-z0-9]+(/[-._/A-Za-z0-9]*)?$", var.issuer_uri))
    error_message = "issuer_uri must be an https address without a query, for example https://token.actions.githubusercontent.com."
  }
}

variable "kept_state_versions" {
  description = "How many newer versions an old version of an object in the state bucket must have before it is deleted."
  type        = number
  default     = 50
  nullable    = false

  validation {
    condition     = var.kept_state_versions >= 5 && var.kept_state_versions <= 1000 && floor(var.kept_state_versions) == var.kept_state_versions
    error_message = "kept_state_versions must be a whole number from 5 to 1000, for example 50."
  }
}

variable "labels" {
  description = "Labels for everything that can carry them, on top of managed-by."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.labels : can(regex("^[a-z][-_a-z0-9]{0,62}$", key)) && can(regex("^[-_a-z0-9]{0,63}$", value))])
    error_message = "Labels may hold lower-case letters, digits, - and _, at most 63 each; a key begins with a letter, for example team = \"payments\"."
  }
}

variable "managed_secrets" {
  description = "Secrets of this project, by their ids, whose values the deployer may read and replace, for the action's input secret_values. They need not exist."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for secret in var.managed_secrets : can(regex("^[A-Za-z0-9_-]{1,255}$", secret))])
    error_message = "Every entry of managed_secrets must be the plain id of a secret: letters, digits, - and _, for example mervis-api-key."
  }

  validation {
    condition     = length(var.managed_secrets) <= 20
    error_message = "managed_secrets may hold 20 secrets: Google takes no more conditions for one role and member."
  }
}

variable "planner_id" {
  description = "Account id of the planner, the part of its address before the @."
  type        = string
  default     = "planner"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][-a-z0-9]{4,28}[a-z0-9]$", var.planner_id))
    error_message = "planner_id must have 6 to 30 lower-case letters, digits or hyphens, begin with a letter and not end with a hyphen, for example planner."
  }

  validation {
    condition     = var.planner_id != var.deployer_id
    error_message = "planner_id and deployer_id must differ: the planner is what a pull request may become."
  }
}

variable "pool_id" {
  description = "Id of the workload identity pool. A deleted pool keeps its id for 30 days."
  type        = string
  default     = "github"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][-a-z0-9]{2,30}[a-z0-9]$", var.pool_id)) && !startswith(var.pool_id, "gcp-")
    error_message = "pool_id must have 4 to 32 lower-case letters, digits or hyphens, and not begin with gcp-, for example github."
  }
}

variable "project_id" {
  description = "Id of the project to set up. It must exist and have billing."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][-a-z0-9]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id must be the project's id, not its number or display name, for example mervis-demo."
  }
}

variable "provider_id" {
  description = "Id of the provider in the pool."
  type        = string
  default     = "github"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][-a-z0-9]{2,30}[a-z0-9]$", var.provider_id)) && !startswith(var.provider_id, "gcp-")
    error_message = "provider_id must have 4 to 32 lower-case letters, digits or hyphens, and not begin with gcp-, for example github."
  }
}

variable "region" {
  description = "Region that the service will run in; the state bucket is made there too."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]{1,2}$", var.region))
    error_message = "region must be a region, not a zone, for example europe-west1."
  }
}

variable "repository" {
  description = "GitHub repository as owner/name, for the printed commands. Rights hang on the numbers below."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[-A-Za-z0-9]{1,39}/[-._A-Za-z0-9]{1,100}$", var.repository))
    error_message = "repository must be owner/name, for example mervis/mervis."
  }
}

variable "repository_id" {
  description = "Numeric id of the repository: `gh api repos/OWNER/NAME --jq .id`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[1-9][0-9]{0,19}$", var.repository_id))
    error_message = "repository_id must be the repository's number, not its name. `gh api repos/OWNER/NAME --jq .id` prints it."
  }
}

variable "repository_owner_id" {
  description = "Numeric id of the repository's owner: `gh api repos/OWNER/NAME --jq .owner.id`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[1-9][0-9]{0,19}$", var.repository_owner_id))
    error_message = "repository_owner_id must be the owner's number, not their name. `gh api repos/OWNER/NAME --jq .owner.id` prints it."
  }
}

variable "role_prefix" {
  description = "What the ids of the custom roles begin with. A deleted role keeps its id for 37 days."
  type        = string
  default     = "deploySpotMig"
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9_.]{0,39}$", var.role_prefix))
    error_message = "role_prefix must have 1 to 40 letters, digits, _ or . and begin with a letter, for example deploySpotMig."
  }
}

variable "state_bucket" {
  description = "Name of the bucket for Terraform's state; null names it after the project, with -tfstate."
  type        = string
  default     = null

  validation {
    condition     = var.state_bucket == null || can(regex("^[a-z0-9][-_a-z0-9]{1,61}[a-z0-9]$", var.state_bucket))
    error_message = "state_bucket must have 3 to 63 lower-case letters, digits, - or _, without gs://, for example mervis-demo-tfstate."
  }
}

variable "state_location" {
  description = "Location of the state bucket: a region, or a multi-region such as EU; null takes region."
  type        = string
  default     = null

  validation {
    condition     = var.state_location == null || can(regex("^([a-zA-Z]+-[a-zA-Z]+[0-9]{1,2}|(?i:us|eu|asia))$", var.state_location))
    error_message = "state_location must be a region such as europe-west1, or US, EU or ASIA."
  }
}

variable "vm_service_accounts" {
  description = "Addresses of the service accounts that the VMs run as, once they exist: the deployer may then act as these and no others. Empty: as any account of the project, which the first deploy needs."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for email in var.vm_service_accounts : endswith(email, "@${var.project_id}.iam.gserviceaccount.com")])
    error_message = "vm_service_accounts must be addresses of service accounts made in this project, for example mervis-machine@PROJECT.iam.gserviceaccount.com."
  }

  validation {
    condition     = var.deployer_scope == "infrastructure" || length(var.vm_service_accounts) > 0
    error_message = "With deployer_scope = \"rollout\", name the VMs' accounts in vm_service_accounts: the infrastructure, they included, is applied by somebody else first."
  }
}
