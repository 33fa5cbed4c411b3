"""The models inside the types of a model's fields."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel


def find_models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - a type of any form
    """Find the models inside an annotation such as ``list[Note]`` or ``Text | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from find_models(argument)
