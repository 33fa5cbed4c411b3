"""A mistake in the facts is shown with file, line, what was expected and a valid example, all in one run."""

import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.loading.wording import load_strings
from macros.model.facts import LANGUAGES
from macros.model.language import Language
from tests.macros.conftest import ReplacePassage, list_errors, load_mistakes
from tests.support import ROOT

RENEW = "abc/renew.yaml"
AUTHORITY = "abc/authority.yaml"


MISTAKES = load_mistakes()
# Parts of other messages, and messages about the project's own words and about redirects.
TESTED_ELSEWHERE = (
    "example",
    "nothing",
    "a-list",
    "an-empty-list",
    "named-values",
    "expected.",
    "yaml.hint.",
    "there-are",
    "words.",
    "moved.",
    "page.",
    "site.",
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["field"] or "yaml")
def test_each_mistake_is_named_in_both_languages(
    replace_passage: ReplacePassage, mistake: dict[str, str]
) -> None:
    """Its line names the file and the field, and says what is wrong, what was expected, and an example."""
    with pytest.raises(FactsError) as caught:
        load_facts(replace_passage(mistake["file"], mistake["old"], mistake["new"]))
    for language in LANGUAGES:
        place = rf"docs/{mistake['file']}:\d+: " + (
            re.escape(mistake["field"]) + ": " if mistake["field"] else ""
        )
        lines = [problem.describe(language) for problem in caught.value.problems]
        assert any(re.match(place + re.escape(mistake[language]), line) for line in lines), lines


def test_every_message_has_its_mistake() -> None:
    """Each text of errors.yaml is met in mistakes/, in both languages: no message goes untried."""
    for code, words in load_strings(ROOT / "macros/strings/errors.yaml", ROOT).words.items():
        if code.startswith(TESTED_ELSEWHERE) or code in TESTED_BY_NAME:
            continue
        for language in LANGUAGES:
            text = words[language].format_map(defaultdict(lambda: "\0"))
            pattern = re.compile(re.escape(text).replace("\0", ".*"), re.DOTALL)
            assert any(pattern.match(mistake[language]) for mistake in MISTAKES), (code, language)


# Messages whose mistake takes more than one passage of one file: see the tests below.
TESTED_BY_NAME = {
    "yaml.utf-8",
    "yaml.values",
    "id.document",
    "one-of.empty",
    "file.ending",
    "reference.draft",
    "yaml.shift-jis",
    "file.name",
    "file.picture",
    "picture.format",
    "picture.bytes",
    "picture.pixels",
    "file.authority",
    "no-commit",
    "mark.taken",
    "mark.overlap",
    "anchor.no-ca",
}


