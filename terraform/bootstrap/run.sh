#!/usr/bin/env bash
# Sets a Google Cloud project up for deployments from a GitHub repository: looks up what Terraform
# wants to know, applies this folder, prints what is to be pasted. May be run again at any time.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: run.sh PROJECT_ID OWNER/REPOSITORY REGION [TERRAFORM OPTION...]

  run.sh mervis-demo mervis/mervis europe-west1
  run.sh mervis-demo mervis/mervis europe-west1 -var deployer_environment=production

Signed in to gcloud as an owner of the project. For a private repository, GH_TOKEN holds a token
that may read it, or gh is signed in. See README.md for every variable.
TEXT
}

scratch=''
trap '[ -z "$scratch" ] || rm -rf "$scratch"' EXIT

fail() {
  printf 'run.sh: %s\n' "$1" >&2
  exit 1
}

# The repository as GitHub describes it. The token goes in on stdin: argv can be read by everybody.
fetch_repository() {
  local token=${GH_TOKEN:-${GITHUB_TOKEN:-}}
  if [ -z "$token" ] && command -v gh >/dev/null; then
    token=$(gh auth token 2>/dev/null) || token=''
  fi
  {
    printf 'header = "Accept: application/vnd.github+json"\n'
    [ -z "$token" ] || printf 'header = "Authorization: Bearer %s"\n' "$token"
  } | curl --config - --fail --silent --show-error --location --max-time 30 --retry 2 \
    "${GITHUB_API_URL:-https://api.github.com}/repos/$1"
}

# Terraform reads the JSON: one tool less to have. None of the four has a space or a quote in it.
write_variables() {
  local name='' id='' owner_id='' branch=''
  printf 'locals { it = jsondecode(file("repository.json")) }\n' >"$scratch/main.tf"
  read -r name id owner_id branch < <(
    echo 'join(" ", [local.it.full_name, local.it.id, local.it.owner.id, local.it.default_branch])' |
      terraform -chdir="$scratch" console | tr -d '"'
  ) || true
  [[ $id$owner_id =~ ^[0-9]+$ && $branch =~ ^[-_./A-Za-z0-9]+$ ]] ||
    fail "GitHub's answer is not understood: id ${id:-?}, owner ${owner_id:-?}, branch ${branch:-?}"
  cat >bootstrap.auto.tfvars.json <<JSON
{
  "project_id": "$1",
  "region": "$2",
  "repository": "$name",
  "repository_id": "$id",
  "repository_owner_id": "$owner_id",
  "deployer_ref": "refs/heads/$branch"
}
JSON
}

# A pull request's planner may not write, and Terraform begins with writing an empty state: it is
# written here. A state that is there already is left alone.
write_first_state() {
  local name
  # The default of the action's input "name".
  name=$(tr '[:upper:]' '[:lower:]' <<<"${1#*/}" |
    sed -E 's/[^a-z0-9-]+/-/g; s/^[^a-z]+//; s/^(.{42}).*/\1/; s/-+$//')
  echo "Making sure that there is a state for $name"
  mkdir "$scratch/state"
  printf 'terraform {\n  backend "gcs" {}\n}\n' >"$scratch/state/main.tf"
  terraform -chdir="$scratch/state" init -input=false -backend-config="prefix=$name" \
    -backend-config="bucket=$(terraform output -raw state_bucket)" >"$scratch/init.log" 2>&1 ||
    fail "the first state of $name could not be written: $(cat "$scratch/init.log")"
}

main() {
  if [ $# -lt 3 ]; then
    usage >&2
    exit 2
  fi
  local project=$1 repository=$2 region=$3
  shift 3
  cd "$(dirname "${BASH_SOURCE[0]}")"
  local tool
  for tool in curl gcloud terraform; do
    command -v "$tool" >/dev/null || fail "$tool is missing. Cloud Shell has it: https://shell.cloud.google.com"
  done
  [[ $project =~ ^[a-z][-a-z0-9]+$ ]] || fail "$project is not the id of a project, such as mervis-demo"
  [[ $region =~ ^[a-z]+-[a-z]+[0-9]+$ ]] || fail "$region is not a region, such as europe-west1"

  echo "Looking up $repository on GitHub"
  scratch=$(mktemp -d)
  fetch_repository "$repository" >"$scratch/repository.json" ||
    fail "GitHub does not show $repository. Check the spelling; for a private one set GH_TOKEN or run: gh auth login"
  write_variables "$project" "$region"

  # Terraform switches the other APIs on, but cannot begin without these.
  echo "Switching on the first APIs of $project"
  gcloud services enable cloudresourcemanager.googleapis.com iam.googleapis.com \
    serviceusage.googleapis.com --project "$project" ||
    fail "gcloud may not change $project. Sign in as an owner: gcloud auth login"

  terraform init -input=false
  terraform apply "$@"
  write_first_state "$repository"

  printf '\n--- Variables of the repository: run these where gh is signed in\n\n'
  terraform output -raw repository_variables
  for workflow in deploy plan rollback drift; do
    printf '\n\n--- .github/workflows/%s.yml\n\n' "$workflow"
    terraform output -raw "workflow_$workflow"
  done
}

main "$@"
