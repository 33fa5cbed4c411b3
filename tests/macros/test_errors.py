"""A mistake in the facts is shown with file, line, what was expected and a valid example, all in one run."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from macros.errors import FactsError
from macros.load import load_facts
from tests.macros.conftest import Break

RENEW = "abc/renew.yaml"
AUTHORITY = "abc/authority.yaml"


def errors(root: Path) -> list[str]:
    """What loading complains of, a line each."""
    with pytest.raises(FactsError) as caught:
        load_facts(root)
    return str(caught.value).splitlines()


MISTAKES = YAML(typ="safe").load(Path(__file__).with_name("mistakes.yaml"))["mistakes"]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["expected"].split(":")[0])
def test_each_mistake_is_named(broken: Break, mistake: dict[str, str]) -> None:
    """The first complaint begins with the file and a line, and says what was expected."""
    lines = errors(broken(mistake["file"], mistake["old"], mistake["new"]))
    beginning = f"docs/{mistake['file']}:"
    assert any(line.startswith(beginning) and mistake["expected"] in line for line in lines), lines


def test_the_line_is_that_of_the_value(broken: Break) -> None:
    """The line leads to the value, not to the beginning of the file or of the list."""
    root = broken(RENEW, "variant: windows-10", "variant: windows-95")
    text = (root / "docs" / RENEW).read_text(encoding="utf-8").splitlines()
    line = next(number for number, words in enumerate(text, 1) if "windows-95" in words)
    assert errors(root)[0].startswith(f"docs/{RENEW}:{line}: ")


def test_a_mistake_in_a_part_is_shown_in_the_part(broken: Break) -> None:
    """A step that several guides use is mended once, so the error points to where it stands."""
    root = broken("abc/parts/common.yaml", "en: Press 「開く(O)」 (Open).}", "en: 3}")
    assert errors(root) == [
        "docs/abc/parts/common.yaml:4: steps.0.do.en: got 3, expected text, e.g. Press 「次へ(N)」 (Next)."
    ]


def test_all_mistakes_come_in_one_run(broken: Break) -> None:
    """Two mistakes in two files are two lines of one run."""
    broken(AUTHORITY, "{days_before: 60}", "{days_before: soon}")
    found = errors(broken(RENEW, "goal: {", "gaol: {"))
    assert {line.split(":")[0] for line in found} == {"docs/abc/authority.yaml", "docs/abc/renew.yaml"}


def test_what_is_not_yaml_is_named_by_its_line(broken: Break) -> None:
    """Broken YAML is no traceback: the place, what YAML says, and how a line should look."""
    found = errors(broken(RENEW, "who: {ja: 利用者", "who: ja: 利用者"))
    assert found[0].startswith("docs/abc/renew.yaml:4: ")
    assert "e.g. id: renew" in found[0]


def test_a_file_in_another_encoding_is_named(synthetic: Path) -> None:
    """A file saved as Shift_JIS is refused with what to do."""
    (synthetic / "docs" / RENEW).write_bytes("title: 更新".encode("cp932"))
    assert errors(synthetic)[0] == "docs/abc/renew.yaml: byte 7 is not UTF-8; save the file as UTF-8"


def test_site_help_states_no_source(broken: Break) -> None:
    """General help has no source; a source makes it a manual's."""
    found = errors(broken(RENEW, "basis: derived", "basis: site"))
    assert 'basis "site" means that no manual says it' in found[0]
