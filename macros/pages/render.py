"""The facts as a complete tree of plain Markdown, Japanese and English; a theme adds only looks.

docs/*.yaml -> loading.load -> model.facts -> step_numbering, page_context -> templates/guide.md.jinja
-> build/pages/*.md -> MkDocs (scripts/site/hooks.py) -> site/
"""

import traceback
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from macros import PACKAGE
from macros.addressing.urls import build_page_url
from macros.files import CACHE, write_if_changed
from macros.history import news
from macros.loading.problems import FactsError, Problem, format_message
from macros.model.facts import LANGUAGES, AuthorityFolder, Facts, GuidePage
from macros.pages.asset_groups import Assets
from macros.pages.page_context import PageContext
from macros.pages.site_inputs import Build, SiteInputs, load_site_inputs

# Each is written by hand, as docs/<reference>.<language>.md.
_HAND_WRITTEN = ("index", "check", news.REF, "verify", "licences", "send", "offline", "glossary")


def render_site(facts: Facts, out: Path, assets: Assets, build: Build, url: str | None = None) -> None:
    """Write the tree below ``out``; only files whose text changed are touched, files no longer rendered go.

    Args:
        facts: everything that ``docs/`` states.
        out: e.g. ``build/pages``; made if it is not there.
        assets: what the pages refer to.
        build: which commit and day.
        url: of the only page to write, from the site's root; None writes all.

    Raises:
        FactsError: the words under ``macros/strings`` are not complete.
    """
    pages = dict(_render_pages(load_site_inputs(facts, assets, build), url))
    for name, text in pages.items():
        write_if_changed(out / name, text.encode())
    if url is not None:
        return
    for stale in set(out.rglob("*.md")) - {out / name for name in pages}:
        stale.unlink()


def open_template_cache(kind: str) -> FileSystemBytecodeCache:
    """Return the cache of compiled templates, by name and text: compiling takes longer than rendering.

    Args:
        kind: of the environment: a sandbox compiles the same text to other code.
    """
    folder = PACKAGE.parent / CACHE / "templates" / kind
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def _render_pages(inputs: SiteInputs, url: str | None) -> Iterator[tuple[str, str]]:
    """Yield name and text of every Markdown file, or of the only page."""
    environment = _open_templates()

    def render(
        template: str, ref: str, language: str, **subject: AuthorityFolder | GuidePage
    ) -> Iterator[tuple[str, str]]:
        if url not in (None, build_page_url(ref, language)):
            return
        context = PageContext(inputs, ref, language)
        try:
            text = environment.get_template(template).render(page=context, **subject)
        except TemplateError as error:
            if not (PACKAGE.parent / "docs" / template).is_file():
                raise
            raise FactsError([_describe_error(template, error)]) from error
        yield f"{ref}.{language}.md", text

    for language in LANGUAGES:
        for ref in _HAND_WRITTEN:
            yield from render(f"{ref}.{language}.md", ref, language)
        for folder in inputs.facts.authorities:
            yield from render("authority.md.jinja", f"{folder.id}/index", language, folder=folder)
            yield from render("all_guides.md.jinja", f"{folder.id}/all", language, folder=folder)
        for guide_page in inputs.facts.pages:
            yield from render("guide.md.jinja", guide_page.ref, language, guide_page=guide_page)


def _describe_error(template: str, error: TemplateError) -> Problem:
    """Describe what a page that is written by hand asks of Jinja in vain; Jinja names the line."""
    line = error.lineno if isinstance(error, TemplateSyntaxError) else 0
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith(f"docs/{template}"):
            line = frame.lineno or 0
    return Problem(f"docs/{template}", line, "", format_message("page.macro", reason=error.message))


def _open_templates() -> Environment:
    """Return an environment that finds ``macros/templates`` and the pages that are written by hand.

    It is Jinja's sandbox: a page reaches what its context offers, and nothing of Python behind it.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([PACKAGE / "templates", PACKAGE.parent / "docs"]),
        bytecode_cache=open_template_cache("sandbox"),
        auto_reload=False,  # no template changes while one tree is written
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment
