"""Japanese and English: each text is in its own language, and labels agree and are glossed."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from macros.model.evidence import Text, walk
from macros.model.facts import CONTACTS, Facts
from macros.model.guides import Screen, Step

LABEL = re.compile(r"「([^「」]+)」")
# Where Japanese may stand on an English page: labels and titles, what is printed on a form, code.
QUOTED = re.compile(r"「[^「」]*」|【[^【】]*】|`[^`]*`|\([^()]*\)|（[^（）]*）")
JAPANESE = re.compile(r"[\u3041-\u30fa\u4e00-\u9fff]")


def list_texts(facts: Facts) -> Iterator[tuple[str, Text]]:
    """List every text of every guide, with its reference; contacts print the names of offices as they are."""
    for page in facts.pages:
        if page.id != CONTACTS:
            yield from ((page.ref, part) for part in page.parts if isinstance(part, Text))


def test_no_english_text_is_left_in_japanese(facts: Facts) -> None:
    """Outside of labels and names in quotes, an English text is English."""
    texts = [(ref, text.en) for ref, text in list_texts(facts) if JAPANESE.search(QUOTED.sub("", text.en))]
    assert texts == []


def test_no_japanese_text_is_left_in_english(facts: Facts) -> None:
    """A Japanese text has Japanese in it, but for names that are written in Latin letters everywhere."""
    names = {"Windows", "Microsoft Edge", "J-IRISS", "TDnet", "Windows 10", "Windows 11", "Google Chrome"}
    texts = [(ref, text.ja) for ref, text in list_texts(facts) if not JAPANESE.search(text.ja)]
    assert [(ref, text) for ref, text in texts if text not in names] == []


def test_labels_are_the_same_in_both_languages(facts: Facts) -> None:
    """A label quoted on an English page stands, character for character, in the Japanese text, too."""
    for ref, text in list_texts(facts):
        for label in LABEL.findall(text.en):
            assert label in text.ja, ref


def test_labels_have_their_meaning_beside_them(facts: Facts) -> None:
    """On an English page a Japanese label has an English gloss, in brackets, where a step first names it."""
    for ref, step in list_steps(facts):
        assert find_labels_without_gloss(step) == set(), ref
    for folder in facts.authorities:
        assert find_labels_without_gloss(folder.authority) == set(), folder.id
        for answer in folder.answers.answers.answers if folder.answers else []:
            assert find_labels_without_gloss(answer) == set(), answer.situation


def list_steps(facts: Facts) -> Iterator[tuple[str, Step]]:
    """List every step of every guide, with its reference."""
    for page in facts.pages:
        yield from ((f"{page.ref}#{step.id}", step) for step in page.guide.steps)


def find_labels_without_gloss(model: BaseModel) -> set[str]:
    """Find Japanese labels of a model's English texts that no gloss follows where they stand first."""
    has_gloss: dict[str, bool] = {}
    for _, part in walk(model):
        if isinstance(part, Text):
            for match in re.finditer(r"「([^「」]+)」( \()?", part.en):
                has_gloss.setdefault(match[1], bool(match[2]))
    return {label for label in has_gloss if not has_gloss[label] and JAPANESE.search(label)}


def test_what_a_window_shows_has_its_meaning_beside_it(facts: Facts) -> None:
    """The same for drawn windows: title, heading and controls."""
    for ref, step in list_steps(facts):
        for words, gloss in list_glosses(step.screen) if step.screen else []:
            assert gloss or not JAPANESE.search(words), ref


def list_glosses(screen: Screen) -> list[tuple[str, str | None]]:
    """List what a drawn window shows, with the gloss of each."""
    title = (screen.window, screen.gloss)
    heading = (screen.heading or "", screen.heading_gloss)
    return [title, heading, *((control.label, control.gloss) for control in screen.controls)]


def test_steps_in_which_one_chooses_in_a_dialog_have_a_picture(facts: Facts) -> None:
    """Where a text says to press, select or tick something with a name, the window is drawn."""
    choosing = re.compile(
        r"」(?:を選び|に(?:必ず)?チェックを付け|のチェックを?外|を押します|を押し、|、「[^」]*」の順に)"
    )
    # The cross in a window's corner is on every window.
    texts = {
        ref: step.do.ja.replace("「×」を押して", "") for ref, step in list_steps(facts) if not step.screen
    }
    procedures = {page.ref for page in facts.pages if page.guide.kind == "procedure"}
    steps = [ref for ref, text in texts.items() if choosing.search(text)]
    assert [ref for ref in steps if ref.partition("#")[0] in procedures] == []
