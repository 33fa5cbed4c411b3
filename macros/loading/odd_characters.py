"""Characters that no text of the facts should hold."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from macros.loading.problems import format_message
from macros.model.evidence import Text
from macros.model.language import Message
from macros.model.location import Location

# Marks of direction, joiners and blanks of no width, tags, and controls but line ends.
_HIDDEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
# A whole text between the quotes of a word processor: meant for YAML, which takes them for letters.
_CURLY = re.compile("[“”„‘’＂][^“”„‘’＂]*[“”‘’＂]")


def find_odd_characters(model: BaseModel, location: Location) -> Iterator[tuple[Location, Message]]:
    """Find what is invisible, and would reorder or hide what readers see (UAX #9), and quotes that are none.

    Args:
        model: its own fields are looked at, not those of models inside it.
        location: of the model.
    """
    for field in type(model).model_fields:
        value = getattr(model, field)
        if not isinstance(value, str):
            continue
        if hidden := _HIDDEN.search(value):
            yield (*location, field), format_message("text.hidden", character=f"U+{ord(hidden[0]):04X}")
        if isinstance(model, Text) and _CURLY.fullmatch(value):
            yield (*location, field), format_message("text.curly")
