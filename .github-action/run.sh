#!/usr/bin/env bash
# The step of action.yml that runs emitcheck: once, for annotations, a SARIF
# report and the text in the log. It builds emitcheck from the checkout of the
# action, so that its version is the one that the workflow names.
#
# It ends with 0 if emitcheck did its work, whatever was found: what becomes of
# findings is for the steps after it to say. Otherwise it ends with 2.
set -euo pipefail
: "${GITHUB_ACTION_PATH:?}" "${GITHUB_OUTPUT:?}" "${RUNNER_TEMP:?}"

fail() {
	printf '::error title=emitcheck::%s\n' "$1"
	exit 2
}

# show prints a file whose lines must not be taken for workflow commands.
show() {
	local token="emitcheck-$RANDOM$RANDOM$RANDOM"
	echo "::stop-commands::$token"
	cat "$1"
	echo "::$token::"
}

dir=$(mktemp -d "$RUNNER_TEMP/emitcheck.XXXXXX")
command -v go >/dev/null || fail 'there is no Go here: put actions/setup-go before this action'
GOFLAGS='' GOWORK=off go build -C "$GITHUB_ACTION_PATH" -o "$dir/" ./cmd/emitcheck ||
	fail 'emitcheck does not build: it needs the Go that its go.mod names, or a later one, so put actions/setup-go before this action'

args=(-C "${INPUT_WORKING_DIRECTORY:-.}")
while IFS= read -r flag; do
	[ -z "$flag" ] || args+=("$flag")
done <<<"${INPUT_FLAGS:-}"
# The last -format counts.
args+=("-format=github,text=$dir/report.txt,sarif=$dir/emitcheck.sarif")
read -r -d '' -a packages <<<"${INPUT_PACKAGES:-./...}" || true # there is no such delimiter

status=0
"$dir/emitcheck" "${args[@]}" "${packages[@]}" 2>"$dir/stderr" || status=$?
show "$dir/stderr"
case $status in
0) ;;
1)
	# GitHub makes annotations of the first ten findings alone.
	echo '::group::all findings'
	show "$dir/report.txt"
	echo '::endgroup::'
	;;
*) fail 'emitcheck could not do its work: the log says why' ;;
esac
{
	echo "status=$status"
	echo "sarif=$dir/emitcheck.sarif"
} >>"$GITHUB_OUTPUT"
