"""Makes a built site ready for web servers: to be run after scripts/build, before the site is copied.

site/**/*.{br,gz}   for servers that send a file's compressed copy, as nginx' gzip_static does
site/_headers       for hosts of static files that take headers from a file of this name
build/site.conf     a server for nginx, to include in its http block
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from scripts import ROOT
from scripts.site.compress import compress, is_copy
from scripts.site.policy import RESOLVED_POLICY, Policy, load_resolved_policy

HEADERS = "_headers"


def list_headers(policy: Policy) -> list[str]:
    """List all headers that some file has, but its type."""
    names = [*policy.headers, "Cache-Control", "Content-Security-Policy"]
    for page_class in policy.classes:
        names += page_class.headers
    return list(dict.fromkeys(names))


def render_nginx(policy: Policy, *, root: str, listen: str, at: str = "/", brotli: bool = False) -> str:
    """Return the configuration of a server for nginx.

    Args:
        policy: resolved.
        root: the directory of the site.
        listen: address and port, e.g. ``127.0.0.1:8080``.
        at: the path that the site lies below, with a slash at both ends.
        brotli: whether this nginx has the module for it, Debian's libnginx-mod-http-brotli-static.
    """
    lines = [
        "# Made by scripts/hosting from deploy/policy.yaml, for nginx' http block. TLS is yours to add.",
        f'map $uri $guides_path {{ "~^{at}(?<guides_below>.*)$" $guides_below; default ""; }}',
    ]
    values: dict[str, str] = {}
    # The first pattern that matches counts, as in the policy; the last class has none.
    patterns = [*(_quote(f"~{page_class.path}") for page_class in policy.classes[:-1]), "default"]
    for name in list_headers(policy):
        by_class = [policy.build_class_headers(page_class).get(name, "") for page_class in policy.classes]
        values[name] = _quote(by_class[0])
        if len(set(by_class)) > 1:
            values[name] = "$guides_" + name.lower().replace("-", "_")
            pairs = zip(patterns, by_class, strict=True)
            rows = (f"    {pattern} {_quote(value)};" for pattern, value in pairs)
            lines += [f"map $guides_path {values[name]} {{", *rows, "}"]
    place = f"root {root};" if at == "/" else f"alias {root}/;"
    lines += [
        "server {",
        f"    listen {listen};",
        "    server_tokens off;",
        "    absolute_redirect off;",
        "    types {",
        *(f"        {_quote(kind)} {ending[1:]};" for ending, kind in policy.types.items()),
        "    }",
        f"    default_type {policy.other_type};",
        "    gzip_static on;",
        # Of two copies nginx takes this one first where the browser takes both.
        *(["    brotli_static on;"] if brotli else []),
        "    gzip_vary on;",
        # A header without a value is not sent. "always": with errors and redirects as well.
        *(f"    add_header {name} {value} always;" for name, value in values.items()),
        f"    error_page 403 404 =404 {at}404.html;",
        f"    location {at} {{ {place} }}",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    r"""Write one word of nginx' language: ``\.`` stays as it is, ``$`` would begin a variable in a value."""
    if not text.startswith("~") and "$" in text:
        raise ValueError(f"nginx would take a part of this for a variable: {text}")
    return '"' + text.replace('"', '\\"') + '"'


def render_header_file(policy: Policy, site: Path) -> str:
    """Return the contents of ``_headers``: addresses with headers; ``*`` at the end stands for anything.

    All that match an address count, and of a header that is named twice both values would be sent. So each
    header is named once for an address: for a whole folder where all in it have the same, else file by file.
    """
    files = (path for path in sorted(site.rglob("*")) if path.is_file() and not is_copy(path))
    names = (path.relative_to(site).as_posix() for path in files)
    sent = {name: policy.build_class_headers(policy.find_class(name)) for name in names if name != HEADERS}
    rules: dict[str, dict[str, str]] = {}
    for header in list_headers(policy):
        values = {name: headers.get(header, "") for name, headers in sent.items()}
        for address, value in _group_by_folder(values, "").items():
            if value:
                rules.setdefault(address, {})[header] = value
    blocks = []
    for address, headers in sorted(rules.items()):
        lines = (f"  {name}: {value}" for name, value in headers.items())
        blocks.append("\n".join([address, *lines]))
    return "\n\n".join(blocks) + "\n"


def _group_by_folder(values: Mapping[str, str], folder: str) -> dict[str, str]:
    """Return values by address, for all files below a folder (a path that ends with a slash, or nothing)."""
    if len(set(values.values())) == 1:
        return {f"/{folder}*": next(iter(values.values()))}
    rules: dict[str, str] = {}
    below: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        first, slash, _ = name.removeprefix(folder).partition("/")
        if slash:
            below.setdefault(f"{folder}{first}/", {})[name] = value
        else:
            rules[f"/{name}"] = value
            if first == "index.html":
                rules[f"/{folder}"] = value
    for subfolder, inner_values in below.items():
        rules |= _group_by_folder(inner_values, subfolder)
    return rules


def main() -> int:
    """Write all of it; 1 when there is no site."""
    options = argparse.ArgumentParser(
        prog="scripts/hosting", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--root", default="/srv/cert-guides", help="where the server will have site/")
    options.add_argument("--listen", default="80", help="nginx' address and port")
    options.add_argument("--at", default="/", metavar="PATH", help="the path below which the site lies")
    options.add_argument(
        "--brotli", action="store_true", help="nginx has Debian's libnginx-mod-http-brotli-static"
    )
    chosen = options.parse_args()
    site = ROOT / "site"
    if not (site / "index.html").is_file() or not (ROOT / RESOLVED_POLICY).is_file():
        print("There is no site yet: run scripts/build first.", file=sys.stderr)
        return 1
    policy = load_resolved_policy()
    compress(site)
    (site / HEADERS).write_text(render_header_file(policy, site), encoding="utf-8", newline="\n")
    configuration = render_nginx(
        policy, root=chosen.root, listen=chosen.listen, at=chosen.at, brotli=chosen.brotli
    )
    (ROOT / "build/site.conf").write_text(configuration, encoding="utf-8", newline="\n")
    print("Written: site/**/*.{br,gz}, site/_headers, build/site.conf")
    return 0


if __name__ == "__main__":
    sys.exit(main())
