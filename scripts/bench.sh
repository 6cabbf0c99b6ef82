#!/usr/bin/env bash
# Measures emitcheck against a bare type-check, go vet, staticcheck and golangci-lint, and prints a markdown table.
#
#	scripts/bench.sh [dir]
#
# dir is the module to measure on; by default client-go and telegraf, as internal/realcode prepares them, in which case
# the tables in docs/benchmarks.md are rewritten too. BENCH_FLAGS goes to internal/bench: BENCH_FLAGS='-runs 1 -cold=false'; BENCH_MODULES names one of the two.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
dir=${1:-}
[ -z "$dir" ] || dir=$(cd "$dir" && pwd)
cd "$root"

# Without cgo the result does not depend on a C compiler being there.
export CGO_ENABLED=0 GOWORK=off

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

go build -o "$tmp/" ./internal/bench ./internal/bench/typecheck ./internal/bench/noop ./cmd/emitcheck
go -C internal/drivers build -o "$tmp/golangci-lint" ./cmd
GOBIN=$tmp GOFLAGS='' go install honnef.co/go/tools/cmd/staticcheck@v0.8.2
# The settings of docs/ci.md, without golangci-lint's own linters.
sed -n '/<!-- run: golangci -->/,/^```$/p' docs/ci.md | sed -e '1,2d' -e '$d' -e 's/^linters:$/&\n  default: none/' >"$tmp/golangci.yml"

bench() {
	# shellcheck disable=SC2086 # BENCH_FLAGS is a list
	"$tmp/bench" -bin "$tmp" -dir "$@" ${BENCH_FLAGS:-}
}
if [ -n "$dir" ]; then
	bench "$dir"
	exit
fi
for module in ${BENCH_MODULES:-k8s.io/client-go github.com/influxdata/telegraf}; do
	bench "$(go run ./internal/realcode -prepare -only "$module")" -md docs/benchmarks.md -section "bench ${module##*/}"
done
