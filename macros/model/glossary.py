"""The words of the site as types: ``docs/shared/glossary.yaml``."""

from typing import Literal

from pydantic import Field

from macros.model.evidence import Fact, Slug, Text, Words
from macros.model.language import Language


class AvoidedWords(Fact):
    """Words not to use in one language: a plain part of a text, compared letter by letter."""

    language: Language = Field(examples=["ja"])
    words: Words = Field(examples=["取り込"])
    # Left out where it is the term's own word.
    better: Words | None = Field(default=None, examples=["インポート"])


class Term(Fact):
    """One word for one thing, one action, or one way to put something."""

    id: Slug = Field(examples=["import"])
    kind: Literal["action", "thing", "phrase"] = Field(examples=["action"])
    word: Text = Field(examples=[{"ja": "インポートする", "en": "import"}])
    means: Text | None = Field(
        default=None, examples=[{"ja": "ファイルから加えること。", "en": "To add from a file."}]
    )
    avoid: list[AvoidedWords] = Field(default=[], examples=[[{"language": "ja", "words": "取り込"}]])

    def suggest(self, avoided: AvoidedWords) -> str:
        """Return what to write instead of words that the term avoids."""
        return avoided.better or self.word.get(avoided.language)


class Glossary(Fact):
    """All terms, and phrases in which an avoided word is right."""

    terms: list[Term] = Field(min_length=1)
    exceptions: list[Words] = Field(default=[], examples=[["「端末の設定」"]])
