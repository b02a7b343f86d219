#!/bin/bash
# Stops the container when the VM is stopped or preempted. From the first signal
# a Spot VM has 30 seconds: 25 of them are the app's.

set -u -o pipefail
umask 077
export LC_ALL=C TZ=UTC0

metadata_url="http://${GCE_METADATA_HOST:-metadata.google.internal}/computeMetadata/v1/instance"
runtime="${RUNTIME_DIRECTORY:-/run/deploy-spot-mig}"

# Empty when it is not set. No second try: there is no time for one.
read_metadata() {
  curl --silent --fail --max-time 2 --header 'Metadata-Flavor: Google' "$metadata_url/$1"
}

# Same shape as startup.sh writes. Names and digests need no escaping; anything
# else is taken out.
report() {
  local at release image
  release=$(read_metadata attributes/app-release)
  image=$(read_metadata attributes/app-image)
  printf -v at '%(%Y-%m-%dT%H:%M:%S)T.%sZ' "${EPOCHREALTIME%.*}" "${EPOCHREALTIME:(-6):3}"
  printf '{"phase":"%s","detail":"%s","release":"%s","image":"%s","at":"%s"}' \
    "$1" "$2" "${release//[!A-Za-z0-9._-]/}" "${image//[!A-Za-z0-9.\/:@_-]/}" "$at" |
    curl --silent --show-error --max-time 2 --request PUT --header 'Metadata-Flavor: Google' \
      --data-binary @- "$metadata_url/guest-attributes/deploy/boot" >/dev/null
}

container=$(read_metadata name)

# Tells a boot that is still going on to keep quiet from here.
mkdir -p "$runtime" && : >"$runtime/stopping"

# The app's seconds count from now: the report must not cost any of them.
docker stop -t 25 "$container" >/dev/null 2>&1 &
report stopping 'the VM is being stopped'
wait
