"""The pages that scripts/serve shows in place of the site's: it is being built, or what is wrong.

Both tell it in both languages, first in that of messages, and load themselves again every second.
"""

from html import escape

from macros.model.facts import LANGUAGES
from macros.model.language import Language, Message, choose_language

_BUILDING = Message("サイトを作っています", "The site is being built")
_WAIT = Message(
    "できあがると、このページが自動で切り替わります。そのままお待ちください。",
    "This page changes by itself as soon as the site is ready. Please wait.",
)
_MEND = Message("直すところがあります", "Something has to be mended")
_SAVE = Message(
    "ファイルを直して保存すると、このページは元に戻ります。",
    "Mend the file and save it: the page comes back by itself.",
)
_NOT_BUILT = Message("ページを作れませんでした。", "The pages could not be made.")
_STYLE = (
    "html{color-scheme:light dark}"
    "body{font:1rem/1.7 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}"
    "h1,h2{font-size:1.5rem;line-height:1.3}section+section{border-top:1px solid;margin-top:2rem}"
    "ul{padding:0;list-style:none}li{margin:1rem 0;border-left:.25rem solid #c33;padding-left:.75rem}"
    "code,pre{font:.9rem/1.5 ui-monospace,monospace}code{font-weight:bold}"
    "li,pre{overflow-wrap:anywhere}pre{white-space:pre-wrap;border:1px solid;padding:.75rem}"
)


def render_building_page() -> str:
    """Render the page for the time of the first build."""
    paragraphs = {language: f"<p>{_WAIT.get(language)}</p>" for language in LANGUAGES}
    return _render_page(_BUILDING, paragraphs)


def render_fault_page(mistakes: list[Message], output: str) -> str:
    """Render the page with what is wrong.

    Args:
        mistakes: in the facts.
        output: of the build, shown where the facts are in order and something else is not.
    """
    bodies = {}
    for language in LANGUAGES:
        items = [f"<li>{_render_mistake(mistake.get(language))}</li>" for mistake in mistakes]
        found = f"<ul>{''.join(items)}</ul>" if mistakes else f"<p>{_NOT_BUILT.get(language)}</p>"
        bodies[language] = f"{found}<p>{_SAVE.get(language)}</p>"
    return _render_page(_MEND, bodies, "" if mistakes else f"<pre>{escape(output.strip())}</pre>")


def _render_page(title: Message, bodies: dict[Language, str], end: str = "") -> str:
    """Render a page that needs nothing of the site and runs nothing.

    Args:
        title: its heading.
        bodies: what one language says below its heading.
        end: follows both languages; a program's output has neither.
    """
    first, second = LANGUAGES if choose_language() == "ja" else LANGUAGES[::-1]
    sections = [
        f'<section lang="{language}"><{heading}>{title.get(language)}</{heading}>{bodies[language]}</section>'
        for language, heading in ((first, "h1"), (second, "h2"))
    ]
    return (
        f'<!doctype html><html lang="{first}"><meta charset="utf-8"><meta http-equiv="refresh" content="1">'
        f'<meta name="viewport" content="width=device-width"><title>{title.get(first)}</title>'
        f"<style>{_STYLE}</style><main>{''.join(sections)}{end}</main>\n"
    )


def _render_mistake(mistake: str) -> str:
    """Put the place on a line of its own, to be copied into an editor, and the line that is meant below."""
    place, mark, rest = mistake.partition(": ")
    if not mark:
        return escape(mistake)
    message, _, source = rest.partition("\n")
    quoted = f"<pre>{escape(source.strip())}</pre>" if source else ""
    return f"<code>{escape(place)}</code><br>{escape(message)}{quoted}"
