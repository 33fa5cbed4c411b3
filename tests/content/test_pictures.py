"""What a drawn window shows is also said in words: a helpdesk reads a step aloud."""

import pytest

from macros.model.facts import Facts
from macros.model.guides import Control, Step

FOLDERS = ("boj", "fsa", "jasdec", "shared", "tse")


def is_acted_on(control: Control) -> bool:
    """Whether the step has something pressed, selected or checked there, under the window's own label."""
    if control.label.startswith("（"):  # stands for what differs from person to person
        return False
    return control.press or control.confirm or control.on is not None


def join_instructions(step: Step) -> str:
    """Return the Japanese words of a step that say what to do."""
    texts = [step.title, step.do, *(note.text for note in step.notes)]
    return "\n".join(text.ja for text in texts)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_label_to_act_on_is_in_the_words(facts: Facts, folder: str) -> None:
    """A label that is pressed, selected or checked in the picture stands in the step's words, too."""
    for page in facts.pages:
        for step in page.guide.steps:
            if page.folder == folder and step.screen:
                words = join_instructions(step)
                for control in filter(is_acted_on, step.screen.controls):
                    assert control.label in words, (page.ref, step.id, control.label)
