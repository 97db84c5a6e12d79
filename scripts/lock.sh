#!/bin/sh
# Writes one lock: sh scripts/lock.sh UV runtime|dev|build
set -eu
uv=$1 name=$2
compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --output-file "requirements/$name.lock" "$@"
}
case $name in
runtime) compile pyproject.toml ;;
dev) compile --extra dev pyproject.toml ;;
build) sed -n 's/^requires = \["\(.*\)"\]$/\1/p' pyproject.toml | compile - ;;
esac
