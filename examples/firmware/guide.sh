#!/usr/bin/env bash
# Runs the commands of docs/firmware.md as written, in a temporary folder next to a link to this repository.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$root" "$folder/netcost"
cd "$folder"
{
  echo 'set -euo pipefail; shopt -s expand_aliases'
  awk '/^```/ { is_command = $0 == "```sh"; next } is_command' "$root/docs/firmware.md"
} >commands.sh
bash commands.sh 2>&1 | tee output.txt
[ "$(grep -c "it is a 7" output.txt)" = 2 ]
