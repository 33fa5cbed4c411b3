"""A synthetic authority beside the real shared steps, and a function that puts mistakes into it."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.model.facts import Facts
from macros.pages.asset_groups import AssetFile, AssetGroup, Assets
from macros.pages.render import render_site
from macros.pages.site_inputs import Build
from tests.support import ROOT

HERE = Path(__file__).parent
_GROUP = AssetGroup(
    "assets/0123456789abcdef",
    {
        name: AssetFile(f"assets/0123456789abcdef/{name}", "00" * 32, 1)
        for name in (
            "worker.mjs",
            "step-checker.mjs",
            "component.css",
            "certcheck-0.1.0.whl",
            "index.mjs",
            "send.mjs",
            "send.css",
            "archive-download.mjs",
            "browser-copy.mjs",
        )
    },
)
_PICTURE = AssetGroup(
    "assets/fedcba9876543210",
    {"window.webp": AssetFile("assets/fedcba9876543210/window.webp", "11" * 32, 1)},
)
ASSETS = Assets(
    {
        **dict.fromkeys(("app", "step", "runtime", "qr", "theme"), _GROUP),
        "abc/pictures/window.webp": _PICTURE,
    }
)
BUILD = Build(commit="0" * 40, day=dt.date(2026, 11, 21))


def list_errors(root: Path) -> list[str]:
    """List the mistakes that loading finds, a line for each."""
    with pytest.raises(FactsError) as caught:
        load_facts(root)
    return [line for line in str(caught.value).splitlines() if not line.startswith("    ")]


def load_mistakes() -> list[dict[str, str]]:
    """Load the mistakes that one passage of one file makes, and what is said of each."""
    mistakes: list[dict[str, str]] = []
    for path in sorted((HERE / "mistakes").glob("*.yaml")):
        mistakes += YAML(typ="safe").load(path)["mistakes"]
    return mistakes


ReplacePassage = Callable[[str, str, str], Path]


@pytest.fixture
def synthetic_root(tmp_path: Path) -> Path:
    """Make a repository whose only authority is the invented ``abc``."""
    shutil.copytree(HERE / "synthetic" / "abc", tmp_path / "docs" / "abc")
    shutil.copytree(ROOT / "docs" / "shared", tmp_path / "docs" / "shared")
    return tmp_path


@pytest.fixture
def root_with_answers(synthetic_root: Path) -> Path:
    """Add answers to two situations to the invented authority."""
    shutil.copy(HERE / "synthetic" / "situations.yaml", synthetic_root / "docs" / "abc")
    return synthetic_root


@pytest.fixture
def replace_passage(root_with_answers: Path) -> ReplacePassage:
    """Return a function that replaces one passage of one file of the invented authority."""

    def replace(file: str, old: str, new: str) -> Path:
        path = root_with_answers / "docs" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return root_with_answers

    return replace


@pytest.fixture(scope="session")
def facts() -> Facts:
    """Load the facts of this repository."""
    return load_facts(ROOT)


@pytest.fixture(scope="session")
def pages(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render the Markdown tree of this repository."""
    out = tmp_path_factory.mktemp("pages")
    render_site(facts, out, ASSETS, BUILD)
    return out
