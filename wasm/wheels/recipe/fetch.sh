#!/usr/bin/env bash
# Downloads what does not come from Debian into FOLDER: the sdists, Pyodide, and Pyodide's tools.
# Runs outside the root, with pip and npm as this machine has them set up. Usage: fetch.sh HERE FOLDER
set -euo pipefail
HERE=$1 FOLDER=$2
# shellcheck source=../versions.env
. "$HERE/versions.env"

python3 -m venv "$FOLDER/venv"
download() { "$FOLDER/venv/bin/pip" download --quiet --no-deps --require-hashes --dest "$@"; }

# The sdists as files: no backend of theirs runs, see the stand-in.
PYTHONPATH="$HERE/recipe/sdist_backend" \
  download "$FOLDER/sdists" --no-binary :all: --no-build-isolation -r "$HERE/sdists.txt"
# Wheels for the Python inside the root, whatever Python this machine has.
download "$FOLDER/tools" --only-binary :all: --python-version "$PYTHON" -r "$HERE/requirements.txt"

npm pack --ignore-scripts --silent --pack-destination "$FOLDER" "pyodide@$PYODIDE" >/dev/null
got="sha512-$(openssl dgst -sha512 -binary "$FOLDER/pyodide-$PYODIDE.tgz" | base64 -w0)"
if [ "$got" != "$PYODIDE_INTEGRITY" ]; then
  echo "pyodide $PYODIDE: got $got, expected $PYODIDE_INTEGRITY" >&2
  exit 1
fi
rm -r "$FOLDER/venv"
