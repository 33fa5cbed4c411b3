"""What ``deploy/policy.yaml`` says of a path: headers, MIME type, caching, Content-Security-Policy."""

import base64
import functools
import hashlib
import json
import re
from dataclasses import asdict, dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

from ruamel.yaml import YAML
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts import ROOT

# Types by which a <script> is run; any other marks a block of data, which the policy does not govern
# (HTML, "prepare the script element").
_SCRIPT_TYPES = {"", "module", "text/javascript", "application/javascript"}

_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)
_ELEMENT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)

# Directives that count in a header only (CSP Level 3, 3.3): in a page's own text browsers complain of them.
_HEADER_ONLY = {"frame-ancestors", "report-uri", "sandbox"}


RESOLVED_POLICY = Path("build/headers.json")
"""Below the repository's root: the policy with the hashes of a build, as :meth:`Policy.write` leaves it."""


class PolicyError(Exception):
    """A page holds what its class does not allow."""


@dataclass(frozen=True)
class PageClass:
    """Files that are treated alike.

    Attributes:
        name: what messages call it.
        path: regular expression, searched in the file's path below the site's root.
        cache: the Cache-Control header.
        csp: the Content-Security-Policy; may hold ``{scripts}`` and ``{styles}``.
        headers: more headers, instead of or beside those of every response.
    """

    name: str
    path: str
    cache: str
    csp: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Inline:
    """Sources of a policy (CSP Level 3, 2.3.1) for what a page holds inline, e.g. ``'sha256-…'``."""

    scripts: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()

    def __or__(self, other: "Inline") -> "Inline":
        """Unite both."""
        return Inline(self.scripts | other.scripts, self.styles | other.styles)

    def fill(self, page_class: PageClass) -> str:
        """Return the class's Content-Security-Policy with these hashes.

        Raises:
            PolicyError: the page holds a script or a style, and the class has no place for its hash.
        """
        csp = page_class.csp
        for kind, hashes in (("scripts", self.scripts), ("styles", self.styles)):
            if hashes and f"{{{kind}}}" not in csp:
                raise PolicyError(f"a page of class “{page_class.name}” may hold no inline {kind}")
            # A directive left without a source allows nothing (CSP Level 3, 6.7.2.7).
            csp = csp.replace(f"{{{kind}}}", " ".join(sorted(hashes)))
        return " ".join(csp.split()).replace(" ;", ";")


@dataclass(frozen=True)
class Policy:
    """The whole file.

    Attributes:
        types: MIME type by the ending of the file's name.
        other_type: MIME type of any other file.
        headers: those of every response.
        classes: in the order in which they are tried; the last matches everything.
    """

    types: dict[str, str]
    other_type: str
    headers: dict[str, str]
    classes: tuple[PageClass, ...]

    def find_class(self, path: str) -> PageClass:
        """Find the class of a file by its path below the site's root, e.g. ``boj/renew/index.html``."""
        return next(page_class for page_class in self.classes if re.search(page_class.path, path))

    def build_response_headers(self, path: str) -> dict[str, str]:
        """Return every header of the response that carries this file, but its length."""
        kind = self.types.get(PurePosixPath(path).suffix, self.other_type)
        return {"Content-Type": kind, **self.build_class_headers(self.find_class(path))}

    def build_class_headers(self, page_class: PageClass) -> dict[str, str]:
        """Return the same without the type, which depends on the file's name alone."""
        return {
            **self.headers,
            "Cache-Control": page_class.cache,
            "Content-Security-Policy": page_class.csp,
            **page_class.headers,
        }

    def resolve(self, inline: dict[str, Inline]) -> "Policy":
        """Return the same with hashes in place of ``{scripts}`` and ``{styles}``.

        Args:
            inline: what the pages of a class hold, by its name; a class that is not named holds nothing.
        """
        classes = []
        for page_class in self.classes:
            hashes = inline.get(page_class.name, Inline())
            classes.append(replace(page_class, csp=hashes.fill(page_class)))
        return replace(self, classes=tuple(classes))

    def write(self, path: Path) -> None:
        """Write it in the form that :func:`load_policy` reads."""
        path.write_text(
            json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n"
        )


def load_policy(path: Path) -> Policy:
    """Read ``deploy/policy.yaml``, or the resolved copy that the build leaves (JSON is YAML)."""
    data = YAML(typ="safe").load(path)
    # The resolved copy has the header instead of the list.
    denied = data.pop("permissions", {"denied": []})["denied"]
    permissions = ", ".join(
        f"{feature}=()" for feature in denied
    )  # RFC 9651, 3.2: a dictionary of empty lists
    classes = []
    for entry in data.pop("classes"):
        headers = entry.pop("headers", {})
        filled = {name: value.replace("{permissions}", permissions) for name, value in headers.items()}
        classes.append(PageClass(**entry, headers=filled))
    return Policy(classes=tuple(classes), **data)


def load_resolved_policy(root: Path = ROOT) -> Policy:
    """Read the policy of the last build."""
    return load_policy(root / RESOLVED_POLICY)


def hash_inline(html: str) -> Inline:
    """Return the hashes of a page's inline scripts and styles, exactly as a browser computes them."""
    page = _read_page(html)
    scripts, styles = map(_hash_source, page.scripts), map(_hash_source, page.styles)
    return Inline(frozenset(scripts), frozenset(styles))


def insert_policy(html: str, page_class: PageClass) -> str:
    """Return the page with its policy in a ``<meta>`` element, before anything that it governs.

    Raises:
        PolicyError: the page holds something inline that its class does not allow, or declares no encoding.
    """
    page = _read_page(html)
    if page.after_charset is None:
        raise PolicyError("a page declares no encoding (<meta charset>)")
    csp = _remove_header_directives(hash_inline(html).fill(page_class))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{csp}">'
    return html[: page.after_charset] + meta + html[page.after_charset :]


@functools.lru_cache(maxsize=1)
def _read_page(html: str) -> "_Page":
    """Read a page once for hashes and policy, which are needed one after the other."""
    return _Page(html)


def _remove_header_directives(csp: str) -> str:
    directives = filter(None, map(str.strip, csp.split(";")))
    return "; ".join(directive for directive in directives if directive.split()[0] not in _HEADER_ONLY)


def _hash_source(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class _Page(HTMLParser):
    """Finds what is inline, and the end of ``<meta charset>``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.styles: list[str] = []
        charset = _CHARSET.search(html)
        self.after_charset = charset.end() if charset else None
        self._inside: list[str] | None = None
        # The rest of a page would take a tenth of the build. What only looks like an element fails the build.
        self.feed("".join(element[0] for element in _ELEMENT.finditer(html)))
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "script" and "src" not in named and (named.get("type") or "").lower() in _SCRIPT_TYPES:
            self._inside = self.scripts
            self.scripts.append("")
        elif tag == "style":
            self._inside = self.styles
            self.styles.append("")

    @override
    def handle_data(self, data: str) -> None:
        if self._inside is not None:
            self._inside[-1] += data

    @override
    def handle_endtag(self, tag: str) -> None:
        self._inside = None
