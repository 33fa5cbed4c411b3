#!/usr/bin/env bash
# cffi's backend. It links no libffi: Pyodide's main module exports ffi_*, so only the headers are wanted.
. "$(dirname "$0")/environment.sh"

LIBFFI=$(echo "$BUILD"/src/libffi-*/)
VERSION=$(sed -n 's/^AC_INIT(\[libffi\],\[\([^]]*\)\].*/\1/p' "$LIBFFI/configure.ac")

# What libffi's configure would fill in for its wasm32 port.
ffi_header() {
  sed -e "s/@VERSION@/$VERSION/; s/@TARGET@/WASM32/; s/@HAVE_LONG_DOUBLE@/1/" \
    -e 's/@FFI_EXEC_TRAMPOLINE_TABLE@/0/' "$LIBFFI/include/ffi.h.in"
}

say "cffi: compile"
mkdir -p "$BUILD/ffi"
ffi_header >"$BUILD/ffi/ffi.h"
cp "$LIBFFI/src/wasm32/ffitarget.h" "$BUILD/ffi"
if grep -n '@[A-Z_]*@' "$BUILD/ffi/ffi.h"; then echo "libffi's header template has new places to fill" >&2; exit 1; fi
cd "$BUILD/src/cffi-$CFFI"
# Exceptions and longjmp as Pyodide's main module has them; a mixture does not load.
quietly cffi emcc -O2 -fPIC -DNDEBUG -fwasm-exceptions -sSUPPORT_LONGJMP=wasm -sSIDE_MODULE=1 -sWASM_BIGINT \
  -I"$BUILD/ffi" -I"$BUILD/cross/include/python$PYTHON" \
  src/c/_cffi_backend.c -o "$BUILD/_cffi_backend.so"
