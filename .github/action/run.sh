#!/usr/bin/env bash
# The action of action.yml: runs errspec check with annotations. Its inputs are the variables INPUT_VERSION, INPUT_AGAINST,
# INPUT_ARGS and INPUT_WORKING_DIRECTORY. The exit status is that of errspec check; it is 2 if errspec cannot be run.
#
# The version of errspec is, in this order: that of the input; that of the tool in go.mod of the repository, so that the
# outputs are compared with those of the version that generated them; or the sources next to this script. The Go checksum
# database verifies the first, go.sum of the repository the second, and the commit of the action the third. No version is
# looked up.
set -euo pipefail

readonly command=github.com/errspec/errspec/cmd/errspec

fail() {
  printf '::error title=errspec::%s\n' "$1"
  exit 2
}

sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT

command -v go >/dev/null || fail 'Go is not installed; add a step with actions/setup-go before errspec'
cd "${INPUT_WORKING_DIRECTORY:-.}" || fail "working-directory does not exist: ${INPUT_WORKING_DIRECTORY:-}"

# Without a table, errspec would check the table that is built into it.
[[ -f errspec.yaml || " ${INPUT_ARGS:-}" =~ [[:space:]](builtin:|mod:|[^-[:space:]][^[:space:]]*\.ya?ml) ]] ||
  fail "there is no errspec.yaml in $PWD; set working-directory, or name a table in args"

version=${INPUT_VERSION:-}
if [[ -n $version ]]; then
  [[ $version =~ ^v[0-9]+\.[0-9]+\.[0-9]+[-+.0-9A-Za-z]*$ ]] || fail 'version must be a release, for example v0.1.0'
  GOBIN=$bin GOFLAGS='' GOWORK=off go install "$command@$version" || fail "cannot install errspec $version; see the log"
  errspec=("$bin/errspec")
elif go tool | grep -qx "$command"; then
  errspec=(go tool errspec)
else
  (cd "$sources" && GOFLAGS='' GOWORK=off go build -trimpath -buildvcs=false -o "$bin/" ./cmd/errspec) ||
    fail 'cannot build errspec; see the log'
  errspec=("$bin/errspec")
fi

arguments=(check --format github)
[[ -z ${INPUT_AGAINST:-} ]] || arguments+=("--against=$INPUT_AGAINST")
read -r -d '' -a words <<<"${INPUT_ARGS:-}" || true # words, on one line or on several
"${errspec[@]}" "${arguments[@]}" ${words[@]+"${words[@]}"}
