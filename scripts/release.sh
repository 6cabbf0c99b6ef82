#!/usr/bin/env bash
# Builds the command for all platforms, as archives with a file of their checksums:
#
#	scripts/release.sh directory [os/arch ...]
#
# Two builds of one commit with one Go release are the same, byte for byte, wherever the checkout lies: no paths, no times,
# no cgo. The version that `emitcheck -version` tells is the tag of the commit, which the go command puts into the binary.
set -euo pipefail
if [ $# = 0 ]; then
	sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
	exit 2
fi
mkdir -p "$1"
out=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64
cd "$(dirname "$0")/.."

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export CGO_ENABLED=0 GOWORK=off GOFLAGS="${GOFLAGS:+$GOFLAGS }-trimpath"
for platform in "$@"; do
	os=${platform%/*} arch=${platform#*/}
	dir=$tmp/emitcheck_${os}_$arch
	mkdir "$dir"
	exe=emitcheck
	[ "$os" != windows ] || exe=emitcheck.exe
	GOOS=$os GOARCH=$arch go build -o "$dir/$exe" -ldflags='-s -w -buildid=' ./cmd/emitcheck
	cp LICENSE README.md CHANGELOG.md "$dir/"
	chmod 755 "$dir/$exe"
	chmod 644 "$dir/LICENSE" "$dir/README.md" "$dir/CHANGELOG.md"
	tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -C "$dir" -cf - . | gzip -9n >"$out/emitcheck_${os}_$arch.tar.gz"
done
cd "$out"
sha256sum emitcheck_*.tar.gz >checksums.txt
cat checksums.txt
