"""Words that people use for the same thing when they search: ``docs/shared/synonyms.yaml``."""

from pydantic import Field

from macros.model.evidence import Fact, Slug, Words


class SynonymGroup(Fact):
    """Words, or short phrases, that the search takes for one and the same, in either language."""

    id: Slug = Field(examples=["pc"])
    ja: list[Words] = Field(min_length=1, examples=[["パソコン", "端末"]])
    en: list[Words] = Field(min_length=1, examples=[["PC", "computer"]])

    @property
    def words(self) -> list[str]:
        """All of them, of both languages: people mix them."""
        return [*self.ja, *self.en]


class Synonyms(Fact):
    """All groups."""

    groups: list[SynonymGroup] = Field(min_length=1)
