#!/bin/bash
# Boots one VM of the group: fetches the release's secrets, pulls its image,
# starts the container and says how far it got.
#
# In:  instance metadata app-image, app-release, app-port, app-env, app-secrets,
#      app-preemption-notice.
# Out: a container named after the VM, and the guest attribute deploy/boot.
#
# Runs on Container-Optimized OS with nothing but bash, coreutils, curl and docker,
# as root, at every boot. Secrets are never in an argument list, because those
# can be read by every process on the VM, and never in what the script says.

set -u -o pipefail
umask 077

# Bytes, not characters: sizes are bytes, and no locale need be installed.
export LC_ALL=C TZ=UTC0

metadata_url="http://${GCE_METADATA_HOST:-metadata.google.internal}/computeMetadata/v1"
secret_manager_url="${GOOGLE_SECRET_MANAGER_CUSTOM_ENDPOINT:-https://secretmanager.googleapis.com/v1/}"
runtime="${RUNTIME_DIRECTORY:-/run/deploy-spot-mig}"
environment_file="$runtime/environment"
authorization_file="$runtime/authorization"
report_file="$runtime/report"
stopping_mark="$runtime/stopping" # left by shutdown.sh and the preemption watcher
watcher_file="$runtime/watcher"   # held open by that one

ready_after_ms=10000  # running this long, for an image without HEALTHCHECK
start_limit_ms=600000 # ready by then, or failed
log_limit=2000        # bytes of container log in a report
stop_reserve=5        # seconds of a preemption notice that are not the app's

release='' image='' status='' body='' events_pid=''
report_times=()
long_values=() # NAME VALUE NAME VALUE: what an env-file cannot carry
hidden=()      # what must not be readable in anything that leaves this script
longest_hidden=0

main() {
  prepare_runtime_directory
  read_metadata instance/name && container=$body
  read_attribute app-release && release=$body
  read_attribute app-image && image=$body
  report booting "boot script of $container"
  if [[ -z $image ]]; then
    report ready 'no release yet'
    return
  fi
  watch_for_preemption # before there are secrets, so that the watcher has none
  write_environment
  pull_image
  start_container
  wait_until_ready
}

# --- What goes in -------------------------------------------------------------

prepare_runtime_directory() {
  mkdir -p "$runtime/docker" && chmod 700 "$runtime" && forget_secrets &&
    rm -f "$stopping_mark" && : >"$environment_file" && return
  printf 'cannot write to %s\n' "$runtime" >&2
  exit 1
}

# Lines as docker's --env-file reads them: what stands behind the first = is the
# value, byte for byte.
write_environment() {
  [[ -z $release ]] || add_variable APP_RELEASE "$release"
  add_variable APP_IMAGE "$image"
  read_attribute app-env
  each_assignment app-env "$body" add_variable
  read_attribute app-secrets
  [[ -n $body ]] || return 0
  local references=$body
  report secrets 'reading from Secret Manager'
  authorize
  read_metadata project/project-id && project=$body
  each_assignment app-secrets "$references" add_secret
}

# each_assignment ATTRIBUTE LINES COMMAND: calls COMMAND NAME VALUE for each line.
each_assignment() {
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    [[ -n $line ]] || continue
    # Without = docker would take the value from its own environment. The line is
    # not shown: it may be a value.
    [[ $line =~ ^[A-Za-z_][A-Za-z0-9_]*= ]] ||
      fail "a line of the metadata $1 is not NAME=VALUE"
    "$3" "${line%%=*}" "${line#*=}"
  done < <(printf '%s' "$2")
}

