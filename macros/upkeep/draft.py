"""The folder of a new authority, made from a few answers: it builds at once, and is there to be rewritten."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from macros import PACKAGE
from macros.exports.yaml_schema import Json, find_kind
from macros.loading.problems import FactsError, Problem, format_message
from macros.loading.validation import validate
from macros.loading.wording import Strings, load_site_words, load_strings
from macros.model.authority import Authority, MailAddress, UserIdOrigin, WebAddress
from macros.model.evidence import Fact, Slug, Text, Words
from macros.model.facts import LANGUAGES
from macros.model.guides import Check, Guide
from macros.model.language import Language
from macros.model.location import Location, Locator, Place
from macros.model.renewal_rule import Renewal
from macros.model.situations import Answers
from macros.pages.rule_sentences import describe_rule
from macros.upkeep.commented_yaml import format_with_comments

# Answers about a certificate's names, and the field that each is of; all that are given have to match.
MARK_FIELDS = {
    "issuer": "issuer.CN",
    "issuer_organisation": "issuer.O",
    "issuer_unit": "issuer.OU",
    "subject_organisation": "subject.O",
}
# The guides that a draft can begin; their titles are in macros/strings/draft.yaml.
GUIDES = ("renew", "issue", "export", "import", "delete", "revoke", "troubleshoot")
# What the only step of such a guide asks of a certificate's file.
_CHECKS: dict[str, Check] = {
    "renew": "renewal",
    "issue": "issued",
    "export": "backup",
    "import": "imported",
    "delete": "which-to-delete",
}


class Manual(Fact):
    """The manual that the first facts rest on."""

    title: Words = Field(examples=["電子証明書マニュアル"])
    publisher: Words = Field(examples=["株式会社東京証券取引所"])
    edition: Words | None = Field(default=None, examples=["Ver. 1.8"])
    section: Words = Field(examples=["5.1.1"])


class Desk(Fact):
    """A contact, before anyone has said where it is printed."""

    about: Text
    name: Words = Field(examples=["CA サポートセンター"])
    phone: Words | None = Field(default=None, examples=["042-359-1029"])
    email: MailAddress | None = Field(default=None, examples=["gaitame@boj.or.jp"])
    url: WebAddress | None = Field(default=None, examples=["https://example.jp/contact"])


class Draft(Fact):
    """The answers: what ``scripts/new-authority`` asks for, or reads from a file."""

    name: Text
    system: Text
    issuer: Words | None = Field(default=None, examples=["Gaitame CA - G5"])
    issuer_organisation: Words | None = Field(default=None, examples=["Imaginary Exchange"])
    issuer_unit: Words | None = Field(default=None, examples=["Client CA"])
    subject_organisation: Words | None = Field(default=None, examples=["Imaginary Bank"])
    user_id: Literal["subject.CN"] | None = Field(default=None, examples=["subject.CN"])
    user_id_from: UserIdOrigin | None = Field(default=None, examples=[{"field": "subject.CN", "before": "-"}])
    manual: Manual
    # Who compares the facts with it.
    checked_by: Words | None = Field(default=None, examples=["Taro Yamada"])
    # A renewal rule without its sources: those are the manual and section above.
    renewal: dict[str, Any] = Field(examples=[{"kind": "window", "opens": {"days_before": 30}}])
    # How one holder's certificates are told, where the manual speaks of deleting older ones.
    deleting: dict[str, Any] | None = Field(default=None, examples=[{"same_holder": "user_id"}])
    transfer: Literal["yes", "no", "unknown"] = Field(default="unknown", examples=["unknown"])
    contacts: list[Desk] = Field(default=[])
    guides: list[Slug] = Field(examples=[["renew", "issue"]])


class _RenewalAnswers(Fact):
    """The renewal rule among the answers, with the sources that it will have."""

    renewal: Renewal


def check_answers(values: Any, locate: Locator) -> Draft:  # noqa: ANN401 - unchecked YAML
    """Check all answers in one run.

    Args:
        values: as they were read.
        locate: finds the place of each.

    Raises:
        FactsError: with every mistake.
    """
    problems: list[Problem] = []
    draft: Draft | None = None
    try:
        draft = validate(Draft, values, locate)
    except FactsError as error:
        problems += error.problems
    renewal = values.get("renewal") if isinstance(values, dict) else None
    if isinstance(renewal, dict):
        sources = [{"document": "manual", "section": "1"}]
        try:
            validate(_RenewalAnswers, {"renewal": {"sources": sources, **renewal}}, locate)
        except FactsError as error:
            problems += error.problems
    guides = values.get("guides") if isinstance(values, dict) else None
    for guide in guides if isinstance(guides, list) else []:
        if guide not in GUIDES:
            message = format_message("one-of", value=guide, known=", ".join(GUIDES))
            problems.append(Problem(*locate(("guides",)), "guides", message))
    if problems or draft is None:
        raise FactsError(problems)
    return draft


def load_draft_words() -> Strings:
    """Read the questions, the messages and the texts that a draft holds.

    Raises:
        FactsError: as :func:`macros.loading.wording.load_strings`.
    """
    return load_strings(PACKAGE / "strings" / "draft.yaml", PACKAGE.parent)


def compose_files(
    identifier: str, draft: Draft, day: dt.date, locate: Locator, language: Language
) -> dict[str, str]:
    """Compose the folder's files, by name.

    Args:
        identifier: of the authority.
        draft: the answers.
        day: on which they were given.
        locate: finds the place of each answer, for what the model refuses.
        language: of the explanations.

    Raises:
        FactsError: the answers do not make an authority.
    """
    authority = _compose_authority(identifier, draft, day)
    renewal = validate(Authority, authority, _locate_answers(locate)).renewal
    words, help_words = load_draft_words(), load_strings(PACKAGE / "strings" / "help.yaml", PACKAGE.parent)

    def compose_file(name: str, model: type[Fact], data: Json, heading: str) -> str:
        kind = find_kind(f"{identifier}/{name}")
        schema = f"# yaml-language-server: $schema=../schemas/{kind}.json\n"
        heading_line = f"# {words.format(language, heading)}\n"
        return f"{schema}{heading_line}{format_with_comments(model, data, help_words, language)}"

    answers = _compose_answers(identifier, draft, renewal)
    files = {
        "authority.yaml": compose_file("authority.yaml", Authority, authority, "file.authority"),
        "situations.yaml": compose_file("situations.yaml", Answers, answers, "file.situations"),
    }
    for guide in draft.guides:
        name = f"{guide}.yaml"
        data = _compose_guide(guide, identifier, draft, day)
        files[name] = compose_file(name, Guide, data, "file.guide")
    return files


def _locate_answers(locate: Locator) -> Locator:
    """Make a locator for the authority: the place of what is made from an answer is that of the answer."""
    answer_names = {"recognise": "issuer", "documents": "manual"}

    def locate_answer(location: Location) -> Place:
        first, *rest = location
        return locate((answer_names.get(str(first), first), *rest))

    return locate_answer


def _get_text(code: str) -> Json:
    return dict(load_draft_words().words[code])


def _compose_sources(identifier: str, draft: Draft) -> list[Json]:
    return [{"document": f"{identifier}-manual", "section": draft.manual.section}]


def _compose_authority(identifier: str, draft: Draft, day: dt.date) -> Json:
    sources, manual = _compose_sources(identifier, draft), draft.manual
    document = {
        "id": f"{identifier}-manual",
        "title": manual.title,
        "short": {"ja": manual.title, "en": f"{manual.title} (manual)"},
        "publisher": manual.publisher,
        **({"edition": manual.edition} if manual.edition else {}),
        "checked": day,
        **_compose_checker(draft),
        "sections": {manual.section: 0},
    }
    return {
        "name": draft.name.model_dump(),
        "system": draft.system.model_dump(),
        "recognise": list(_compose_marks(draft, sources)),
        **({"user_id": draft.user_id} if draft.user_id else {}),
        **({"user_id_from": _dump(draft.user_id_from)} if draft.user_id_from else {}),
        "renewal": {"sources": sources, **draft.renewal},
        "transfer": {
            **({} if draft.transfer == "unknown" else {"allowed": draft.transfer == "yes"}),
            "how": _get_text(f"transfer.{draft.transfer}"),
            "sources": sources,
        },
        **({"deleting": _compose_deleting(draft.deleting, sources)} if draft.deleting else {}),
        "contacts": [
            {"id": f"desk-{number}", **desk.model_dump(exclude_none=True), "sources": sources}
            for number, desk in enumerate(draft.contacts, 1)
        ],
        "documents": [document],
        "guides": draft.guides,
    }


def _compose_marks(draft: Draft, sources: list[Json]) -> Iterator[Json]:
    """Yield the mark that the answers about the issuer make together; none where nobody knows."""
    answers = {field: getattr(draft, name) for name, field in MARK_FIELDS.items()}
    tests = [{"field": field, "equals": value} for field, value in answers.items() if value]
    if tests:
        also = {"also": tests[1:]} if tests[1:] else {}
        yield {**tests[0], **also, "sources": sources}


def _compose_deleting(same_holder: Json, sources: list[Json]) -> Json:
    """Compose the rule that never advises to delete what the manual has not been read for."""
    return {
        **same_holder,
        "newest": "ends_last",
        "after": "none",
        "why": _get_text("deleting.why"),
        "sources": sources,
    }


def _dump(fact: Fact) -> Json:
    return fact.model_dump(exclude_none=True)


def _compose_answers(identifier: str, draft: Draft, renewal: Renewal) -> Json:
    """Compose the start page's answer for a certificate about to expire: the rule, and where to go on."""
    says = {language: " ".join(describe_rule(renewal, load_site_words(), language)) for language in LANGUAGES}
    go = [f"{identifier}/renew"] if "renew" in draft.guides else []
    expiring = {"says": says, "go": [*go, "check"], "sources": _compose_sources(identifier, draft)}
    return {"answers": [{"situation": "expiring", **expiring}]}


def _compose_guide(guide: str, identifier: str, draft: Draft, day: dt.date) -> Json:
    """Compose a guide of one step, which says that nobody has written it yet."""
    check = {"check": _CHECKS[guide]} if guide in _CHECKS else {}
    step = {"id": "manual", "title": _get_text("step.title"), **check, "do": _get_text("step.do")}
    return {
        "title": _get_text(f"guide.{guide}"),
        "summary": _get_text("step.do"),
        "steps": [{**step, "sources": _compose_sources(identifier, draft)}],
        "checked": day,
        **_compose_checker(draft),
    }


def _compose_checker(draft: Draft) -> Json:
    return {"checked_by": [draft.checked_by]} if draft.checked_by else {}
