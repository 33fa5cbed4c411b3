#!/usr/bin/env bash
# OpenSSL's two libraries for wasm32, static, with the legacy provider inside.
. "$(dirname "$0")/environment.sh"

OPTIONS=(
  no-asm no-threads no-async          # WebAssembly here has neither assembler, threads nor stacks to switch
  no-shared no-dso no-engine          # one static library, nothing is loaded at run time ...
  no-module                           # ... so the legacy provider (RC2, the old PKCS#12 ciphers) is built in
  no-apps no-tests no-docs no-ui-console no-afalgeng
  no-quic no-comp no-ssl3 no-gost no-secure-memory
)                                     # sockets and DTLS stay: cryptography's bindings name their symbols

# The paths are compiled in and never looked at in a browser: fixed, so that they do not tell where the build ran.
configure() {
  emconfigure ./Configure linux-generic32 "${OPTIONS[@]}" "${SMALL[@]}" -DOPENSSL_NO_SPEED \
    --prefix=/openssl --openssldir=/openssl
  # emconfigure makes it "em" + the full path of the compiler, which is then put before a full path.
  sed -i 's/^CROSS_COMPILE=.*/CROSS_COMPILE=/' Makefile
}

cd "$BUILD"/src/openssl-"${OPENSSL%%-*}"
say "OpenSSL: configure"
quietly openssl-configure configure
say "OpenSSL: compile (about 2 minutes)"
quietly openssl-make make -j2 build_generated libcrypto.a libssl.a CC=emcc AR=emar RANLIB=emranlib
mkdir -p "$BUILD/openssl/lib"
cp libcrypto.a libssl.a "$BUILD/openssl/lib"
cp -r include "$BUILD/openssl/include"