# A line break ends a line of the env-file, and docker refuses lines above 64 KB:
# such values take the other way, see with_environment.
add_variable() {
  is_text "$2" || fail "$1 is not valid UTF-8 text, which a variable must be"
  if [[ $2 == *[$'\r\n']* ]] || ((${#1} + ${#2} > 60000)); then
    long_values+=("$1" "$2")
  else
    printf '%s=%s\n' "$1" "$2" >>"$environment_file"
  fi
}

# $1: the variable, $2: <secret>/<version> or projects/<p>/secrets/<secret>/<version>.
add_secret() {
  local secret=${2%/*} version=${2##*/} data padding value
  [[ $secret == projects/* ]] || secret="projects/$project/secrets/$secret"
  request --header "@$authorization_file" "$secret_manager_url$secret/versions/$version:access"
  case $status in
    200) ;;
    401 | 403) fail "access to secret $2 denied: the VM's service account needs roles/secretmanager.secretAccessor on it" ;;
    404) fail "secret $2 does not exist" ;;
    400) fail "secret $2 cannot be read: the version is disabled or destroyed" ;;
    *) fail "Secret Manager answered $status for secret $2" ;;
  esac
  [[ $body =~ \"data\"[[:space:]]*:[[:space:]]*\"([A-Za-z0-9+/=]*)\" ]] ||
    fail "Secret Manager sent no payload for secret $2"
  data=${BASH_REMATCH[1]} padding=${BASH_REMATCH[1]//[!=]/}
  # The x keeps line breaks at the end, which $() would take off.
  value=$(printf '%s' "$data" | base64 --decode 2>/dev/null && printf x)
  value=${value%x}
  # Bash drops zero bytes, and so the length tells.
  ((${#value} == ${#data} * 3 / 4 - ${#padding})) ||
    fail "secret $2 is binary: store it base64-encoded and decode it in the app"
  hide "$value"
  hide "${data%%=*}"
  add_variable "$1" "$value"
}

# Writes the VM's access token where curl and docker read it from.
authorize() {
  [[ ! -e $authorization_file ]] || return 0
  read_metadata instance/service-accounts/default/token
  [[ $body =~ \"access_token\"[[:space:]]*:[[:space:]]*\"([^\"]+)\" ]] ||
    fail 'the metadata server gave no access token: has the VM a service account?'
  local token=${BASH_REMATCH[1]} login
  login=$(printf 'oauth2accesstoken:%s' "$token" | base64 --wrap=0)
  hide "$token"
  hide "${login%%=*}"
  printf 'Authorization: Bearer %s\n' "$token" >"$authorization_file"
  printf '{"auths":{"%s":{"auth":"%s"}}}\n' "${image%%/*}" "$login" >"$runtime/docker/config.json"
}

# --- The container ------------------------------------------------------------

pull_image() {
  local output pause
  report pulling "$image"
  authorize
  for pause in 1 2 4 8 16 0; do
    if output=$(DOCKER_CONFIG="$runtime/docker" docker pull --quiet "$image" 2>&1); then
      return
    fi
    is_transient "$output" || break
    printf 'pull failed, trying again: %s\n' "$(docker_error "$output")" >&2
    sleep "$pause"
  done
  fail "image pull failed: $(docker_error "$output")"
}

# Docker has one exit code for everything, so its words must tell. What is not
# listed here is tried again: the network, the registry, a daemon not yet up.
is_transient() {
  case ${1,,} in
    *toomanyrequests* | *'too many requests'*) return 0 ;;
    *denied* | *unauthorized* | *forbidden* | *'not found'* | *unknown* | *'invalid reference'* | \
      *'no matching manifest'* | *'no space left'* | *unsupported*) return 1 ;;
  esac
}

start_container() {
  local output arguments name
  arguments=(
    --detach --name "$container" --hostname "$container" --restart always --stop-timeout 25
    --log-driver json-file --log-opt max-size=10m --log-opt max-file=3
    --env-file "$environment_file"
  )
  report starting "container $container"
  read_attribute app-port
  if [[ -n $body ]]; then
    local port=$body
    # On the VM's own address, not on all: docker opens the host's firewall for it.
    read_metadata instance/network-interfaces/0/ip
    arguments+=(-p "$body:$port:$port")
  fi
  for ((name = 0; name < ${#long_values[@]}; name += 2)); do
    arguments+=(--env "${long_values[name]}")
  done
  # After a reboot the container of the last boot is there, with the last settings.
  docker rm --force "$container" >/dev/null 2>&1
  output=$(with_environment "${long_values[@]}" -- docker run "${arguments[@]}" "$image" 2>&1) ||
    fail "container did not start: $(docker_error "$output")" "$(container_log)"
  container_id=$(last_line "$output")
  forget_secrets
}

# with_environment NAME VALUE ... -- COMMAND: a value of several lines reaches
# the container through the docker client's environment (--env NAME). It uses no
# variable of its own, since any name may be among them.
with_environment() (
  while [[ $1 != -- ]]; do
    case $1 in
      PATH | HOME | BASH* | DOCKER_* | LD_*) set -- "$1" ;;
      *) export "$1=$2" 2>/dev/null ;;
    esac
    if [[ $# == 1 || ${!1-} != "$2" ]]; then
      printf '%s cannot hold a value of several lines: name it otherwise\n' "$1" >&2
      exit 125
    fi
    shift 2
  done
  shift
  exec "$@"
)

wait_until_ready() {
  local started left event events limit_ms=$start_limit_ms
  now_ms && started=$now
  while now_ms && ((now - started < limit_ms)); do
    exec {events}< <(follow_container)
    events_pid=$!
    while now_ms && left=$((started + limit_ms - now)) && ((left > 0)) &&
      read -r -t "$(seconds "$left")" -u "$events" event; do
      case $event in
        'die '*) fail "container exited with code ${event#die }" "$(container_log)" ;;
        'health_status: healthy'*) succeed 'the HEALTHCHECK of the image passed' ;;
        'health_status: unhealthy'*) fail 'the HEALTHCHECK of the image failed' "$(container_log)" ;;
        'health_status: none'*) limit_ms=$ready_after_ms ;;
        *'No such'*) fail "container is gone: $(docker_error "$event")" ;;
      esac
    done
    # Before its time this ends only with the docker daemon, which comes back.
    ((left <= 0)) || sleep 0.5
    stop_following
    exec {events}<&-
  done
  ((limit_ms == ready_after_ms)) ||
    fail "container not ready after $((limit_ms / 1000)) s" "$(container_log)"
  succeed "running for $((limit_ms / 1000)) s"
}

# What happens to the container, at once, and with the exit code of its first run,
# which `docker inspect` forgets when docker starts it again.
follow_container() {
  docker inspect "$container" 2>&1 --format \
    'health_status: {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}'
  # --since: also what has happened already.
  exec docker events --since 1 --filter "container=$container_id" --filter event=die \
    --filter event=health_status --format '{{.Action}} {{.Actor.Attributes.exitCode}}' 2>/dev/null
}

stop_following() { [[ -z $events_pid ]] || kill "$events_pid" 2>/dev/null; }

# Its end. A hidden value may have begun before what is looked at: then nothing
# recognises its rest, and as much is left out.
container_log() {
  local text cut=0 window=$((longest_hidden + 32768))
  text=$(docker logs "$container" 2>&1 | tail --bytes "$window") || return 0
  ((${#text} < window)) || cut=$longest_hidden
  text=$(redact "$text")
  tail_bytes "$(tail --lines 20 <<<"${text:cut}")" "$log_limit"
}

# What matters in docker's words: behind it `docker run` still points to its help.
docker_error() {
  local text
  text=$(redact "$1")
  [[ $text != *"docker: "* ]] || text=${text#*"docker: "} text=${text%%$'\n'*}
  text=$(last_line "$text")
  printf '%s' "${text#Error response from daemon: }"
}

# --- Preemption ---------------------------------------------------------------

# A template that asks Google for a notice before preemptions says here how many
# seconds. They are the app's then, where shutdown.sh can give it 25.
watch_for_preemption() {
  local pid=''
  read_attribute app-preemption-notice
  [[ $body =~ ^[0-9]{0,5}$ ]] ||
    fail 'the metadata app-preemption-notice is not a number of seconds'
  ((10#0$body > stop_reserve)) || return 0
  # A number may have gone to another process by now, an open file has not.
  [[ ! -e $watcher_file ]] || read -r pid <"$watcher_file"
  [[ ! /proc/$pid/fd/9 -ef $watcher_file ]] || return 0
  # Without our output: whoever runs this script waits until that is closed.
  await_preemption $((10#$body - stop_reserve)) </dev/null >/dev/null 2>&1 9>>"$watcher_file" &
  printf '%s\n' "$!" >"$watcher_file"
}

# $1: seconds for the app. Ends with the VM, or when the app has ended.
await_preemption() {
  local answer etag=0 pause=1 report_file="$runtime/stopping-report"
  local query='wait_for_change=true&timeout_sec=60&last_etag='
  while :; do
    answer=$(curl --silent --fail --include --connect-timeout 3 --max-time 70 \
      --header 'Metadata-Flavor: Google' "$metadata_url/instance/preempted?$query$etag") || answer=''
    case ${answer##*$'\n'} in
      TRUE) break ;;
      FALSE) pause=1 ;;
      *) ((pause = pause < 8 ? pause * 2 : 8)) ;;
    esac
    [[ $answer =~ $'\n'[Ee][Tt][Aa][Gg]:\ *([^$'\r\n']+) ]] && etag=${BASH_REMATCH[1]}
    sleep "$pause" # what changes meanwhile is told by the etag
  done
  : >"$stopping_mark"
  docker stop -t "$1" "$container" &
  report stopping 'the VM is about to be preempted'
  wait
}

# --- What comes out -----------------------------------------------------------

# report PHASE DETAIL [LOG]: one small JSON value, which the deployment reads.
# That nobody may read it (organisation policy) is no reason not to serve.
report() {
  local detail log='' send=attempt at
  # A container that is stopped with its VM has not failed, and none is to be started.
  [[ $1 == stopping || ! -e $stopping_mark ]] || exit 0
  detail=$(redact "$2")
  [[ -z ${3-} ]] || log=",\"log\":\"$(json_text "$3")\""
  printf '%s: %s\n' "$1" "$detail"
  [[ -z ${3-} ]] || printf '%s\n' "$3"
  printf -v at '%(%Y-%m-%dT%H:%M:%S)T.%sZ' "${EPOCHREALTIME%.*}" "${EPOCHREALTIME:(-6):3}"
  printf '{"phase":"%s","detail":"%s","release":"%s","image":"%s","at":"%s"%s}' \
    "$1" "$(json_text "${detail:0:500}")" "$(json_text "$release")" "$(json_text "$image")" "$at" "$log" \
    >"$report_file"
  # A lost step is no loss; the last word must arrive.
  case $1 in ready | failed) await_turn && send=request ;; esac
  "$send" --request PUT --header 'Metadata-Flavor: Google' --max-time 3 \
    --data-binary "@$report_file" "$metadata_url/instance/guest-attributes/deploy/boot"
  [[ $status == 200 ]] || printf 'boot report not taken: status %s\n' "$status" >&2
  now_ms && report_times+=("$now")
}

# Google keeps three writes a second and may lose the rest.
await_turn() {
  local count=${#report_times[@]} wait_ms
  now_ms
  ((count >= 3)) || return 0
  wait_ms=$((report_times[count - 3] + 1000 - now))
  ((wait_ms <= 0)) || sleep "$(seconds "$wait_ms")"
}

succeed() {
  report ready "$1"
  exit 0
}

fail() {
  report failed "$1" "${2-}"
  exit 1
}

# The token and the values; docker keeps its own copy of what the container got.
forget_secrets() {
  rm -f "$environment_file" "$authorization_file" "$runtime/docker/config.json"
}

# --- Requests -----------------------------------------------------------------

# Sets status and body of one request. True when the answer is final: nobody
# answering, 429 and 5xx may be otherwise the next time.
attempt() {
  local answer
  status=000 body=''
  answer=$(curl --silent --show-error --connect-timeout 3 --max-time 10 \
    --write-out '\n%{http_code}' "$@") || return 1
  status=${answer##*$'\n'} body=${answer%$'\n'*}
  [[ $status != 429 && $status != 5?? ]]
}

# The same, tried for about 15 seconds.
request() {
  local pause
  for pause in 0.2 0.5 1 2 4 8; do
    attempt "$@" && return
    sleep "$pause"
  done
  attempt "$@"
}

# Sets body to what the metadata server knows about this VM.
read_metadata() {
  request --header 'Metadata-Flavor: Google' "$metadata_url/$1"
  [[ $status == 200 ]] || fail "the metadata server answered $status for $1"
}

# Sets body to a metadata attribute; empty when it is not set. Only a 404 says so:
# taking a fault for it would start the app without its settings.
read_attribute() {
  request --header 'Metadata-Flavor: Google' "$metadata_url/instance/attributes/$1"
  case $status in
    200) ;;
    404) body='' ;;
    *) fail "the metadata server answered $status for attribute $1" ;;
  esac
}

# --- Text ---------------------------------------------------------------------

now_ms() { now=$((${EPOCHREALTIME/./} / 1000)); }

seconds() { printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)); }

# Takes note of a secret: as it is, as JSON has it, and line by line, as apps and
# logs take it apart. Three bytes or less are none: with *** for every 1 or "yes"
# no log could be read.
hide() {
  local line text=${1//[$'\1\2']/}
  text=${text#"${text%%[![:space:]]*}"} text=${text%"${text##*[![:space:]]}"}
  ((${#text} > 3)) || return 0
  while IFS= read -r line; do
    ((${#line} < 8)) || hidden+=("${line%$'\r'}")
  done < <(printf '%s\n' "$text")
  hidden+=("$text" "$(json_text "$text")")
  # Escaping doubles it at most.
  ((longest_hidden >= ${#text} * 2)) || longest_hidden=$((${#text} * 2))
}

# *** for whatever is hidden. All of it is found before any is replaced, because
# values may overlap. Called in a subshell, for the sake of IFS and set -f.
redact() {
  local text=${1//[$'\1\2']/} value parts part start end=0 clean='' ends=()
  IFS=$'\2' && set -f
  for value in "${hidden[@]}"; do
    [[ $text == *"$value"* ]] || continue
    # shellcheck disable=SC2206 # to be split where the value was
    parts=(${text//"$value"/$'\2'}.)
    start=0
    for part in "${parts[@]:0:${#parts[@]}-1}"; do
      ((start += ${#part}))
      ((${ends[start]:-0} >= start + ${#value})) || ends[start]=$((start + ${#value}))
      ((start += ${#value}))
    done
  done
  for start in "${!ends[@]}"; do
    ((start < end)) || clean+=${text:end:start-end}'***'
    ((ends[start] <= end)) || end=${ends[start]}
  done
  printf '%s' "$clean${text:end}"
}

last_line() {
  local text=${1%"${1##*[!$'\n']}"}
  printf '%s' "${text##*$'\n'}"
}

# The last $2 bytes of $1, not beginning inside a character.
tail_bytes() {
  local text=$1
  ((${#text} <= $2)) || text=${text:(-$2)}
  while [[ $text == [$'\x80'-$'\xbf']* ]]; do text=${text:1}; done
  printf '%s' "$text"
}

utf8=$'^([\x01-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]'
utf8+=$'|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]'
utf8+=$'|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})*$'

is_text() { [[ $1 != *[$'\x80'-$'\xff']* || $1 =~ $utf8 ]]; }

# Text as it stands between the quotes of a JSON string.
json_text() {
  local text=$1
  is_text "$text" || text=${text//[$'\x80'-$'\xff']/?}
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\t'/\\t}
  printf '%s' "${text//[$'\x01'-$'\x1f'$'\x7f']/}"
}

trap 'forget_secrets; stop_following' EXIT
main
