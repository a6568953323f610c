#!/usr/bin/env bash
# Prepares the measurement in the target folder, and measures; arguments are passed to the binary.
# NETCOST_PYTHON names a Python that already has the requirements.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${CARGO_TARGET_DIR:-$here/../../target}/inference
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
models=$folder/models

python=${NETCOST_PYTHON:-$folder/venv/bin/python}
if [ -z "${NETCOST_PYTHON:-}" ] && ! [ -x "$python" ]; then
  python3 -m venv "$folder/venv"
fi
if [ -z "${NETCOST_PYTHON:-}" ]; then
  "$python" -m pip install --quiet -r "$here/requirements.txt"
  "$python" -m pip install --quiet -r "$here/requirements-tflite.txt" ||
    echo "without LiteRT and tflite-micro: they cannot be installed here" >&2
fi

# Made again only when the scripts that make them have changed.
made() { [ -e "$1" ] && [ -z "$(find "$here"/*.py "$here/../../scripts/networks.py" -newer "$1")" ]; }
if ! made "$models/done"; then
  "$python" "$here/export.py" "$models"
  rm -f "$models"/*.tflite
  if "$python" "$here/tflite.py" "$models" 2>"$folder/tflite.log"; then
    touch "$models/done"
  else
    echo "without LiteRT and tflite-micro: the networks were not converted, see $folder/tflite.log" >&2
  fi
fi

export CARGO_TARGET_DIR=$folder/build
(cd "$here" && cargo build --release --quiet) # there rust-toolchain.toml is found
exec "$CARGO_TARGET_DIR/release/inference" --models "$models" --python "$python" "$@"
