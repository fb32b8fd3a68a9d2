# Shared by the scripts that work on Google Cloud; to be sourced.
# shellcheck shell=bash

# Every path below is from the root of the repository.
# shellcheck disable=SC2034
called_from="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
# shellcheck disable=SC2034
root="$PWD"
dry_run=false
environment=""
version=""
rest=()

fail() {
  echo "$*" >&2
  exit 2
}

# Takes --environment, --version and --dry-run out of the arguments; the others are left in rest.
read_arguments() {
  local argument
  for argument in "$@"; do
    case "$argument" in
      --environment=*) environment="${argument#*=}" ;;
      --version=*) version="${argument#*=}" ;;
      --dry-run) dry_run=true ;;
      *) rest+=("$argument") ;;
    esac
  done
}

# Reads the environment's values; see templates/environments/.
load_environment() {
  [[ -n "$environment" ]] || fail "--environment is missing; allowed are dev, prod"
  [[ "$environment" =~ ^[a-z]+$ && -f "templates/environments/$environment.env" ]] ||
    fail "--environment=$environment is not known; allowed are dev, prod"
  # shellcheck source=/dev/null
  source "templates/environments/$environment.env"
}

require_version() {
  [[ "$version" =~ ^v[0-9]+\.[0-9]+\.[0-9]+$ ]] ||
    fail "--version=$version is no version; allowed are versions such as v1.2.0"
}

require_template() {
  [[ "$1" =~ ^[a-z]+$ && -f "templates/$1/container-spec.json" ]] ||
    fail "$1 is no template; allowed are $(templates | paste -sd ' ')"
}

templates() {
  local spec
  for spec in templates/*/container-spec.json; do
    basename "$(dirname "$spec")"
  done
}

# Makes a version that is in the bucket the current one: of every template, and of the report's job.
point_to_version() {
  local name
  for name in $(templates); do
    run gcloud storage cp "gs://$BUCKET/templates/$version/$name.json" "gs://$BUCKET/templates/current/$name.json"
  done
  mkdir -p "target/specs/$version"
  run gcloud storage cp "gs://$BUCKET/templates/$version/report.yaml" "target/specs/$version/report-deployed.yaml"
  run gcloud run jobs replace "target/specs/$version/report-deployed.yaml" "--project=$PROJECT" "--region=$REGION"
  run gcloud storage cp "gs://$BUCKET/templates/$version/webhooks.yaml" "target/specs/$version/webhooks-deployed.yaml"
  run gcloud run services replace "target/specs/$version/webhooks-deployed.yaml" "--project=$PROJECT" "--region=$REGION"
}

# Whether the environment has a place for a pipeline; synthesize has none where real data are.
require_place() {
  local machine_type="MACHINE_TYPE_$1"
  [[ -n "${!machine_type:-}" ]] || fail "$1 has no place in $environment; see pipelines/$1.yaml"
}

# Runs a command, or with --dry-run prints it so that it can be pasted into a shell.
run() {
  if [[ "$dry_run" == true ]]; then
    local word line=""
    for word in "$@"; do
      if [[ "$word" =~ ^[A-Za-z0-9_./:=@,+%-]+$ ]]; then
        line+="${line:+ }$word"
      else
        line+="${line:+ }'${word//\'/\'\\\'\'}'"
      fi
    done
    echo "$line"
  else
    "$@"
  fi
}

# The time as seconds since 1970; NOW makes it stand still.
now="${NOW:-$(date +%s)}"

# day SECONDS FORMAT: GNU and BSD disagree on how date is told a time.
day() {
  date -u -d "@$1" "+$2" 2>/dev/null || date -u -r "$1" "+$2"
}

# Fills in what manifests write in braces: days as they are an hour ago, as in the schedule.
fill() {
  local value="$1" then=$((now - 3600))
  value="${value//\{yesterday\}/$(day $((then - 86400)) %Y-%m-%d)}"
  value="${value//\{today\}/$(day "$then" %Y-%m-%d)}"
  value="${value//\{tomorrow\}/$(day $((then + 86400)) %Y-%m-%d)}"
  value="${value//\{openMonth\}/$(day $((then - 259200)) %Y-%m-01)}"
  if [[ "$(day "$now" %H)" == 02 ]]; then
    value="${value//\{mode\}/all}"
  fi
  value="${value//\{mode\}/open}"
  echo "${value//\{landing\}/$LANDING}"
}
