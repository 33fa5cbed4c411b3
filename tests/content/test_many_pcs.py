"""The line that administrators run on their PCs only reads, and writes no private key."""

import re

import pytest

from macros.model.facts import Facts
from tests.support.content import find_step

# Export-Certificate writes certificates only; Export-PfxCertificate would write keys.
READING = {"Get-ChildItem", "ForEach-Object", "Export-Certificate", "Out-Null"}
# The only thing that it makes: the folder of the files.
MAKING = {"New-Item"}


def get_line(facts: Facts) -> str:
    """Return the line as the guide has it copied."""
    (copyable,) = find_step(facts, "shared/many-pcs#write-out").copies
    return copyable.value


def test_it_is_one_line_that_only_reads(facts: Facts) -> None:
    """It uses these commands and no alias, method or type that could do more."""
    line = get_line(facts)
    assert "\n" not in line
    assert set(re.findall(r"\b[A-Za-z]+-[A-Z]\w+", line)) == READING | MAKING
    assert "Cert:\\CurrentUser\\My" in line
    assert not re.search(r"\[|\.\w+\(|::|&|iex|Invoke|Pfx|Remove|Set-|-Password", line)


def test_no_pc_overwrites_anothers_file(facts: Facts) -> None:
    """In a shared folder the files of forty PCs lie side by side: PC, user and thumbprint are in the name."""
    (name,) = re.findall(r'-FilePath "([^"]+)"', get_line(facts))
    assert name == "$to\\$env:COMPUTERNAME-$env:USERNAME-$($_.Thumbprint).cer"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_it_changes_is_said(facts: Facts, language: str) -> None:
    """Beside the line stands that no key is written and nothing changes; all of it is the site's own help."""
    step = find_step(facts, "shared/many-pcs#write-out")
    words = {"ja": ("秘密キーなし", "変わりません"), "en": ("without its private key", "change")}[language]
    text = step.notes[0].text.get(language)
    assert all(word in text for word in words)
    assert step.basis == "site"
