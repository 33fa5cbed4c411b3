#!/usr/bin/env bash
# The Rust crates and OpenSSL's and libffi's sources from Debian, and everything that fetch.sh got, unpacked in src/.
. "$(dirname "$0")/environment.sh"

fetch_debian() {
  apt-get update
  # The crates that Debian's own package of cryptography is built from. Only these: no tests, no manuals.
  apt-get build-dep --yes --build-profiles nocheck,nodoc --arch-only python-cryptography
  # apt checks each file against the signed index; dpkg-source applies Debian's patches.
  cd "$BUILD/src"
  apt-get source "openssl=$OPENSSL" "libffi/$SOURCES_SUITE"
}

say "crates and sources from Debian"
quietly debian fetch_debian
for sdist in "$BUILD"/fetched/sdists/*.tar.gz; do tar -xzf "$sdist" -C "$BUILD/src"; done
mkdir "$BUILD/src/pyodide"
tar -xzf "$BUILD/fetched/pyodide-$PYODIDE.tgz" -C "$BUILD/src/pyodide" --strip-components=1
