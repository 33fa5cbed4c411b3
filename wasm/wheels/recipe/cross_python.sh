#!/usr/bin/env bash
# A tree that looks like an installed Python for wasm32: Debian's headers with Pyodide's configuration.
. "$(dirname "$0")/environment.sh"

SYSCONFIG=_sysconfigdata__emscripten_wasm32-emscripten.py
LIB="$BUILD/cross/lib/python$PYTHON"
INCLUDE="$BUILD/cross/include/python$PYTHON"

say "Python: headers for wasm32"
mkdir -p "$LIB" "$BUILD/cross/include"
cp -rL "/usr/include/python$PYTHON" "$INCLUDE"
python3 -m zipfile -e "$BUILD/src/pyodide/python_stdlib.zip" "$BUILD/stdlib"
cp "$BUILD/stdlib/$SYSCONFIG" "$LIB"
# Debian's pyconfig.h only forwards to one for the host's architecture; the names in that one are wanted.
python3 "$BUILD/recipe/pyconfig.py" "$LIB/$SYSCONFIG" \
  "/usr/include/$(gcc -print-multiarch)/python$PYTHON/pyconfig.h" >"$INCLUDE/pyconfig.h"
