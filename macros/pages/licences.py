"""The work of others that the site ships, and its licences."""

import json
from dataclasses import dataclass
from pathlib import Path

from macros.loading.yaml_file import read_yaml

PUBLISHED_TEXTS = "licences/texts"
WHEEL_LICENCES = Path("wasm/wheels/licences")
COMPONENT_LICENCES = Path("deploy/licences")


@dataclass(frozen=True)
class Component:
    """One piece of somebody's work.

    Attributes:
        name: with its version where the piece is inside a wheel of ours.
        licence: SPDX expression.
        texts: names of the files that hold the licence's text, published below ``licences/texts/``.
    """

    name: str
    licence: str
    texts: tuple[str, ...]


def load_components(root: Path) -> list[Component]:
    """Read the list of components: what the site ships as it is, then what is inside the wheels.

    Args:
        root: the repository.

    Raises:
        FactsError: ``deploy/components.yaml`` is not YAML.
    """
    shipped = read_yaml(root / "deploy/components.yaml", root).data["components"]
    bundled = json.loads((root / WHEEL_LICENCES / "index.json").read_text(encoding="utf-8"))["components"]
    components = [Component(entry["name"], entry["licence"], (entry["text"],)) for entry in shipped]
    for entry in bundled:
        name = f"{entry['name']} {entry['version']}"
        components.append(Component(name, entry["licence"], tuple(entry["files"])))
    return components


def list_texts(root: Path) -> list[Path]:
    """Return the path of every licence text to publish."""
    return sorted([*(root / COMPONENT_LICENCES).glob("*.txt"), *(root / WHEEL_LICENCES).glob("*.txt")])
