"""Long Japanese texts may be broken into lines without spaces appearing in them."""

from pathlib import Path

import pytest

from macros.loading.load import load_facts
from macros.loading.yaml_file import read_yaml


def read_block(tmp_path: Path, language: str, *lines: str) -> str:
    """Read a ``>-`` block of these lines."""
    path = tmp_path / "x.yaml"
    path.write_text(f"{language}: >-\n" + "".join(f"  {line}\n" for line in lines), encoding="utf-8")
    words: str = read_yaml(path, tmp_path).data[language]
    return words


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("次へを押し、", "閉じます。"), "次へを押し、閉じます。"),
        (("から", "2021年まで"), "から2021年まで"),
        (("手順は", "[ここ](boj/renew)"), "手順は[ここ](boj/renew)"),
        (("[ここ](boj/renew)", "にあります"), "[ここ](boj/renew)にあります"),
        (("証明書の", "URL を開き"), "証明書の URL を開き"),
        (("「証明書の インポート」を", "押します"), "「証明書の インポート」を押します"),
    ],
)
def test_a_broken_japanese_line_is_joined(tmp_path: Path, lines: tuple[str, ...], text: str) -> None:
    """Only the space of the fold goes, never one that was written; before Latin letters it stays."""
    assert read_block(tmp_path, "ja", *lines) == text


def test_a_broken_english_line_keeps_its_space(tmp_path: Path) -> None:
    """English words need the space, also beside a Japanese label."""
    assert (
        read_block(tmp_path, "en", "Press 「次へ」", "「OK」 and (then)", "go on")
        == "Press 「次へ」 「OK」 and (then) go on"
    )


def test_files_of_windows_editors_hold_the_same_facts(synthetic_root: Path) -> None:
    """Notepad ends lines by CR and LF, and may begin a file with a mark of the byte order."""
    before = load_facts(synthetic_root)
    for path in synthetic_root.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_facts(synthetic_root) == before
