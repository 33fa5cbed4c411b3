# shellcheck shell=bash
# Sourced by every step that runs inside the root. $BUILD, the working folder in there, is handed in by ../build.
set -euo pipefail
# shellcheck source=../versions.env
. "$BUILD/recipe/versions.env"
# PYTHONHASHSEED: the order of a set of constants, and with it the bytes of a .pyc, follows the hash seed.
export SOURCE_DATE_EPOCH LC_ALL=C TZ=UTC PYTHONHASHSEED=0
# Debian's Emscripten keeps its cache where only root may write; a private one also starts empty every time.
export EM_CACHE="$BUILD/emcache"
# Through the environment and not through CFLAGS, since OpenSSL writes its CFLAGS into the library: wherever the
# build ran, the paths in the result begin with /build.
export EMCC_CFLAGS="-ffile-prefix-map=$BUILD=/build"
# Small code: the checker parses files of some kilobytes, and its visitors download every byte of this.
# shellcheck disable=SC2034 # used by the steps
SMALL=(-Oz -fPIC -fvisibility=hidden)

say() { printf '   %s\n' "$*"; }

# Runs a command quietly; on failure shows the end of what it said.
quietly() {
  local log="$BUILD/log/$1.log"
  shift
  mkdir -p "$BUILD/log"
  "$@" >"$log" 2>&1 || { tail -n 40 "$log" >&2; echo "failed: $* (see $log)" >&2; return 1; }
}
