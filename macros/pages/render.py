"""The facts as a complete tree of plain Markdown, Japanese and English; a theme adds only looks."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from macros import PACKAGE
from macros.addressing import startpage
from macros.addressing.addresses import markdown_link, page_url, relative_url, relink, target_url
from macros.history import news
from macros.history.changelog import load_log
from macros.loading import contacts
from macros.loading.wording import Strings, load_strings, site_words
from macros.model.authority import Document
from macros.model.dates import day_in_words
from macros.model.facts import LANGUAGES, AuthorityFolder, Facts, GuidePage, parse_reference
from macros.model.guide import Evidence, Step, Text
from macros.pages import check_page, rule_sentences, send_page
from macros.pages.asset_groups import Assets
from macros.pages.freshness_notices import list_cited_documents, list_freshness_notices
from macros.pages.licences import load_components
from macros.pages.step_blocks import group_steps
from macros.pages.timeline import draw_timelines
from macros.pages.troubleshooting import find_help_page


@dataclasses.dataclass(frozen=True)
class Build:
    """Which state of the facts is rendered.

    Attributes:
        commit: git's name for it, or ``unknown``.
        day: of the build, in Japan; pages warn when a device's clock is earlier.
    """

    commit: str
    day: dt.date

    @property
    def version(self) -> str:
        """The day for people and the commit for git, e.g. ``2026-11-21-0123456789ab``."""
        return f"{self.day}-{self.commit[:12]}"


@dataclasses.dataclass(frozen=True)
class _Writer:
    """What every page needs."""

    facts: Facts
    assets: Assets
    build: Build
    strings: Strings
    checker: Strings
    environment: Environment

    def page(self, template: str, ref: str, language: str, **more: object) -> str:
        """One page's Markdown."""
        view = _View(self, ref, language)
        context: dict[str, Any] = {
            "facts": self.facts,
            "language": language,
            "text": view.text,
            "say": view.say,
            "link": lambda target: markdown_link(target, ref),
            "url": lambda target: target_url(target, language),
            "way_out": lambda page, step: find_help_page(page, step, self.facts),
            "evidence": view.evidence,
            "covered": _is_covered,
            "title_of": view.title_of,
            "edition_of": view.edition_of,
            "day": lambda day: day_in_words(day, language),
            "built": self.build.day,
            "aged": lambda pages, documents=(): list_freshness_notices(self.facts, pages, documents),
            "rule": lambda renewal: rule_sentences.describe_rule(renewal, self.strings, language),
            "about_rule": lambda renewal: rule_sentences.explain_rule(renewal, self.strings, language),
            "timelines": lambda renewal: draw_timelines(renewal, self.strings, language),
            "blocks": lambda guide: group_steps(guide, self.facts),
            "start": lambda: startpage.forest(self.facts),
            "way": lambda target: startpage.way(self.facts, self.strings, target, language),
            "words": lambda code: Text(**self.strings.words[code]),
            **more,
        }
        context["brief"] = lambda guide: self.environment.get_template("brief_steps.md.jinja").render(
            context, page=self.facts.page(guide)
        )
        return self.environment.get_template(template).render(context)


@dataclasses.dataclass(frozen=True)
class _View:
    """Words as one page in one language shows them."""

    writer: _Writer
    ref: str
    language: str

    def text(self, text: Text) -> str:
        words: str = getattr(text, self.language)
        return relink(words, self.ref)

    def say(self, code: str, **values: object) -> str:
        return self.writer.strings.say(self.language, code, **values)

    def title_of(self, target: str) -> str:
        """What a reference leads to, in the words of its own title."""
        reference = parse_reference(target)
        page = self.writer.facts.page(reference.page) if reference else None
        if page is None or reference is None:
            raise KeyError(target)
        step = page.step(reference.step) if reference.step else None
        if step and page.id == contacts.ID:
            return self.say("contacts.of", about=self.text(step.title))
        return self.text(step.title if step else page.guide.title)

    def edition_of(self, document: Document) -> str:
        """What the manual prints of its edition and date."""
        printed = [document.edition, document.date and day_in_words(document.date, self.language)]
        return self._listed([one for one in printed if one]) or self.say("about.undated")

    def evidence(self, fact: Evidence) -> str:
        """Where it comes from, in words."""
        sections: dict[tuple[str, str], list[int]] = {}
        for source in fact.sources:
            steps = sections.setdefault((source.document, source.section), [])
            steps += [source.step] if source.step else []
        manuals: dict[str, list[str]] = {}
        for (document, section), steps in sections.items():
            manuals.setdefault(document, []).append(self._place(section, steps))
        places = [self._manual(document, parts) for document, parts in manuals.items()]
        return self.say(f"source.{fact.basis}", places=("。" if self.language == "ja" else "; ").join(places))

    def _manual(self, document: str, places: list[str]) -> str:
        short = self.text(self.writer.facts.documents()[document].short)
        return self.say("source.manual-places", document=short, places=self._listed(places))

    def _place(self, section: str, steps: list[int]) -> str:
        if not steps:
            return section
        return self.say("source.steps", section=section, steps=self._listed([str(step) for step in steps]))

    def _listed(self, words: list[str]) -> str:
        return ("、" if self.language == "ja" else ", ").join(words)


