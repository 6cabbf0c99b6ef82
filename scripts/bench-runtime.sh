#!/usr/bin/env bash
# Measures package runtime beside bare channels and timers, prints markdown tables, and rewrites those in
# docs/benchmarks.md.
#
#	scripts/bench-runtime.sh
#
# It takes some three minutes, of a machine with nothing else to do. BENCH_FLAGS goes to internal/sessionbench, after
# the script's own: BENCH_FLAGS='-count 1 -for 1s -md=' is a short run that rewrites nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

export CGO_ENABLED=0 GOWORK=off

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

go test -c -o "$tmp/runtime.test" ./runtime
go build -o "$tmp/" ./internal/sessionbench

# shellcheck disable=SC2086 # BENCH_FLAGS is a list
"$tmp/sessionbench" -tests "$tmp/runtime.test" -md docs/benchmarks.md ${BENCH_FLAGS:-}
