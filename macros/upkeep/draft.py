"""The folder of a new authority, made from a few answers: it builds at once, and is there to be rewritten."""

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from macros import PACKAGE
from macros.exports.yamlschema import kind_of
from macros.loading.validation import validated
from macros.loading.wording import Strings, load_strings, site_words
from macros.loading.yamlfile import Location, Place
from macros.model.authority import Authority
from macros.model.facts import LANGUAGES
from macros.model.guide import Fact, Guide, Slug, Text, Words
from macros.model.language import Language
from macros.model.problems import FactsError, Problem, say
from macros.model.renewal_rule import Renewal
from macros.model.situations import Answers
from macros.pages.rule_sentences import describe_rule
from macros.upkeep.yamltext import commented

Json = dict[str, Any]
# What a person can begin a guide with: those of macros/strings/draft.yaml.
GUIDES = ("renew", "issue", "export", "import", "delete", "revoke", "troubleshoot")


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
    email: Words | None = Field(default=None, examples=["gaitame@boj.or.jp"])


class Draft(Fact):
    """The answers: what ``scripts/new-authority`` asks for, or reads from a file."""

    name: Text
    system: Text
    issuer: Words | None = Field(default=None, examples=["Gaitame CA - G5"])
    manual: Manual
    # A renewal rule without its sources: those are the manual and section above.
    renewal: dict[str, Any] = Field(examples=[{"kind": "window", "opens": {"days_before": 30}}])
    transfer: Literal["yes", "no", "unknown"] = Field(default="unknown", examples=["unknown"])
    contacts: list[Desk] = Field(default=[])
    guides: list[Slug] = Field(examples=[["renew", "issue"]])


def draft_words() -> Strings:
    """What is asked, said and written.

    Raises:
        FactsError: as :func:`macros.words.load_strings`.
    """
    return load_strings(PACKAGE / "strings" / "draft.yaml", PACKAGE.parent)


def files(identifier: str, draft: Draft, day: dt.date, place: Place, language: Language) -> dict[str, str]:
    """The folder's files by name.

    Args:
        identifier: of the authority.
        draft: the answers.
        day: on which they were given.
        place: where each answer stands, for what the model objects to.
        language: of the explanations.

    Raises:
        FactsError: the answers do not make an authority.
    """
    authority = _authority(identifier, draft, day)
    renewal = validated(Authority, authority, _only_what_was_asked(place)).renewal
    words = load_strings(PACKAGE / "strings" / "help.yaml", PACKAGE.parent)
    known = draft_words()
    unknown = [guide for guide in draft.guides if guide not in GUIDES]
    if unknown:
        file, line = place(("guides",))
        message = say("one-of", value=unknown[0], known=", ".join(GUIDES))
        raise FactsError([Problem(file, line, "guides", message)])

    def text(name: str, model: type[Fact], data: Json, about: str) -> str:
        schema = f"# yaml-language-server: $schema=../schemas/{kind_of(f'{identifier}/{name}')}.json\n"
        return f"{schema}# {known.say(language, about)}\n{commented(model, data, words, language)}"

    made = {
        "authority.yaml": text("authority.yaml", Authority, authority, "file.authority"),
        "situations.yaml": text(
            "situations.yaml", Answers, _answers(identifier, draft, renewal), "file.situations"
        ),
    }
    for guide in draft.guides:
        name = f"{guide}.yaml"
        made[name] = text(name, Guide, _guide(guide, identifier, draft, day), "file.guide")
    return made


def _only_what_was_asked(place: Place) -> Place:
    """The place of what is made from an answer is that of the answer."""

    def found(location: Location) -> tuple[str, int]:
        named = {"recognise": "issuer", "documents": "manual"}
        first, *rest = location
        return place((named.get(str(first), first), *rest))

    return found


def _both(code: str) -> Json:
    return dict(draft_words().words[code])


def _sources(identifier: str, draft: Draft) -> list[Json]:
    return [{"document": f"{identifier}-manual", "section": draft.manual.section}]


def _authority(identifier: str, draft: Draft, day: dt.date) -> Json:
    sources, manual = _sources(identifier, draft), draft.manual
    document = {
        "id": f"{identifier}-manual",
        "title": manual.title,
        "short": {"ja": manual.title, "en": f"{manual.title} (manual)"},
        "publisher": manual.publisher,
        **({"edition": manual.edition} if manual.edition else {}),
        "checked": day,
        "sections": {manual.section: 0},
    }
    mark = {"field": "issuer.CN", "equals": draft.issuer, "sources": sources}
    return {
        "name": draft.name.model_dump(),
        "system": draft.system.model_dump(),
        "recognise": [mark] if draft.issuer else [],
        "renewal": {"sources": sources, **draft.renewal},
        "transfer": {
            **({} if draft.transfer == "unknown" else {"allowed": draft.transfer == "yes"}),
            "how": _both(f"transfer.{draft.transfer}"),
            "sources": sources,
        },
        "contacts": [
            {"id": f"desk-{number}", **desk.model_dump(exclude_none=True), "sources": sources}
            for number, desk in enumerate(draft.contacts, 1)
        ],
        "documents": [document],
        "guides": draft.guides,
    }


def _answers(identifier: str, draft: Draft, renewal: Renewal) -> Json:
    """What the start page says to who has a certificate about to expire: the rule, and where to go on."""
    says = {language: " ".join(describe_rule(renewal, site_words(), language)) for language in LANGUAGES}
    go = [f"{identifier}/renew"] if "renew" in draft.guides else []
    expiring = {"says": says, "go": [*go, "check"], "sources": _sources(identifier, draft)}
    return {"answers": [{"situation": "expiring", **expiring}]}


def _guide(guide: str, identifier: str, draft: Draft, day: dt.date) -> Json:
    """A guide of one step, which says that nobody has written it yet."""
    step = {"id": "manual", "title": _both("step.title"), "do": _both("step.do")}
    return {
        "title": _both(f"guide.{guide}"),
        "summary": _both("step.do"),
        "steps": [{**step, "sources": _sources(identifier, draft)}],
        "checked": day,
    }
