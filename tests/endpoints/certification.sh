#!/bin/sh
# The independent conformance client of Debian's varlink-go against a server made of this
# daemon's protocol code: certification.sh CERTIFICATION_SERVER
set -eu

folder=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT

mkfifo "$folder/ready"
"$1" "$folder/socket" >"$folder/ready" &
server=$!
read -r line <"$folder/ready"
[ "$line" = ready ]

# Its exit status says nothing, its last line does.
varlink-go-certification --varlink "unix:$folder/socket" --client >"$folder/output" 2>&1 || true
if [ "$(tail -n 1 "$folder/output")" != "End: 'true'" ]; then
    cat "$folder/output" >&2
    echo "the certification client did not end with End: 'true'" >&2
    exit 1
fi
