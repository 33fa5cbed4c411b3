"""What the two languages owe each other."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from macros.model.evidence import Text, walk
from macros.model.facts import CONTACTS, Facts

LABEL = re.compile(r"「([^「」]+)」")
# Where Japanese may stand on an English page: labels and titles, what is printed on a form, code.
QUOTED = re.compile(r"「[^「」]*」|【[^【】]*】|`[^`]*`|\([^()]*\)|（[^（）]*）")
JAPANESE = re.compile(r"[\u3041-\u30fa\u4e00-\u9fff]")


def texts(facts: Facts) -> Iterator[tuple[str, Text]]:
    """Every text of every guide, with its reference; contacts print the names of offices as they are."""
    for page in facts.pages:
        if page.id != CONTACTS:
            yield from ((page.ref, part) for _, part in walk(page.guide) if isinstance(part, Text))


def test_no_english_text_is_left_in_japanese(facts: Facts) -> None:
    """Outside of labels and names in quotes, an English text is English."""
    left = [(ref, text.en) for ref, text in texts(facts) if JAPANESE.search(QUOTED.sub("", text.en))]
    assert left == []


def test_no_japanese_text_is_left_in_english(facts: Facts) -> None:
    """A Japanese text has Japanese in it, but for names that are written in Latin letters everywhere."""
    names = {"Windows", "Microsoft Edge", "J-IRISS", "TDnet", "Windows 10", "Windows 11", "Google Chrome"}
    left = [
        (ref, text.ja) for ref, text in texts(facts) if not JAPANESE.search(text.ja) and text.ja not in names
    ]
    assert left == []


def test_labels_are_the_same_in_both_languages(facts: Facts) -> None:
    """A label quoted on an English page stands, character for character, in the Japanese text, too."""
    strange = [
        (ref, label) for ref, text in texts(facts) for label in LABEL.findall(text.en) if label not in text.ja
    ]
    assert strange == []


def test_labels_have_their_meaning_beside_them(facts: Facts) -> None:
    """On an English page a Japanese label has an English gloss, in brackets, where a step first names it."""
    told: list[tuple[str, BaseModel]] = [
        (f"{page.ref}#{step.id}", step) for page in facts.pages for step in page.guide.steps
    ]
    for folder in facts.authorities:
        told.append((folder.id, folder.authority))
        if folder.answers:
            told += [(answer.situation, answer) for answer in folder.answers.answers.answers]
    assert [(ref, label) for ref, model in told for label in unexplained(model)] == []


def unexplained(model: BaseModel) -> set[str]:
    """Japanese labels of a model's English texts that no gloss follows where they stand first."""
    seen: dict[str, bool] = {}
    for _, part in walk(model):
        if isinstance(part, Text):
            for match in re.finditer(r"「([^「」]+)」( \()?", part.en):
                seen.setdefault(match[1], bool(match[2]))
    return {label for label, explained in seen.items() if not explained and JAPANESE.search(label)}


def test_what_a_window_shows_has_its_meaning_beside_it(facts: Facts) -> None:
    """The same for drawn windows: title, heading and controls."""
    bare = [
        (f"{page.ref}#{step.id}", words)
        for page in facts.pages
        for step in page.guide.steps
        if step.screen
        for words, gloss in [
            (step.screen.window, step.screen.gloss),
            (step.screen.heading or "", step.screen.heading_gloss),
            *((control.label, control.gloss) for control in step.screen.controls),
        ]
        if JAPANESE.search(words) and not gloss
    ]
    assert bare == []


def test_steps_in_which_one_chooses_in_a_dialog_have_a_picture(facts: Facts) -> None:
    """Where a text says to press, select or tick something with a name, the window is drawn."""
    choosing = re.compile(
        r"」(?:を選び|に(?:必ず)?チェックを付け|のチェックを?外|を押します|を押し、|、「[^」]*」の順に)"
    )
    bare = [
        f"{page.ref}#{step.id}"
        for page in facts.pages
        if page.guide.kind == "procedure"
        for step in page.guide.steps
        # The cross in a window's corner is on every window.
        if choosing.search(step.do.ja.replace("「×」を押して", "")) and step.screen is None
    ]
    assert bare == []