def test_a_file_without_names_is_named(synthetic_root: Path) -> None:
    """A file that is YAML, but no facts, says what facts look like."""
    (synthetic_root / "docs" / RENEW).write_text("更新する\n", encoding="utf-8")
    assert list_errors(synthetic_root)[0] == (
        "docs/abc/renew.yaml:1: expected named values, e.g. title: {ja: 更新する, en: Renew}"
    )


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "ja"),
        ({"LANG": "C.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "CERT_GUIDES_LANG": "en"}, "en"),
    ],
)
def test_messages_are_in_the_language_of_whoever_reads_them(
    monkeypatch: pytest.MonkeyPatch,
    replace_passage: ReplacePassage,
    environment: dict[str, str],
    language: Language,
) -> None:
    """As the command was told, else by the locale; Japanese unless that is English."""
    for name in ("CERT_GUIDES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (line,) = list_errors(replace_passage(AUTHORITY, "{days_before: 60}", '{days_before: "60d"}'))
    assert line.endswith(MISTAKES[0][language])


def test_the_line_is_that_of_the_value(replace_passage: ReplacePassage) -> None:
    """The line leads to the value, not to the beginning of the file or of the list."""
    root = replace_passage(RENEW, "variant: windows-10", "variant: windows-95")
    text = (root / "docs" / RENEW).read_text(encoding="utf-8").splitlines()
    line = next(number for number, content in enumerate(text, 1) if "windows-95" in content)
    assert list_errors(root)[0].startswith(f"docs/{RENEW}:{line}: ")


def test_the_line_itself_is_quoted(replace_passage: ReplacePassage) -> None:
    """Who reads the message elsewhere than in an editor sees what it is about."""
    with pytest.raises(FactsError) as caught:
        load_facts(replace_passage(RENEW, "variant: windows-10", "variant: windows-95"))
    assert str(caught.value).splitlines()[1] == "    variant: windows-95"


def test_the_line_of_a_folded_text_is_that_of_what_is_wrong(replace_passage: ReplacePassage) -> None:
    """Not that of its name, which may stand some lines above."""
    root = replace_passage(RENEW, "[窓口](abc/contacts#desk)に", "[窓口](http://example.jp/)に")
    with pytest.raises(FactsError) as caught:
        load_facts(root)
    (problem,) = caught.value.problems
    text = (root / "docs" / RENEW).read_text(encoding="utf-8").splitlines()
    assert text[problem.line - 1].strip() == problem.source == "[窓口](http://example.jp/)に伝えます。"


def test_a_mistake_in_a_part_is_shown_in_the_part(replace_passage: ReplacePassage) -> None:
    """A step that several guides use is mended once, so the error points to where it stands."""
    root = replace_passage("abc/parts/common.yaml", "en: Press 「開く(O)」 (Open).}", "en: 3}")
    message = "got 3, expected text, e.g. Press 「次へ(N)」 (Next)."
    assert list_errors(root) == [f"docs/abc/parts/common.yaml:4: steps.1(open).do.en: {message}"]


def test_all_mistakes_come_in_one_run(replace_passage: ReplacePassage) -> None:
    """Two mistakes in two files are two lines of one run."""
    replace_passage(AUTHORITY, "{days_before: 60}", "{days_before: soon}")
    lines = list_errors(replace_passage(RENEW, "goal: {", "gaol: {"))
    assert {line.split(":")[0] for line in lines} == {"docs/abc/authority.yaml", "docs/abc/renew.yaml"}


def test_what_is_not_yaml_is_named_by_its_line(replace_passage: ReplacePassage) -> None:
    """Broken YAML is no traceback: the place, what YAML says, and how a line should look."""
    lines = list_errors(replace_passage(RENEW, "who: {ja: 利用者", "who: ja: 利用者"))
    assert lines[0].startswith("docs/abc/renew.yaml:4: ")
    assert "e.g. id: renew" in lines[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("user_id: subject.CN", "user_id：subject.CN"),
        ("user_id: subject.CN", "user:\n  user_id：subject.CN\n  more: x"),
        ("user_id: subject.CN", "user_id:\u3000subject.CN"),
        ("user_id: subject.CN", "\u3000user_id: subject.CN\n  x: y"),
        ("user_id: subject.CN", "user_id:subject.CN"),
        ("user_id: subject.CN", "user_id: {subject.CN"),
    ],
)
def test_the_line_is_that_of_the_mistake(replace_passage: ReplacePassage, old: str, new: str) -> None:
    """YAML often notices only in the next line, or at the end of the file, that a sign is missing."""
    root = replace_passage(AUTHORITY, old, new)
    text = (root / "docs" / AUTHORITY).read_text(encoding="utf-8").splitlines()
    line = next(number for number, content in enumerate(text, 1) if "user_id" in content)
    assert list_errors(root)[0].startswith(f"docs/{AUTHORITY}:{line}: ")


@pytest.mark.parametrize("steps", ["hello", "[hello]", "{id: open}"])
def test_a_part_that_is_none_is_named(synthetic_root: Path, steps: str) -> None:
    """Who uses it is told which parts there are, whatever its file holds."""
    (synthetic_root / "docs/abc/parts/common.yaml").write_text(f"steps: {steps}\n", encoding="utf-8")
    assert "steps.1" in list_errors(synthetic_root)[0]


