"""Drafts: files that say ``draft: true``. The published site does without them; the preview shows them.

Their English may come later: until then the preview shows the Japanese in its place, and says so.
"""

from typing import Any

_MARKS = {"ja": "（下書き）", "en": " (draft)"}
_NO_ENGLISH = "(No English yet) "


def is_draft(data: Any) -> bool:  # noqa: ANN401 - unchecked YAML
    """Tell whether a file's data says that it is a draft."""
    return isinstance(data, dict) and data.get("draft") is True


def complete_draft(data: Any, name: str) -> Any:  # noqa: ANN401 - unchecked YAML
    """Put the Japanese where a draft has no English yet, and mark its name as a draft's.

    Args:
        data: of the file; it is changed.
        name: of the field that names what the file describes.
    """
    _fill_in_english(data)
    words = data.get(name)
    if isinstance(words, dict):
        for language, mark in _MARKS.items():
            if isinstance(words.get(language), str):
                words[language] += mark
    return data


def _fill_in_english(data: Any) -> None:  # noqa: ANN401 - unchecked YAML
    if isinstance(data, list):
        for entry in data:
            _fill_in_english(entry)
    elif isinstance(data, dict):
        if isinstance(data.get("ja"), str) and data.get("en") is None:
            data["en"] = f"{_NO_ENGLISH}{data['ja']}"
        for value in data.values():
            _fill_in_english(value)
