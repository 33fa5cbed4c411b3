"""What pages that are written by hand may hold beside Markdown: a few elements, no scripts, no styles."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from typing_extensions import override

from macros.loading.problems import Problem, format_message
from macros.model.language import Message

_ELEMENTS = {
    *("details", "summary", "noscript", "div", "section", "p", "br", "span", "strong", "em", "small"),
    *("code", "kbd", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "button"),
}
_ATTRIBUTES = {
    *("id", "class", "hidden", "lang", "role", "markdown", "href", "download", "type", "open"),
    *("colspan", "rowspan", "scope"),
}
_PREFIXES = ("data-", "aria-")
# Of the pages' frame, which scripts find by them: a second one would be taken for the first.
_RESERVED_IDS = {"checker", "main", "home", "words"}
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CODE = re.compile(r"(`+).+?\1", re.DOTALL)
_ATTRIBUTE_LIST = re.compile(r"\{:?(?P<attributes>[^{}\n]*)\}")
_ALLOWED_ATTRIBUTE = re.compile(r"""[#.][\w-]+|data-[\w-]+=(?:"[^"]*"|'[^']*'|\S+)|markdown=\S+""")
_LINK = re.compile(r"\]\(\s*<?(?P<target>[^)\s>]*)|^ *\[[^\]]+\]:\s*<?(?P<defined>\S+)", re.MULTILINE)
_SCHEME = re.compile(r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):|//|\\")
# Browsers leave them out of an address before they read its scheme (URL Standard, 4.4).
_IGNORED_IN_URLS = re.compile(r"[\x00-\x20]")
_SCHEMES = {"https", "mailto", "tel"}


def check_page_markup(folder: Path, root: Path) -> Iterator[Problem]:
    """Find elements, attributes and link targets that a page written by hand must not have.

    Args:
        folder: with the pages, ``<name>.<language>.md``.
        root: the repository.
    """
    for path in sorted(folder.glob("*.md")):
        name = path.relative_to(root).as_posix()
        for line, message in _find_mistakes(path.read_text(encoding="utf-8")):
            yield Problem(name, line, "", message)


def _find_mistakes(text: str) -> Iterator[tuple[int, Message]]:
    text = _CODE.sub(_blank, _JINJA.sub(_blank, text))
    reader = _TagReader()
    reader.feed(text)
    reader.close()
    yield from reader.mistakes
    for match in _ATTRIBUTE_LIST.finditer(text):
        rest = _ALLOWED_ATTRIBUTE.sub("", match["attributes"]).strip()
        if rest:
            yield _count_line(text, match), format_message("page.attribute", attribute=rest)
    for match in _LINK.finditer(text):
        target = match["target"] or match["defined"] or ""
        if not _is_allowed_target(target):
            yield _count_line(text, match), format_message("page.target", target=target)


def _blank(match: re.Match[str]) -> str:
    """Return as many lines of a neutral letter: it stands for what the project's own code writes there."""
    return "x" + "\n" * match[0].count("\n")


def _count_line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def _is_allowed_target(target: str) -> bool:
    match = _SCHEME.match(_IGNORED_IN_URLS.sub("", target))
    return match is None or match["scheme"] in _SCHEMES


class _TagReader(HTMLParser):
    """Gathers what is not on the list, with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.mistakes: list[tuple[int, Message]] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ELEMENTS:
            self._add("page.element", element=tag, known=", ".join(sorted(_ELEMENTS)))
        for name, value in attrs:
            if name not in _ATTRIBUTES and not name.startswith(_PREFIXES):
                self._add("page.attribute", attribute=name)
            elif name == "href" and not _is_allowed_target((value or "").strip()):
                self._add("page.target", target=value)
            elif name == "id" and value in _RESERVED_IDS:
                self._add("page.id", id=value)

    @override
    def handle_decl(self, decl: str) -> None:
        self._add("page.element", element=f"!{decl}", known=", ".join(sorted(_ELEMENTS)))

    @override
    def handle_pi(self, data: str) -> None:
        self._add("page.element", element=f"?{data}", known=", ".join(sorted(_ELEMENTS)))

    def _add(self, code: str, **values: object) -> None:
        self.mistakes.append((self.getpos()[0], format_message(code, **values)))
