"""The facts of one authority as types: its manuals, how its certificates are known, when they are renewed."""

import datetime as dt
import hashlib
import ssl
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from macros.model.constraint_error import ConstraintError
from macros.model.evidence import SHA256, Evidence, Fact, Slug, Text, Words
from macros.model.renewal_rule import Renewal


class Document(Fact):
    """A manual, with every section that the site has to carry and how many steps that section numbers."""

    id: Slug = Field(examples=["boj-manual"])
    title: Words = Field(examples=["電子証明書マニュアル"])
    short: Text
    publisher: Words = Field(examples=["株式会社東京証券取引所"])
    edition: Words | None = Field(default=None, examples=["Ver. 1.8"])
    date: dt.date | None = Field(default=None, examples=[dt.date(2025, 1, 17)])
    checked: dt.date = Field(examples=[dt.date(2026, 11, 21)])
    sections: dict[str, int] = Field(examples=[{"5.1.1(1)": 8}])


class Mark(Evidence):
    """How a certificate of this authority is recognised: one attribute of its name."""

    field: Literal["issuer.CN", "issuer.O", "subject.O", "subject.OU", "subject.CN"] = Field(
        examples=["issuer.CN"]
    )
    equals: Words | None = Field(default=None, examples=["Gaitame CA - G5"])
    pattern: Words | None = Field(default=None, examples=["^F[0-9]{6}$"])

    @model_validator(mode="after")
    def _require_one_test(self) -> Self:
        if (self.equals is None) == (self.pattern is None):
            raise ConstraintError("mark.tests")
        return self


class Anchor(Fact):
    """A CA certificate that the site's operator vouches for, whole (PEM) or by its digest."""

    pem: Words | None = None
    sha256: Annotated[str, StringConstraints(pattern=SHA256)] | None = None
    source: Words = Field(examples=["operator, compared with the paper of 2026-04-01"])
    checked: dt.date = Field(examples=[dt.date(2026, 11, 21)])
    checked_by: list[Words] = Field(default=[], examples=[["Taro Yamada", "Hanako Sato"]])

    @model_validator(mode="after")
    def _require_one_form(self) -> Self:
        if (self.pem is None) == (self.sha256 is None):
            raise ConstraintError("anchor.forms")
        return self

    def compute_fingerprint(self) -> str:
        """Return the certificate's SHA-256 as windows show it: upper-case hex in groups of two.

        Raises:
            ValueError: the PEM is none.
        """
        digest = self.sha256
        if self.pem is not None:
            digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.pem)).hexdigest()
        return bytes.fromhex((digest or "").replace(":", "")).hex(":").upper()


class Transfer(Evidence):
    """Whether a certificate may move to another PC, and how; ``allowed`` is left out where no manual says."""

    allowed: bool | None = Field(default=None, examples=[True])
    how: Text


class Deleting(Evidence):
    """Which certificates of one holder may be deleted.

    That is: what they have in common, which is the current one, and after what the older ones may go. Where
    the manual gives no rule, ``none``, and what is to be said instead.
    """

    same_holder: Literal["user_id", "beginning_of_user_id", "subject"] = Field(examples=["user_id"])
    newest: Literal["ends_last", "starts_last"] = Field(examples=["ends_last"])
    after: Literal["login", "revocation_mail", "none"] = Field(examples=["login"])
    why: Text | None = None

    @model_validator(mode="after")
    def _require_reason_for_none(self) -> Self:
        if (self.after == "none") != (self.why is not None):
            raise ConstraintError("deleting.why")
        return self


class Contact(Evidence):
    """Whom to ask about what. Every number and address is as printed."""

    id: Slug = Field(examples=["helpdesk"])
    about: Text
    name: Words = Field(examples=["CA サポートセンター"])
    phone: Words | None = Field(default=None, examples=["042-359-1029"])
    email: Words | None = Field(default=None, examples=["gaitame@boj.or.jp"])
    hours: Text | None = Field(
        default=None, examples=[{"ja": "営業日の 9:00～17:00", "en": "business days, 9:00–17:00"}]
    )
    note: Text | None = Field(
        default=None, examples=[{"ja": "利用者 ID を聞かれます。", "en": "They ask for your user ID."}]
    )


_ANCHOR = {
    "sha256": "0" * 64,
    "source": "operator, compared with the paper",
    "checked": dt.date(2026, 11, 21),
}
_DELETING = {
    "same_holder": "user_id",
    "newest": "ends_last",
    "after": "login",
    "sources": [{"document": "tse-manual", "section": "5.3"}],
}


class Authority(Fact):
    """One certification authority: whose it is, how its certificates are known, when they can be renewed."""

    name: Text
    system: Text
    # Other names, by which the search knows it as well.
    also_called: list[Words] = Field(default=[], examples=[["日銀", "BOJ"]])
    recognise: list[Mark] = Field(default=[])
    user_id: Literal["subject.CN"] | None = Field(default=None, examples=["subject.CN"])
    # What its manuals call that field.
    user_id_label: Text | None = Field(
        default=None, examples=[{"ja": "ユーザID", "en": "User ID (ユーザID)"}]
    )
    renewal: Renewal
    trust_anchors: list[Anchor] = Field(default=[], examples=[[_ANCHOR]])
    transfer: Transfer
    deleting: Deleting | None = Field(default=None, examples=[_DELETING])
    contacts: list[Contact] = Field(default=[])
    documents: list[Document] = Field(min_length=1)
    guides: list[Slug] = Field(examples=[["renew", "export"]])