def _is_covered(note: Evidence, step: Step) -> bool:
    """Whether the step's own line of sources says where the note comes from, too."""
    return note.basis == step.basis and all(source in step.sources for source in note.sources)


def render_site(facts: Facts, out: Path, assets: Assets, build: Build) -> None:
    """Write the tree below ``out``; only files whose text changed are touched, files no longer rendered go.

    Args:
        facts: everything that ``docs/`` states.
        out: e.g. ``build/pages``; made if it is not there.
        assets: what the pages refer to.
        build: which commit and day.

    Raises:
        FactsError: the words under ``macros/strings`` are not complete.
    """
    root = PACKAGE.parent
    environment = Environment(  # noqa: S701 - Markdown, not HTML: the window template escapes by itself
        loader=FileSystemLoader([PACKAGE / "templates", root / "docs"]),
        bytecode_cache=open_template_cache(),
        auto_reload=False,  # no template changes while one tree is written
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    strings = site_words()
    checker = load_strings(PACKAGE / "strings" / "checker", root)
    writer = _Writer(facts, assets, build, strings, checker, environment)
    written = {out / name: text for name, text in _pages(writer)}
    for path, text in written.items():
        _write_if_changed(path, text)
    for stale in set(out.rglob("*.md")) - written.keys():
        stale.unlink()


def open_template_cache() -> FileSystemBytecodeCache:
    """Compiled templates, each kept by its name and text: compiling takes longer than rendering all pages."""
    folder = PACKAGE.parent / "build/templates"
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def _pages(writer: _Writer) -> Iterator[tuple[str, str]]:
    facts = writer.facts
    for language in LANGUAGES:
        yield f"index.{language}.md", writer.page(f"index.{language}.md", "index", language)
        data = check_page.build_check_data(facts, writer.assets, writer.build.day, writer.checker, language)
        check = writer.page(
            f"check.{language}.md", "check", language, check_data=check_page.encode_for_script(data)
        )
        yield f"check.{language}.md", check
        yield f"{news.REF}.{language}.md", _news(writer, language)
        yield f"verify.{language}.md", writer.page(f"verify.{language}.md", "verify", language)
        root = relative_url("", page_url("licences", language))
        pieces = load_components(PACKAGE.parent)
        licences = writer.page(f"licences.{language}.md", "licences", language, components=pieces, root=root)
        yield f"licences.{language}.md", licences
        for ref in ("send", "offline"):
            yield f"{ref}.{language}.md", _with_scripts(writer, ref, language)
        for folder in facts.authorities:
            ref = f"{folder.id}/index"
            yield f"{ref}.{language}.md", writer.page("authority.md.jinja", ref, language, folder=folder)
            ref = f"{folder.id}/all"
            yield f"{ref}.{language}.md", writer.page("all_guides.md.jinja", ref, language, folder=folder)
        for page in facts.pages():
            documents = list_cited_documents(facts, page)
            text = writer.page(
                "guide.md.jinja", page.ref, language, page=page, guide=page.guide, documents=documents
            )
            yield f"{page.ref}.{language}.md", text


def _news(writer: _Writer, language: str) -> str:
    """What has changed; an entry's lines are HTML, since the words in them are nobody's Markdown."""
    return writer.page(
        f"{news.REF}.{language}.md",
        news.REF,
        language,
        log=load_log(PACKAGE.parent),
        address=news.address,
        lines=lambda entry: news.lines(writer.facts, writer.strings, entry, language),
    )


def _with_scripts(writer: _Writer, ref: str, language: str) -> str:
    """A page written by hand whose scripts are its own; it names them and all else relative to itself."""
    here = page_url(ref, language)
    theme = writer.assets.groups["theme"].files
    more = {
        "root": relative_url("", here),
        "beside": relative_url("offline/", here),
        "assets": {name: relative_url(file.path, here) for name, file in theme.items()},
        "send_data": check_page.encode_for_script(send_page.build_send_data(writer.assets, language)),
    }
    return writer.page(f"{ref}.{language}.md", ref, language, **more)


def _write_if_changed(path: Path, text: str) -> None:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def build_navigation(facts: Facts) -> list[dict[str, Any] | str]:
    """The tree of pages for the theme: Markdown files in order, sections with their Japanese names."""
    strings = site_words().of("ja")
    return [
        {strings["site.home"]: "index.md"},
        "check.md",
        *({folder.authority.name.ja: _folder_pages(folder)} for folder in facts.authorities),
        {strings["site.shared"]: [_file(page) for page in facts.shared]},
        "send.md",
        "offline.md",
        "changes.md",
        "verify.md",
        "licences.md",
    ]


def translate_navigation(facts: Facts) -> dict[str, str]:
    """English names of the sections in :func:`build_navigation`, by the Japanese ones."""
    words = [site_words().words[code] for code in ("site.home", "site.shared")]
    names = {folder.authority.name.ja: folder.authority.name.en for folder in facts.authorities}
    return {**names, **{each["ja"]: each["en"] for each in words}}


def _folder_pages(folder: AuthorityFolder) -> list[str]:
    return [f"{folder.id}/index.md", *map(_file, folder.guides)]


def _file(page: GuidePage) -> str:
    return f"{page.ref}.md"
