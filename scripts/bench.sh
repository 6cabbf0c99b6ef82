#!/usr/bin/env bash
# Measures emitcheck against a bare type-check, go vet and staticcheck, and prints a markdown table.
#
#	scripts/bench.sh [dir]
#
# dir is the module to measure on; default: client-go, as internal/realcode prepares it, in which case the table in
# docs/benchmarks.md is rewritten too. BENCH_FLAGS goes to internal/bench: BENCH_FLAGS='-runs 1 -vet=false'.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
dir=${1:-}
[ -z "$dir" ] || dir=$(cd "$dir" && pwd)
cd "$root"

# Without cgo the result does not depend on a C compiler being there.
export CGO_ENABLED=0 GOWORK=off

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

flags=()
if [ -z "$dir" ]; then
	dir=$(go run ./internal/realcode -prepare -only k8s.io/client-go)
	flags+=(-md docs/benchmarks.md)
fi

go build -o "$tmp/" ./internal/bench ./internal/bench/typecheck
go build -o "$tmp/" ./cmd/emitcheck
GOBIN=$tmp GOFLAGS='' go install honnef.co/go/tools/cmd/staticcheck@v0.8.2

# shellcheck disable=SC2086 # BENCH_FLAGS is a list
"$tmp/bench" -dir "$dir" -emitcheck "$tmp/emitcheck" -typecheck "$tmp/typecheck" -staticcheck "$tmp/staticcheck" \
	${flags[@]+"${flags[@]}"} ${BENCH_FLAGS:-}
