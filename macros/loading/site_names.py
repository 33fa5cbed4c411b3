"""What ``docs/site.yaml`` names has to be there: authorities, the logo's file."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from macros.loading.problems import Problem, format_message
from macros.model.location import Locator


def check_site(
    data: Mapping[str, Any], docs: Path, accepted: Collection[str], shown: list[str], locate: Locator
) -> Iterator[Problem]:
    """Find names of what is not there.

    Args:
        data: of the file; the model may not have seen it yet.
        docs: the folder that holds the logo.
        accepted: ids of all authorities, also of those that are drafts or have mistakes.
        shown: ids that a message offers.
        locate: finds the line of a value.
    """
    authorities, logo = data.get("authorities"), data.get("logo")
    for index, folder in enumerate(authorities if isinstance(authorities, list) else []):
        if folder not in accepted:
            message = format_message("one-of", value=folder, known=", ".join(shown))
            yield Problem(*locate(("authorities", index)), f"authorities.{index}", message)
    if isinstance(logo, str) and not (docs / logo).is_file():
        yield Problem(*locate(("logo",)), "logo", format_message("site.logo", value=logo))
