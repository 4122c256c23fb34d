#!/bin/sh
# Usage: generator_accepts.sh FILE...
# Fails unless Debian's varlink-go-interface-generator parses every FILE: a reader of interfaces
# that this project did not write. It writes Go beside its input and takes lower-case interface
# names only, so each file is given to it as such a copy.
set -eu

generator=varlink-go-interface-generator
command -v "$generator" >/dev/null || {
    echo "$generator is missing: install varlink-go" >&2
    exit 1
}
[ $# -gt 0 ] || {
    echo "usage: $0 FILE..." >&2
    exit 2
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for file in "$@"; do
    copy=$scratch/$(basename "$file")
    sed 's/^interface .*/\L&/' "$file" >"$copy"
    "$generator" "$copy" || {
        echo "$file: refused" >&2
        exit 1
    }
    # Its exit status aside, a file that it understood has become Go.
    ls "$scratch"/*.go >/dev/null
    rm "$scratch"/*
    echo "$file: accepted"
done
