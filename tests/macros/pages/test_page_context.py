"""No type checker reads templates: what they use of their page is compared with what it has."""

from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from macros import PACKAGE
from macros.pages.page_context import PageContext
from tests.support import ROOT

TEMPLATES = [*sorted((PACKAGE / "templates").iterdir()), *sorted((ROOT / "docs").glob("*.md"))]
SUBJECTS = {"page", "folder", "guide_page"}


def _parse(path: Path) -> nodes.Template:
    return Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))


def _find_uses(template: nodes.Template) -> set[str]:
    """Return the attributes of ``page`` that a template names."""
    attributes = template.find_all(nodes.Getattr)
    return {use.attr for use in attributes if isinstance(use.node, nodes.Name) and use.node.name == "page"}


def _list_attributes() -> set[str]:
    """Return what a page has for templates: its fields and methods."""
    return {name for name in (*vars(PageContext), *PageContext.__annotations__) if not name.startswith("_")}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_uses_what_a_page_has(path: Path) -> None:
    """Also in branches that no page of today takes; besides its page it knows its guide or its authority."""
    template = _parse(path)
    assert _find_uses(template) <= _list_attributes()
    assert meta.find_undeclared_variables(template) <= SUBJECTS


def test_a_page_has_nothing_that_no_template_uses() -> None:
    """A method that no template calls any more goes."""
    uses = set[str]().union(*(_find_uses(_parse(path)) for path in TEMPLATES))
    assert _list_attributes() - uses == {"inputs", "ref"}
