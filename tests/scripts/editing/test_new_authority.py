"""scripts/new-authority, as a person at an institution uses it: by questions, or with answers in a file."""

import itertools
import re
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from tests.macros.exports.test_yaml_schema import find_violations
from tests.support import ROOT
from tests.support.copies import copy_project, git, run_module

ANSWERS = ROOT / "tests/scripts/answers.yaml"
# What a person types, a line an answer; "" is Enter.
ANSWER_LINES = {
    "name": ["架空証券", "Imaginary Securities"],
    "system": ["架空システム", "Imaginary System"],
    "issuer": ["", "", "", "", "1"],
    "manual": ["架空マニュアル", "架空証券", "", "2"],
    "checked": ["事務企画部"],
    "renewal": ["1", "3", "10", "3", "17:00", "窓口で更新します。", "Renew at the desk."],
    "after": ["新規に申し込みます。", "Apply anew."],
    "holder": ["1"],
    "transfer": ["3"],
    "contacts": ["架空窓口", "全般", "Anything", "000", "", "", ""],
    "guides": ["2,1"],
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the sources; new folders of the copy are removed after each test."""
    return copy_project(tmp_path_factory.mktemp("copy"))


@pytest.fixture(autouse=True)
def remove_new_files(repository: Path) -> None:
    """Leave nothing but what is committed."""
    git(repository, "clean", "-fdq", "docs")


def type_answers(**other: list[str]) -> str:
    """Return all answers as they are typed, with some others."""
    lines = itertools.chain.from_iterable({**ANSWER_LINES, **other}.values())
    return "".join(f"{line}\n" for line in lines)


def run_new_authority(repository: Path, *words: str | Path, stdin: str = "") -> CompletedProcess[str]:
    """Run the command in the copy."""
    return run_module(repository, "scripts.editing.new_authority", *words, stdin=stdin)


def list_changes(repository: Path) -> str:
    """List what is new or different below docs."""
    return git(repository, "status", "--porcelain", "--untracked-files=all", "docs")


@pytest.mark.parametrize(
    ("language", "question", "message"),
    [
        ("ja", "機関の名前（日本語）", "有効期限の10営業日前から、有効期限の日の17:00まで更新できます。"),
        ("en", "Name of the institution", "from 10 business days before expiry until 17:00 (Japan time)"),
    ],
)
def test_answers_become_a_folder_that_loads(
    repository: Path, language: str, question: str, message: str
) -> None:
    """Questions come in either language; the rule is told in words; the folder has no mistake."""
    done = run_new_authority(repository, "xyz", "--lang", language, stdin=type_answers())
    assert (done.returncode, done.stderr) == (0, "")
    assert question in done.stdout
    assert message in done.stdout
    folder = next(folder for folder in load_facts(repository).authorities if folder.id == "xyz")
    assert [page.id for page in folder.guides] == ["issue", "renew", "contacts"]
    assert folder.authority.recognise == []
    assert folder.authority.transfer.allowed is None
    assert folder.authority.documents[0].checked_by == ["事務企画部"]
    assert folder.guides[0].guide.checked_by == ["事務企画部"]
    files = sorted((repository / "docs/xyz").iterdir())
    assert [path.name for path in files] == ["authority.yaml", "issue.yaml", "renew.yaml", "situations.yaml"]
    for path in files:
        assert find_violations(path, repository) == []


def test_an_example_says_the_days(repository: Path) -> None:
    """Whoever reads the days of an example sees at once whether the rule was understood."""
    done = run_new_authority(repository, "xyz", "--from", ANSWERS, "--lang", "en")
    assert "31 January" in done.stdout
    assert "until 30 April" in done.stdout


@pytest.mark.parametrize(
    ("renewal", "sentence"),
    [
        (
            ["1", "2", "2", "7", "1", "17:00"],
            "有効期限の2か月前から、有効期限の1営業日前の17:00まで更新できます。",
        ),
        (
            ["1", "4", "2", "1", "3", "8", "1", "20", "2"],
            (
                "有効期限の2か月前の月の1日（営業日でなければ、その次の営業日）から、"
                "有効期限の前の月の20日（営業日でなければ、その前の営業日）まで更新できます。"
            ),
        ),
        (
            ["2", "4", "1", "17:00"],
            "更新には申請が必要です。有効期限の1営業日前の17:00まで申請できます。",
        ),
        (["2", "1"], "更新には申請が必要です。"),
    ],
)
def test_rules_found_in_the_wild_are_asked_for(repository: Path, renewal: list[str], sentence: str) -> None:
    """Each becomes the one sentence that the pages show."""
    words = ANSWER_LINES["renewal"][-2:]
    done = run_new_authority(
        repository, "xyz", "--lang", "ja", stdin=type_answers(renewal=[*renewal, *words])
    )
    assert done.returncode == 0, done.stderr
    assert f"\n  {sentence}\n" in done.stdout


def test_recognition_and_user_id_are_asked_for(repository: Path) -> None:
    """What is given of both names has to match together; the user ID may be a part of the CN."""
    stdin = type_answers(issuer=["", "Imaginary", "Client CA", "Imaginary Bank", "3", "-"])
    done = run_new_authority(repository, "xyz", "--lang", "ja", stdin=stdin)
    assert done.returncode == 0, done.stderr
    folder = load_facts(repository).find_folder("xyz")
    assert folder
    (mark,) = folder.authority.recognise
    assert [(test.field, test.equals) for test in mark.tests] == [
        ("issuer.O", "Imaginary"),
        ("issuer.OU", "Client CA"),
        ("subject.O", "Imaginary Bank"),
    ]
    assert folder.authority.user_id_from
    assert folder.authority.user_id_from.before == "-"


def test_how_holders_are_told_is_asked_for(repository: Path) -> None:
    """By fields of the subject; whether older certificates may go is left to the manual."""
    done = run_new_authority(repository, "xyz", "--lang", "ja", stdin=type_answers(holder=["4"]))
    assert done.returncode == 0, done.stderr
    folder = load_facts(repository).find_folder("xyz")
    assert folder
    assert folder.authority.deleting
    assert folder.authority.deleting.same_holder_by == ["subject.O", "subject.CN"]
    assert folder.authority.deleting.after == "none"


def test_a_bad_answer_is_asked_for_again(repository: Path) -> None:
    """A message says what was expected; then the same question comes again."""
    words = ANSWER_LINES["renewal"][-2:]
    bad = type_answers(
        name=["", *ANSWER_LINES["name"]],
        renewal=["3", "1", "2", "two", "99", "2", "3", "5pm", "17:00", *words],
        guides=["1,9", "1,1", "1"],
        contacts=["架空窓口", "全般", "Anything", "", "https://example.jp", "", "www.example.jp", "", ""],
    )
    done = run_new_authority(repository, "xyz", "--lang", "ja", stdin=bad)
    assert done.returncode == 0, done.stderr
    assert re.findall("もう一度お答えください: (.*)", done.stdout) == [
        "空欄 は使えません。言葉を書きます",
        '"3" は使えません。次のどれかを書きます: 1, 2',
        '"two" は使えません。整数を書きます（例: 2）',
        "99 は使えません。36 以下の整数を書きます（例: 2）",
        '"5pm" は使えません。2桁ずつの時:分の形の時刻を書きます（例: 17:00）',
        "ウェブサイトの URL は url に書きます（例: url: https://example.jp/contact）",
        '"www.example.jp" は使えません。https:// で始まる URL を書きます（例: https://example.jp/contact）',
        '"1,9" は使えません。次のどれかを書きます: 1, 2, 3, 4, 5, 6, 7',
        '"1,1" は使えません。次のどれかを書きます: 1, 2, 3, 4, 5, 6, 7',
    ]


def test_an_end_before_the_beginning_is_asked_for_again(repository: Path) -> None:
    """A window that could never be open is not written."""
    renewal = ["1", "1", "30", "5", "31", "5", *ANSWER_LINES["renewal"][-2:]]
    done = run_new_authority(repository, "xyz", "--lang", "ja", stdin=type_answers(renewal=renewal))
    assert done.returncode == 0, done.stderr
    assert "もう一度お答えください: 最後の日が、最初の日より前です" in done.stdout
    assert "有効期限の30日前から、有効期限の5営業日前まで更新できます。" in done.stdout


@pytest.mark.parametrize("lines", [0, 12])
def test_who_stops_in_the_middle_leaves_nothing(repository: Path, lines: int) -> None:
    """However far one has come: no file, and one sentence that says so."""
    part = "".join(type_answers().splitlines(keepends=True)[:lines])
    done = run_new_authority(repository, "xyz", "--lang", "en", stdin=part)
    assert done.returncode == 130
    assert done.stderr.strip() == "Stopped. Nothing was written."
    assert list_changes(repository) == ""


@pytest.mark.parametrize(
    ("identifier", "message"),
    [
        ("boj", "docs/boj/ is there already, and nothing is overwritten"),
        ("check", '"check" is the address of another page'),
        ("../abc", 'got "../abc", expected small letters and digits'),
    ],
)
def test_an_id_that_cannot_be_is_refused(repository: Path, identifier: str, message: str) -> None:
    """Before the first question; nothing is overwritten, and no address is taken twice."""
    done = run_new_authority(repository, identifier, "--lang", "en", stdin=type_answers())
    assert done.returncode == 1
    assert message in done.stderr
    assert done.stdout == ""
    assert list_changes(repository) == ""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "months_before: 2",
            "months_before: two",
            '12: renewal.opens.months_before: got "two"',
        ),
        ("issuer:", "isuer:", "4: isuer: unknown name; expected one of name, system, issuer"),
        ("[renew, issue", "[renwe, issue", '27: guides: got "renwe", expected one of renew, issue'),
    ],
)
def test_a_mistake_in_the_file_is_named_by_its_line(
    repository: Path, tmp_path: Path, old: str, new: str, message: str
) -> None:
    """As every mistake in the facts; nothing is written."""
    file = tmp_path / "answers.yaml"
    text = ANSWERS.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run_new_authority(repository, "xyz", "--from", file, "--lang", "en")
    assert done.returncode == 1
    assert f"answers.yaml:{message}" in done.stderr
    assert list_changes(repository) == ""


def test_all_mistakes_in_the_file_come_in_one_run(repository: Path, tmp_path: Path) -> None:
    """Names, the rule and the guides are looked at together, each with its line."""
    file = tmp_path / "answers.yaml"
    text = ANSWERS.read_text(encoding="utf-8")
    for old, new in (
        ("issuer:", "isuer:"),
        ("months_before: 2", "months_before: two"),
        ("[renew,", "[renwe,"),
        ("email: desk@example.jp", "email: https://example.jp/desk"),
    ):
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    done = run_new_authority(repository, "xyz", "--from", file, "--lang", "en")
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [
        "isuer",
        "renewal.opens.months_before",
        "contacts.0.email",
        "guides",
    ]


def test_a_missing_file_is_named(repository: Path) -> None:
    """One sentence, no traceback."""
    done = run_new_authority(repository, "xyz", "--from", "none.yaml", "--lang", "ja")
    assert (done.returncode, done.stderr) == (1, "none.yaml がありません。\n")


def test_the_explanations_are_true(repository: Path) -> None:
    """Each example that stands there as a comment can be used as it is."""
    run_new_authority(repository, "xyz", "--from", ANSWERS, "--lang", "ja")
    path = repository / "docs/xyz/renew.yaml"
    text = path.read_text(encoding="utf-8")
    for example in ("# goal: ", "# who: ", "# needs: ", "    # screen: ", "    # then: ", "    # copy: "):
        assert example in text
        text = text.replace(example, example.replace("# ", ""))
    path.write_text(text, encoding="utf-8")
    authority = path.with_name("authority.yaml")
    facts = authority.read_text(encoding="utf-8")
    # Where one of several is to be chosen, one has been; a section without numbers has no step;
    # an approval comes after the check, which is of today.
    written = re.sub(
        r"^( *)# (?=\w+: )"
        r"(?!\w+_before:|days_after:|at:|time:|day_of_month:|if_closed:|user_id_from:|same_holder_by:)"
        r"(?!pattern:|step:|approved:)",
        r"\1",
        facts,
        flags=re.MULTILINE,
    )
    assert "\ndeleting: " in written
    authority.write_text(written, encoding="utf-8")
    assert find_violations(path, repository) + find_violations(authority, repository) == []
    try:
        load_facts(repository)
    except FactsError as error:
        pytest.fail(str(error))
    shutil.rmtree(path.parent)
