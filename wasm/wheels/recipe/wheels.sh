#!/usr/bin/env bash
# The wheels and the lock file, with Pyodide's tools from requirements.txt (downloaded outside, see fetch.sh).
. "$(dirname "$0")/environment.sh"

say "wheels: Pyodide's tools"
python3 -m venv "$BUILD/tools"
export PATH="$BUILD/tools/bin:$PATH"
quietly tools pip install --only-binary :all: --no-index --find-links "$BUILD/fetched/tools" --require-hashes \
  -r "$BUILD/recipe/requirements.txt"
say "wheels: pack, precompile, check"
quietly pack python "$BUILD/recipe/pack.py" "$BUILD" "$BUILD/out"
say "lock file"
python "$BUILD/recipe/lock.py" "$BUILD/src/pyodide/pyodide-lock.json" "$BUILD/out"
