"""What the two languages owe each other."""

import re
from collections.abc import Iterator

from macros.checks import walk
from macros.contacts import ID as CONTACTS
from macros.facts import Facts
from macros.model import Text

LABEL = re.compile(r"「([^「」]+)」")
# Where Japanese may stand on an English page: labels and titles, what is printed on a form, code.
QUOTED = re.compile(r"「[^「」]*」|【[^【】]*】|`[^`]*`|\([^()]*\)|（[^（）]*）")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def texts(facts: Facts) -> Iterator[tuple[str, Text]]:
    """Every text of every guide, with its reference; contacts print the names of offices as they are."""
    for page in facts.pages():
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


def test_steps_in_which_one_chooses_in_a_dialog_have_a_picture(facts: Facts) -> None:
    """Where a text says to select or tick something in a window, the window is drawn."""
    choosing = re.compile(r"」(?:を選び|に(?:必ず)?チェックを付け|のチェックを?外)")
    bare = [
        f"{page.ref}#{step.id}"
        for page in facts.pages()
        if page.guide.kind == "procedure"
        for step in page.guide.steps
        if choosing.search(step.do.ja) and step.screen is None
    ]
    assert bare == []
