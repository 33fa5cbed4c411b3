"""A new guide from the form: a draft that loads at once, and never another file's place."""

from pathlib import Path

import pytest

from macros.loading.load import load_facts
from scripts.editor.documents import UnknownDocumentError
from scripts.editor.new_guide import write_new_guide


def test_a_new_guide_is_a_draft(synthetic_root: Path) -> None:
    """With a title alone; the published site does without it, the preview has it."""
    document = write_new_guide("abc", "vpn", "VPN: 使う", "最初にすること", synthetic_root)
    assert document.read().startswith("# yaml-language-server: $schema=../schemas/guide.json\n")
    assert load_facts(synthetic_root).find_page("abc/vpn") is None
    page = load_facts(synthetic_root, with_drafts=True).find_page("abc/vpn")
    assert page is not None
    assert page.guide.title.ja == "VPN: 使う（下書き）"


@pytest.mark.parametrize(
    "name", ["renew", "authority", "contacts", "situations", "VPN", "../abc/x", "", "a b"]
)
def test_other_names_are_refused(synthetic_root: Path, name: str) -> None:
    """Those of files that are there or mean something else, and those that are no addresses."""
    before = sorted(synthetic_root.rglob("*"))
    with pytest.raises(UnknownDocumentError):
        write_new_guide("abc", name, "題名", "最初にすること", synthetic_root)
    assert sorted(synthetic_root.rglob("*")) == before
