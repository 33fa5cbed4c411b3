"""What scripts/serve shows besides the site: pages that follow the files, and what is wrong with these."""

from html import escape
from pathlib import Path
from typing import NamedTuple

from macros.model.facts import LANGUAGES
from macros.model.language import Language, Message, choose_language

SCRIPT = "preview.mjs"
VERSION = "preview.txt"
_TITLE = Message("直すところがあります", "Something has to be mended")
_AGAIN = Message(
    "ファイルを直して保存すると、このページは元に戻ります。",
    "Mend the file and save it: the page comes back by itself.",
)
_OTHER = Message("ページを作れませんでした。", "The pages could not be made.")
_FRESH = {"Cache-Control": "no-store"}
# Nothing of the site is needed to show it, and nothing in it can run.
_HEADERS = {
    **_FRESH,
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}
_STYLE = (
    "html{color-scheme:light dark}body{font:1rem/1.7 sans-serif;max-width:45rem;margin:2rem auto;padding:0}"
    "h1,h2{font-size:1.5rem;line-height:1.3}section+section{border-top:1px solid;margin-top:2rem}"
    "ul{padding:0;list-style:none}li{margin:1rem 0;border-left:.25rem solid #c33;padding-left:.75rem}"
    "code,pre{font:.9rem/1.5 ui-monospace,monospace}code{font-weight:bold}"
    "li,pre{overflow-wrap:anywhere}pre{white-space:pre-wrap;border:1px solid;padding:.75rem}"
)


class Answer(NamedTuple):
    """Headers and body of a response."""

    headers: dict[str, str]
    body: bytes


class Preview:
    """What is shown at the moment.

    Attributes:
        version: another one after each build; open pages ask for it.
        fault: the page that stands for every page while the files have mistakes.
    """

    def __init__(self) -> None:
        """Nothing is built yet."""
        self.version = 0
        self.fault: str | None = None

    def built(self, fault: str | None = None) -> None:
        """Show the new site, or what was wrong."""
        self.version, self.fault = self.version + 1, fault

    def answer(self, path: str) -> Answer | None:
        """The answer to what is not the site's own; None for what is.

        Args:
            path: of a file, below the site's root.
        """
        if path == VERSION:
            return Answer({**_FRESH, "Content-Type": "text/plain"}, str(self.version).encode())
        if path == SCRIPT:
            script = Path(__file__).with_name(SCRIPT).read_bytes()
            return Answer({**_FRESH, "Content-Type": "text/javascript"}, script)
        if self.fault is not None and (path.endswith((".html", "/")) or not path):
            return Answer(_HEADERS, self.fault.encode())
        return None

    def amended(self, path: str, body: bytes, root: str) -> bytes:
        """A guide's page with the script that follows the files; the checker's page makes no request.

        Args:
            path: of the file, below the site's root.
            body: of the file.
            root: the path that the site lies below.
        """
        if not path.endswith(".html") or path.removeprefix("en/") == "check/index.html":
            return body
        script = f'<script type="module" src="{root}{SCRIPT}?{self.version}"></script></body>'
        return body.replace(b"</body>", script.encode())


def fault_page(problems: list[Message], words: str) -> str:
    """The page with what is wrong, in both languages; it asks again every second.

    Args:
        problems: with the facts.
        words: of the build, where the facts are in order and something else is not.
    """
    first, second = LANGUAGES if choose_language() == "ja" else LANGUAGES[::-1]
    title = _TITLE.get(first)
    shown = "" if problems else f"<pre>{escape(words.strip())}</pre>"
    parts = f"{_part(problems, first, 'h1')}{_part(problems, second, 'h2')}{shown}"
    return (
        f'<!doctype html><html lang="{first}"><meta charset="utf-8"><meta http-equiv="refresh" content="1">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style>'
        f"<main>{parts}</main>\n"
    )


def _part(problems: list[Message], language: Language, heading: str) -> str:
    """What one language says; the words of a program, which have none, follow both."""
    listed = "".join(f"<li>{_mistake(problem.get(language))}</li>" for problem in problems)
    shown = f"<ul>{listed}</ul>" if problems else f"<p>{_OTHER.get(language)}</p>"
    title, again = _TITLE.get(language), _AGAIN.get(language)
    return f'<section lang="{language}"><{heading}>{title}</{heading}>{shown}<p>{again}</p></section>'


def _mistake(told: str) -> str:
    """The place on a line of its own, to be copied into an editor."""
    place, mark, what = told.partition(": ")
    return f"<code>{escape(place)}</code><br>{escape(what)}" if mark else escape(told)