def test_what_cannot_be_read_is_named_once(synthetic_root: Path) -> None:
    """Not again by everyone who uses something of it."""
    for name in ("abc/parts/common.yaml", "shared/variants.yaml"):
        (synthetic_root / "docs" / name).write_text("- id: open\n", encoding="utf-8")
    assert [line.partition(":")[0] for line in list_errors(synthetic_root)] == [
        "docs/abc/parts/common.yaml",
        "docs/shared/variants.yaml",
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "abc/renew.yaml.txt",
            (
                'docs/abc/renew.yaml.txt: "renew.yaml.txt" would not be read; '
                "expected a name that ends with .yaml, e.g. renew.yaml"
            ),
        ),
        ("abc/delete.yml", 'docs/abc/delete.yml: "delete.yml" would not be read'),
        ("abc/parts/old.yml", 'docs/abc/parts/old.yml: "old.yml" would not be read'),
        ("abc/renew.yaml~", 'docs/abc/renew.yaml~: "renew.yaml~" would not be read'),
        (
            "abc/Delete.yaml",
            'docs/abc/Delete.yaml: got "Delete": names of folders and files are in addresses',
        ),
        ("abc/削除.yaml", 'docs/abc/削除.yaml: got "削除": names of folders and files are in addresses'),
        ("New_CA/renew.yaml", 'docs/New_CA: got "New_CA": names of folders and files are in addresses'),
        ("new/renew.yaml", "docs/new/authority.yaml: missing: the folder of an authority needs it"),
    ],
)
def test_a_file_that_nobody_would_find_is_named(synthetic_root: Path, name: str, message: str) -> None:
    """A guide under a wrong name, or in a folder that is no authority, does not vanish without a word."""
    target = synthetic_root / "docs" / name
    target.parent.mkdir(exist_ok=True)
    shutil.copy(synthetic_root / "docs" / RENEW, target)
    assert any(line.startswith(message) for line in list_errors(synthetic_root))


def test_a_file_in_another_encoding_is_named(synthetic_root: Path) -> None:
    """A file saved as Shift_JIS is refused with what to do."""
    (synthetic_root / "docs" / RENEW).write_bytes("title: 更新".encode("cp932"))
    assert list_errors(synthetic_root)[0] == (
        "docs/abc/renew.yaml:1: saved as Shift-JIS (byte 7); in Notepad, choose "
        "「名前を付けて保存」 (Save as) and 「UTF-8」 under 「文字コード」 (Encoding)"
    )
    (synthetic_root / "docs" / RENEW).write_bytes(b"title: \xff\xfe\x00")
    assert list_errors(synthetic_root)[0] == (
        "docs/abc/renew.yaml:1: byte 7 is not UTF-8; save the file as UTF-8"
    )


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("{ja: 更新する, en: Renew}", "{ja：更新する，en：Renew}", "full-width ： and ，"),
        ("{ja: 更新する, en: Renew}", "｛ja: 更新する, en: Renew｝", "full-width colons"),
        ("{ja: 更新する, en: Renew}", "{ja: “更新: する”, en: Renew}", "quotes are those of the keyboard"),
    ],
)
def test_signs_of_japanese_keyboards_are_named(
    replace_passage: ReplacePassage, old: str, new: str, hint: str
) -> None:
    """What YAML takes for letters is named with what to type; Japanese sentences hold no English."""
    root = replace_passage(RENEW, f"title: {old}", f"title: {new}")
    with pytest.raises(FactsError) as caught:
        load_facts(root)
    problems = [problem for problem in caught.value.problems if hint in problem.message.en]
    assert [problem.line for problem in problems] == [1]
    assert not re.search(r"while (parsing|scanning)|expected|found", problems[0].message.ja)


def test_site_help_states_no_source(replace_passage: ReplacePassage) -> None:
    """General help has no source; a source makes it a manual's."""
    lines = list_errors(replace_passage(RENEW, "basis: derived", "basis: site"))
    assert 'basis "site" means that no manual says it' in lines[0]
