"""Words that people use for the same thing find the same."""

from pathlib import Path

import pytest

from macros.model.facts import LANGUAGES, Facts
from macros.model.synonyms import SynonymGroup
from tests.search.conftest import Engine


def list_groups(facts: Facts) -> list[SynonymGroup]:
    """List the groups of docs/shared/synonyms.yaml."""
    assert facts.synonyms
    return facts.synonyms.groups


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_group_finds_the_same_first(
    facts: Facts, engine: Engine, indexes: Path, language: str
) -> None:
    """Whichever word a person knows, in either language, the first result is the same, and there is one."""
    index = str(indexes / f"search.{language}.json")
    words = [word for group in list_groups(facts) for word in group.words]
    found = dict(zip(words, engine({"index": index, "find": words}), strict=True))
    for group in list_groups(facts):
        firsts = {next(iter(found[word]), None) for word in group.words}
        assert len(firsts) == 1, (group.id, firsts)
        assert None not in firsts, group.id


def test_a_word_belongs_to_one_group(facts: Facts, engine: Engine) -> None:
    """A word in two groups would find only the one that is listed last."""
    pairs = [(group.id, word) for group in list_groups(facts) for word in group.words]
    spellings = engine({"fold": [word for _, word in pairs]})
    owners: dict[str, str] = {}
    for (group_id, _), spelling in zip(pairs, spellings, strict=True):
        assert owners.setdefault(spelling, group_id) == group_id, spelling


def test_groups_have_their_own_ids(facts: Facts) -> None:
    """The id stands for the group in the index."""
    ids = [group.id for group in list_groups(facts)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("long", "short"), [("アンインストール", "インストール"), ("cannot find", "find"), ("表記", "記")]
)
def test_a_part_of_a_word_is_another_word(engine: Engine, indexes: Path, long: str, short: str) -> None:
    """Katakana and Latin words count only as a whole: "uninstall" is not a kind of "install"."""
    index = str(indexes / "search.ja.json")
    found, other = engine({"index": index, "find": [long, short]})
    assert found != other


LOST = {"index#fsa.broken.lost", "index#fsa.broken", "fsa/which-form#pc-stolen", "fsa/which-form#pc-lost"}
DELETED = {"index#fsa.deleted", "index#fsa.deleted.by-mistake", "fsa/which-form#deleted-by-mistake"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("端末を盗まれました", LOST),
        ("the laptop was stolen", LOST),
        ("パソコンを紛失した", LOST),
        ("証明書を消してしまった", DELETED),
        ("I removed the certificate", DELETED),
    ],
)
def test_a_word_in_a_sentence_counts_as_well(
    engine: Engine, indexes: Path, language: str, sentence: str, expected: set[str]
) -> None:
    """Of the FSA's system alone, an answer is among the first three in whichever words it is asked for."""
    question = {"index": str(indexes / f"search.{language}.json"), "find": [sentence]}
    (ids,) = engine({**question, "scope": {"system": "fsa"}})
    assert set(ids[:3]) & expected, ids[:5]
