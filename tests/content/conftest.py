"""The facts of this repository, for tests of what they say."""

import pytest

from macros.loading.load import load_facts
from macros.model.facts import Facts
from tests.support import ROOT


@pytest.fixture(scope="session")
def facts() -> Facts:
    """All facts of docs/."""
    return load_facts(ROOT)
