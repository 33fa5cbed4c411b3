#!/usr/bin/env bash
# cryptography's Rust module, OpenSSL and Rust's standard library included, as one side module for Pyodide.
. "$(dirname "$0")/environment.sh"

RUST_SRC=$(echo /usr/src/rustc-*/)
cd "$BUILD/src/cryptography-$CRYPTOGRAPHY"

# Cargo takes one folder for "everything there is to download": Debian's librust packages and the crates that the
# standard library needs, which come with rust-src.
vendor_crates() {
  mkdir -p "$BUILD/vendor"
  ln -sfn -t "$BUILD/vendor" /usr/share/cargo/registry/* "$RUST_SRC"library/vendor/*
  mkdir -p .cargo
  printf '[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "%s/vendor"\n' "$BUILD" \
    >.cargo/config.toml
  rm -f Cargo.lock # it names versions that Debian does not have
}

# Debian is a few versions behind on these; recipe/loosened.txt says which, the provenance repeats it.
loosen_versions() {
  local crate wanted used
  while read -r crate wanted used; do
    grep -qE "^$crate = .*\"$wanted\"" Cargo.toml || { echo "$crate $wanted: not asked for any more" >&2; return 1; }
    sed -i -E "s/^($crate = .*)\"$wanted\"/\1\"$used\"/" Cargo.toml
  done < <(grep -v '^#' "$BUILD/recipe/loosened.txt")
}

# -Zbuild-std and the two -Z flags are nightly-only by name; Debian's compiler is a stable one.
export RUSTC_BOOTSTRAP=1 CARGO_HOME="$BUILD/cargo" CARGO_BUILD_JOBS=2
# panic=abort: unwinding through Pyodide's main module would need its exception ABI; a panic ends the interpreter.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=z CARGO_PROFILE_RELEASE_LTO=true CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1
export CARGO_PROFILE_RELEASE_PANIC=abort CARGO_PROFILE_RELEASE_DEBUG=0
export OPENSSL_DIR="$BUILD/openssl" OPENSSL_STATIC=1 OPENSSL_NO_PKG_CONFIG=1
export PYO3_CROSS=1 PYO3_CROSS_PYTHON_VERSION="$PYTHON" PYO3_CROSS_LIB_DIR="$BUILD/cross/lib/python$PYTHON"
export PYO3_PYTHON=/usr/bin/python3 PYO3_BUILD_EXTENSION_MODULE=1
export CC_wasm32_unknown_emscripten=emcc AR_wasm32_unknown_emscripten=emar
export CFLAGS_wasm32_unknown_emscripten="${SMALL[*]}"
FLAGS=(
  -C link-arg=-sSIDE_MODULE=2 -C link-arg=-sWASM_BIGINT -C link-arg=-Oz
  -C relocation-model=pic -C panic=abort
  -C linker=emcc -Z unstable-options -C link-self-contained=-linker -Z link-native-libraries=yes
  --remap-path-prefix="$BUILD=/build"
)
export RUSTFLAGS="${FLAGS[*]}"
# The messages name every crate that was compiled, the standard library's too: the licences are read off them.
CARGO=(--message-format=json-render-diagnostics --release --offline --target wasm32-unknown-emscripten --manifest-path src/rust/Cargo.toml)

say "cryptography: crates"
vendor_crates
loosen_versions
# Debian's pyo3 0.28 has no "abi3t", the interface of Pythons without a global lock, and asks for none in the build.
patch -p1 <"$BUILD/recipe/pyo3-0.28.patch"
say "cryptography: compile (about 2 minutes)"
compile() { cargo build -Zbuild-std=std,panic_abort "${CARGO[@]}" >"$BUILD/artifacts.json"; }
quietly cargo-build compile
cp target/wasm32-unknown-emscripten/release/cryptography_rust.wasm "$BUILD/_rust.so"
