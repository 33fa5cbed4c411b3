"""The institution's own site as types: ``docs/site.yaml``, which no release of the project contains."""

import datetime as dt
import re
from typing import Annotated, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from macros.model.constraint_error import ConstraintError
from macros.model.evidence import Fact, Slug, Text, Words
from macros.model.language import Language

LOGO = r"^[a-z0-9-]+\.(svg|png)$"
COLOUR = r"^#[0-9a-fA-F]{6}$"
_ADDRESS = re.compile(r"https://[^\s<>\"'\\]+|mailto:[^\s<>\"'\\@]+@[^\s<>\"'\\@]+")
# White words on the colour: WCAG 2.2, 1.4.3, level AA.
_LEAST_CONTRAST = 4.5


class SiteNotice(Fact):
    """What every page says at its top, up to a day."""

    text: Text
    until: dt.date = Field(examples=[dt.date(2027, 3, 31)])


class Link(Fact):
    """A link at the foot of every page."""

    title: Text
    url: Words = Field(examples=["https://example.jp/"])

    @field_validator("url")
    @classmethod
    def _require_address(cls, url: str) -> str:
        return require_address(url)


def require_address(url: str) -> str:
    """Return an address that a page may lead to: https or mailto.

    Raises:
        ConstraintError: it is none.
    """
    if not _ADDRESS.fullmatch(url):
        raise ConstraintError("site.address", value=url)
    return url


_LINK = {"title": {"ja": "社内ポータル", "en": "Intranet"}, "url": "https://example.jp/"}
_NOTICE = {
    "text": {"ja": "4月1日は停止します。", "en": "Closed on 1 April."},
    "until": dt.date(2027, 4, 1),
}


class Site(Fact):
    """Whose site it is, which authorities it shows, and what stands around every page."""

    name: Text
    publisher: Text
    # Whether the publisher is the authority itself; then the sentence says so.
    official: bool = Field(default=False, examples=[True])
    statement: Text | None = Field(
        default=None,
        examples=[
            {"ja": "架空証券の公式の案内です。", "en": "This is Imaginary Securities' official guide."}
        ],
    )
    # In which the site's root opens; addresses stay as they are.
    first_language: Language = Field(default="ja", examples=["en"])
    # In their order; all, where it is left out.
    authorities: list[Slug] = Field(default=[], examples=[["boj", "fsa"]])
    colour: Annotated[str, StringConstraints(pattern=COLOUR)] | None = Field(
        default=None, examples=["#1f4e8c"]
    )
    # A picture in docs/, shown at the head of every guide.
    logo: Annotated[str, StringConstraints(pattern=LOGO)] | None = Field(default=None, examples=["logo.svg"])
    notice: SiteNotice | None = Field(default=None, examples=[_NOTICE])
    links: list[Link] = Field(default=[], examples=[[_LINK]])
    contact: Words | None = Field(default=None, examples=["mailto:helpdesk@example.jp"])
    security_contact: Words | None = Field(default=None, examples=["mailto:security@example.jp"])

    @field_validator("contact", "security_contact")
    @classmethod
    def _require_address(cls, url: str | None) -> str | None:
        return url and require_address(url)

    @field_validator("colour")
    @classmethod
    def _require_contrast(cls, colour: str | None) -> str | None:
        contrast = compute_contrast_with_white(colour) if colour else _LEAST_CONTRAST
        if contrast < _LEAST_CONTRAST:
            raise ConstraintError("site.contrast", value=colour, contrast=f"{contrast:.1f}")
        return colour

    @model_validator(mode="after")
    def _require_statement(self) -> Self:
        if self.official and self.statement is None:
            raise ConstraintError("site.statement")
        return self


def compute_contrast_with_white(colour: str) -> float:
    """Compute the contrast of white and a colour ``#rrggbb``, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    channels = [int(colour[position : position + 2], 16) / 255 for position in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's
        for channel in channels
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
