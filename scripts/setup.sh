# Sourced by the other scripts. Makes what they need, says what it is doing, and ends with one plain sentence when
# it cannot. Each step keeps a stamp of its lock file, so that the second time costs nothing.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$ROOT"
PYTHON="$ROOT/.venv/bin/python"
# Material says at every start that it ends in 2027; the design provides for that (pages are plain Markdown first).
export NO_MKDOCS_2_WARNING=1

# --lang ja or --lang en: in which language mistakes in the facts are told, whatever the locale. Wherever it stands, it
# is taken out of the script's own arguments, which a sourced file shares.
lang=
for word; do
    shift
    case $lang in
    next) lang=$word ;;
    *) if [ "$word" = --lang ]; then lang=next; else set -- "$@" "$word"; fi ;;
    esac
done
case $lang in
ja | en) export CERT_GUIDES_LANG="$lang" ;;
?*) printf -- '--lang is followed by ja or en.\n' >&2; exit 2 ;;
esac

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# same STAMP TEXT: was this step done with this input before?
same() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        # A version manager may answer to a name that it has no Python for: what counts is that it runs.
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            "$candidate" -c 'import venv, ensurepip' 2>/dev/null ||
                fail "Python's venv module is missing: on Debian, install the package python3-venv."
            command -v "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed: none of python3, python3.14, …, python3.11 on the PATH is."
}

python_environment() {
    command -v git >/dev/null || fail "git is needed: the site names the commit that it was made from."
    git rev-parse --quiet --verify HEAD >/dev/null 2>&1 ||
        fail "This folder is not a git clone with a commit: clone the repository instead of unpacking an archive."
    lock="requirements.lock $(cksum <requirements.lock)"
    if same .venv/.stamp "$lock" && "$PYTHON" -c '' 2>/dev/null; then return; fi
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
        base=$(find_python) || exit 1
        say "Making .venv with $("$base" --version) …"
        "$base" -m venv --clear .venv || fail "The virtual environment .venv could not be made with $base."
    }
    say "Installing the Python packages of requirements.lock …"
    "$PYTHON" -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r requirements.lock ||
        fail "The Python packages could not be installed: see pip's message above."
    # macros/ and scripts/ are imported from the root, certcheck from wasm/; a path file needs no installation.
    "$PYTHON" - "$ROOT" "$ROOT/wasm" <<'END'
import sys, sysconfig
with open(sysconfig.get_path("purelib") + "/cert_guides.pth", "w", encoding="utf-8") as path_file:
    path_file.writelines(f"{path}\n" for path in sys.argv[1:])
END
    printf '%s\n' "$lock" >.venv/.stamp
}

node_packages() {
    command -v node >/dev/null && command -v npm >/dev/null || fail "Node.js 20 or newer with npm is needed."
    node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' ||
        fail "Node.js 20 or newer is needed: this is $(node --version)."
    lock="package-lock.json $(cksum <package-lock.json)"
    if same node_modules/.stamp "$lock"; then return; fi
    say "Installing the npm packages of package-lock.json …"
    npm ci --silent --no-fund --no-audit || fail "The npm packages could not be installed: see npm's message above."
    printf '%s\n' "$lock" >node_modules/.stamp
}

# debian WHAT PACKAGES: for the tests only, where something is missing.
debian() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
        fail "The tests need $1: install it as root, on Debian 'apt-get install $2'."
    say "Installing Debian's $2 …"
    # No server starts by being installed: that is what run level 1 is for (invoke-rc.d).
    apt-get update -qq &&
        # shellcheck disable=SC2086  # the packages are words
        RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2 >/dev/null ||
        fail "$1 could not be installed: see apt-get's message above."
}

# A real browser, and a font that holds Japanese.
browser() { command -v chromium >/dev/null || debian Chromium "chromium fonts-noto-cjk"; }

# A real web server, which lies outside of a user's PATH, and what puts load on it.
web_server() {
    { command -v nginx || [ -x /usr/sbin/nginx ]; } >/dev/null || debian nginx nginx
    [ -f /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] ||
        debian "nginx' module for Brotli" libnginx-mod-http-brotli-static
    command -v wrk >/dev/null || debian wrk wrk
}
