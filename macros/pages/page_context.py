"""What templates know of the page that they write: each gets a :class:`PageContext` as ``page``."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from macros.addressing import start_page
from macros.addressing.urls import (
    build_markdown_link,
    build_page_url,
    build_relative_url,
    build_target_url,
    relink,
)
from macros.history import news
from macros.history.changelog import LogEntry
from macros.markdown.day_format import format_day
from macros.markdown.escaping import escape_text
from macros.markdown.plaintext import remove_markdown
from macros.markdown.step_markdown import compose_instructions, describe_desk
from macros.model.authority import Document, Mark
from macros.model.contact_step import ContactStep
from macros.model.evidence import Evidence, Text
from macros.model.facts import CONTACTS, GuidePage, PictureSize, parse_reference
from macros.model.glossary import Term
from macros.model.guides import Guide, Picture, Step
from macros.model.renewal_rule import Renewal
from macros.model.situations import Node
from macros.model.withdrawals import Withdrawal
from macros.pages import (
    citations,
    desks,
    freshness_notices,
    mark_words,
    next_acts,
    rule_sentences,
    step_numbering,
    timeline,
    withdrawal_notices,
)
from macros.pages.check_page import CERTCHECK
from macros.pages.check_questions import build_fragment
from macros.pages.freshness_notices import FreshnessNotice
from macros.pages.licences import Component
from macros.pages.send_page import build_send_data
from macros.pages.site_inputs import SiteInputs
from macros.script_data import encode_for_script

TOOLS = "tools"
"""The folder of the site for programs that are run outside of a browser."""


@dataclass(frozen=True)
class PageContext:
    """One page in one language.

    Attributes:
        inputs: what all pages are made from.
        ref: the page's reference, e.g. ``boj/renew``, ``index``.
        language: ``ja`` or ``en``.
    """

    inputs: SiteInputs
    ref: str
    language: str

    # Words

    def translate(self, text: Text) -> str:
        """Return the words in the page's language as Markdown and HTML, their links as the page has them."""
        return relink(escape_text(text.get(self.language)), self.ref)

    def escape(self, words: str) -> str:
        """Return words of the facts as Markdown and HTML: all of them literal."""
        return escape_text(words)

    def title_document(self, guide_page: GuidePage) -> str:
        """Return a guide's title behind its authority's name: several authorities have the same titles."""
        title = self.translate(guide_page.guide.title)
        folders = (folder for folder in self.inputs.facts.authorities if folder.id == guide_page.folder)
        authority = next(folders, None)
        return f"{self.translate(authority.authority.name)}｜{title}" if authority else title

    def say(self, code: str, **values: object) -> str:
        """Return a text of ``strings/site.yaml``, its placeholders filled.

        Raises:
            KeyError: no such code, or a placeholder without a value.
        """
        return self.inputs.strings.format(self.language, code, **values)

    def format_day(self, day: dt.date) -> str:
        """Return a day in words."""
        return format_day(day, self.language)

    def join_words(self, words: list[str]) -> str:
        """Join words to a list as the page's language writes it."""
        return citations.join_words(words, self.language)

    def name_authorities(self) -> str:
        """Return the names of all authorities as one list."""
        names = [self.translate(folder.authority.name) for folder in self.inputs.facts.authorities]
        return citations.join_words(names, self.language)

    # Addresses

    def link_to(self, target: str) -> str:
        """Return the target of a Markdown link to a reference: ``boj/renew#open-site``, ``check``."""
        return build_markdown_link(target, self.ref)

    def locate(self, reference: str) -> str:
        """Return a reference's address from the site's root, in the page's language."""
        return build_target_url(reference, self.language)

    def make_relative(self, url: str) -> str:
        """Return an address below the site's root, ``""`` for the root itself, relative to the page."""
        return build_relative_url(url, build_page_url(self.ref, self.language))

    def name_wheel(self) -> str:
        """Return the file name of certcheck's wheel."""
        names = self.inputs.assets.groups["app"].files
        return next(name for name in names if name.startswith(CERTCHECK))

    def locate_wheel(self) -> str:
        """Return the address, relative to the page, of certcheck's wheel for Python outside of a browser."""
        return self.make_relative(f"{TOOLS}/{self.name_wheel()}")

    def _locate_theme_file(self, name: str) -> str:
        """Return the address, relative to the page, of a script or style sheet of the theme: ``send.mjs``."""
        return self.make_relative(self.inputs.assets.groups["theme"].files[name].path)

    def name_target(self, target: str) -> str:
        """Return the title of what a reference leads to.

        Raises:
            KeyError: neither a guide, nor a step, nor the start page.
        """
        if target == start_page.REF:
            return self.say("site.home")
        reference = parse_reference(target)
        guide_page = self.inputs.facts.find_page(reference.page) if reference else None
        if guide_page is None or reference is None:
            raise KeyError(target)
        step = guide_page.find_step(reference.step) if reference.step else None
        if step and guide_page.id == CONTACTS:
            return self.say("contacts.of", about=self.translate(step.title))
        return self.translate(step.title if step else guide_page.guide.title)

    def describe_desk(self, target: str) -> str:
        """Describe the desk that a reference names, with number and hours; empty for any other reference."""
        ref, _, step_id = target.partition("#")
        guide_page = self.inputs.facts.find_page(ref)
        step = guide_page.find_step(step_id) if guide_page else None
        return escape_text(describe_desk(step, self.inputs.strings.select(self.language), self.language))

    # What facts rest on

    def cite(self, fact: Evidence) -> str:
        """Name the manuals, sections and steps that a fact rests on."""
        documents = self.inputs.facts.documents
        cited = citations.cite_evidence(fact, documents, self.inputs.strings, self.language)
        return relink(escape_text(cited), self.ref)

    def is_cited_by_step(self, note: Evidence, step: Step) -> bool:
        """Tell whether the step's own citation names all that the note rests on."""
        return citations.is_cited_by_step(note, step)

    def describe_edition(self, document: Document) -> str:
        """Quote what the manual prints of its edition and date."""
        return escape_text(citations.describe_edition(document, self.inputs.strings, self.language))

    def list_documents(self) -> list[Document]:
        """Return the manuals of all authorities."""
        return list(self.inputs.facts.documents.values())

    def list_cited_documents(self, guide_page: GuidePage) -> list[Document]:
        """Return the manuals that a guide rests on, in the order in which it first cites them."""
        return freshness_notices.list_cited_documents(self.inputs.facts, guide_page)

    def find_oldest_check(self) -> dt.date:
        """Return the day on which the manual that was checked longest ago was checked."""
        return min(document.checked for document in self.list_documents())

    def list_freshness_notices(
        self, guide_pages: Iterable[GuidePage], documents: Iterable[Document] = ()
    ) -> list[FreshnessNotice]:
        """Return what may be out of date on a page that shows these guides and rests on these manuals."""
        return freshness_notices.list_freshness_notices(self.inputs.facts, guide_pages, documents)

    def is_due(self, notice: FreshnessNotice) -> bool:
        """Tell whether a notice holds on the day of the build."""
        return notice.since <= self.inputs.build.day

    def list_withdrawals(self, guide_page: GuidePage, step: Step | None = None) -> list[Withdrawal]:
        """Return what is taken back on a guide's page, or of one of its steps."""
        facts, step_id = self.inputs.facts, step.id if step else None
        return withdrawal_notices.list_withdrawals(facts, guide_page.ref, step_id)

    def list_all_withdrawals(self) -> list[Withdrawal]:
        """Return all that is taken back, the newest first."""
        return self.inputs.facts.withdrawals

    # Guides

    def find_guide_page(self, reference: str) -> GuidePage:
        """Return a guide.

        Raises:
            KeyError: there is none of that reference.
        """
        guide_page = self.inputs.facts.find_page(reference)
        if guide_page is None:
            raise KeyError(reference)
        return guide_page

    def group_steps(self, guide: Guide) -> Iterator[step_numbering.StepBlock]:
        """Return a guide's steps, numbered, those of variants side by side."""
        return step_numbering.group_steps(guide, self.inputs.facts)

    def write_instructions(self, step: Step) -> str:
        """Return what a step says to do, as Markdown, its links as this page has to write them."""
        labels = self.inputs.strings.select(self.language)
        return relink(escape_text(compose_instructions(step, labels, self.language)), self.ref)

    def measure_picture(self, picture: Picture) -> PictureSize:
        """Return a picture's width and height in pixels."""
        return self.inputs.facts.pictures[picture.file]

    def locate_picture(self, picture: Picture) -> str:
        """Return a picture's address relative to the page."""
        (file,) = self.inputs.assets.groups[picture.file].files.values()
        return self.make_relative(file.path)

    def describe_picture(self, picture: Picture) -> str:
        """Return what a picture shows, in plain words."""
        return remove_markdown(picture.alt.get(self.language))

    def ask_checker(self, step: Step) -> str:
        """Return in words what the checker answers for a step with a ``check``."""
        return self.inputs.checker_strings.format(self.language, f"question.{step.check}")

    def identify_question(self, guide_page: GuidePage, step: Step) -> str:
        """Return the fragment by which the checker knows the question of a step."""
        return build_fragment(guide_page.ref, step.id)

    def has_checker_elsewhere(self) -> bool:
        """Tell whether the checker has an origin of its own."""
        return bool(self.inputs.checker_site)

    def locate_question(self, guide_page: GuidePage, step: Step) -> str:
        """Return the address of a step's question at the checker's own origin."""
        fragment = self.identify_question(guide_page, step)
        return f"{self.inputs.checker_site}{build_page_url('check', self.language)}#{fragment}"

    def number_title(self, guide_page: GuidePage, number: int | None, step: Step) -> str:
        """Return a step's title, behind its number where the guide is a procedure and the step is counted."""
        title = self.translate(step.title)
        # No-break space: a number never stands alone on a line.
        return f"{number}.\u00a0{title}" if number and guide_page.guide.kind == "procedure" else title

    def link_ancestors(self, guide_page: GuidePage) -> str:
        """Return links to the start page and to the authority's page, as Markdown."""
        folder = self.inputs.facts.find_folder(guide_page.folder)
        links = [f"[{self.say('site.home')}]({self.link_to(start_page.REF)})"]
        if folder:
            links.append(f"[{self.translate(folder.authority.name)}]({self.link_to(f'{folder.id}/index')})")
        return " › ".join(links)

    def list_desks(self, guide_page: GuidePage) -> list[ContactStep]:
        """Return the desks of the guide's authority that answer the telephone."""
        return desks.list_desks(guide_page, self.inputs.facts)

    def describe_desk_and_purpose(self, guide_page: GuidePage, desk: ContactStep) -> str:
        """Return what a desk is for, as a link to all that is known of it, with its number and hours."""
        purpose, target = self.translate(desk.title), f"{guide_page.folder}/{CONTACTS}#{desk.id}"
        return f"[{purpose}]({self.link_to(target)}): {self.describe_desk(target)}"

    def build_report_link(self, guide_page: GuidePage, step: Step) -> str:
        """Return the address of a mail that says which step, manual and language are meant."""
        return desks.build_report_link(self.inputs, f"{guide_page.ref}#{step.id}", step, self.language)

    def list_next_acts(self, guide_page: GuidePage) -> Iterator[str]:
        """Yield what remains to be done after a guide, as Markdown."""
        for act in next_acts.list_next_acts(guide_page, self.inputs.facts):
            link = self.link_to(act.target) if act.target else ""
            reason = self.translate(act.reason) if act.reason else ""
            yield self.say(act.code, link=link, reason=reason)

    # Rules

    def describe_mark(self, mark: Mark) -> str:
        """Return how a certificate is recognised, in words."""
        return escape_text(mark_words.describe_mark(mark, self.inputs.strings, self.language))

    def describe_rule(self, renewal: Renewal) -> Iterator[str]:
        """Return a sentence for each window of the rule, or that one has to apply."""
        return rule_sentences.describe_rule(renewal, self.inputs.strings, self.language)

    def explain_rule(self, renewal: Renewal) -> Iterator[str]:
        """Return what a reader has to know besides the rule."""
        return rule_sentences.explain_rule(renewal, self.inputs.strings, self.language)

    def draw_timelines(self, renewal: Renewal) -> list[timeline.Timeline]:
        """Return a picture for each sentence of the rule."""
        return timeline.draw_timelines(renewal, self.inputs.strings, self.language)

    # The start page

    def build_questions(self) -> list[Node]:
        """Return the tree of questions below each authority."""
        return start_page.build_forest(self.inputs.facts)

    def describe_way(self, target: str) -> start_page.Destination:
        """Return title and address of a link at an end of the questions."""
        return start_page.find_destination(self.inputs.facts, self.inputs.strings, target, self.language)

    # Other pages that are written by hand

    def list_changes(self) -> list[LogEntry]:
        """Return the entries of the log of changes, the newest first."""
        return self.inputs.log.visible_entries

    def identify_entry(self, entry: LogEntry) -> str:
        """Return the id of an entry on the page of changes."""
        return news.build_entry_id(entry)

    def describe_changes(self, entry: LogEntry) -> str:
        """Return an entry's changes as HTML: the words in them are not Markdown."""
        return news.format_changes(self.inputs.facts, self.inputs.strings, entry, self.language)

    def list_terms(self) -> list[tuple[str, list[Term]]]:
        """Return the terms of the glossary by their kind, in the order of the file."""
        terms = self.inputs.facts.glossary.terms if self.inputs.facts.glossary else []
        return [(kind, list(group)) for kind, group in groupby(terms, key=lambda term: term.kind)]

    def list_components(self) -> list[Component]:
        """Return the work of others that the site ships."""
        return self.inputs.components

    # What a page written by hand cannot write itself

    def embed_send_data(self) -> str:
        """Return the data block of ``/send/``, with its element."""
        data = build_send_data(self.inputs.assets, self.inputs.send_strings, self.language)
        return f'<script type="application/json" id="send-data">{encode_for_script(data)}</script>'

    def embed_script(self, name: str) -> str:
        """Return the element that runs a script of the theme: ``send.mjs``."""
        return f'<script type="module" src="{self._locate_theme_file(name)}"></script>'

    def embed_style(self, name: str) -> str:
        """Return the element that loads a style sheet of the theme: ``send.css``."""
        return f'<link rel="stylesheet" href="{self._locate_theme_file(name)}">'
