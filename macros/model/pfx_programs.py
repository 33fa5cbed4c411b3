"""Programs that cannot open a .pfx for the algorithms in it: ``docs/shared/pfx-programs.yaml``."""

import datetime as dt

from pydantic import Field

from macros.model.evidence import Fact, Slug, Text, Words


class PfxProgram(Fact):
    """A program, the algorithms that it refuses, and where that stands."""

    id: Slug = Field(examples=["older-windows"])
    name: Text = Field(examples=[{"ja": "Windows Server 2016", "en": "Windows Server 2016"}])
    # Named as certcheck names them (certcheck.formats.pkcs12.algorithms).
    encryption: list[Words] = Field(min_length=1, examples=[["AES-256-CBC"]])
    # With MACs, it refuses files that have one of both.
    mac: list[Words] = Field(default=[], examples=[["SHA-256"]])
    says: Text = Field(
        examples=[{"ja": "このファイルは開けません。", "en": "It cannot open this file."}],
    )
    source: Words = Field(examples=["https://docs.openssl.org/3.4/man7/EVP_CIPHER-RC2"])
    checked: dt.date = Field(examples=[dt.date(2026, 11, 30)])


class PfxPrograms(Fact):
    """The whole file."""

    programs: list[PfxProgram] = Field(default=[])
