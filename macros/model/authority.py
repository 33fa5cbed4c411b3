"""The facts of one authority as types: its manuals, how its certificates are known, when they are renewed."""

import datetime as dt
import re
from typing import Annotated, Any, Literal, Self

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from certcheck.errors import UnusableInput
from certcheck.rules.patterns import LONGEST, PatternError, parse_pattern
from certcheck.x509.certificate import Certificate, load_certificate
from certcheck.x509.extensions import UNREADABLE
from macros.model.constraint_error import ConstraintError
from macros.model.evidence import (
    APPROVAL,
    SHA256,
    Approval,
    Evidence,
    Fact,
    Slug,
    Text,
    Words,
    fold_width,
    require_second_person,
)
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
    # Who compared the authority's facts with it, and who else agrees. The pages say so.
    checked_by: list[Words] = Field(default=[], examples=[["Taro Yamada"]])
    approved: Approval | None = Field(default=None, examples=[APPROVAL])
    sections: dict[str, int] = Field(examples=[{"5.1.1(1)": 8}])

    @model_validator(mode="after")
    def _require_second_person(self) -> Self:
        require_second_person(self.checked, self.checked_by, self.approved)
        return self


class FieldTest(Fact):
    """What one attribute of a certificate's names has to be."""

    field: Literal["issuer.CN", "issuer.O", "issuer.OU", "subject.O", "subject.OU", "subject.CN"] = Field(
        examples=["issuer.CN"]
    )
    equals: Words | None = Field(default=None, examples=["Gaitame CA - G5"])
    # A small part of regular expressions, see certcheck.rules.patterns.
    pattern: Words | None = Field(default=None, examples=["F[0-9]{6}"])

    @field_validator("pattern")
    @classmethod
    def _require_pattern(cls, pattern: str | None) -> str | None:
        try:
            parse_pattern(pattern or "-")
        except PatternError as error:
            raise ConstraintError("mark.pattern", longest=LONGEST, rest=str(error)) from error
        return pattern

    @model_validator(mode="after")
    def _require_one_test(self) -> Self:
        if (self.equals is None) == (self.pattern is None):
            raise ConstraintError("mark.tests")
        return self


_ALSO = {"field": "issuer.OU", "equals": "Client CA"}


class Mark(FieldTest, Evidence):
    """How a certificate of this authority is recognised: an attribute, and what others have to be as well."""

    also: list[FieldTest] = Field(default=[], examples=[[_ALSO]])

    @property
    def tests(self) -> list[FieldTest]:
        """All that has to hold together."""
        return [self, *self.also]


class UserIdOrigin(Fact):
    """Where a certificate holds its user's ID, when that is no whole attribute ``subject.CN``."""

    field: Literal[
        "subject.CN",
        "subject.O",
        "subject.OU",
        "subject.UID",
        "subject.serialNumber",
        "subjectAltName.rfc822Name",
        "subjectAltName.UPN",
    ] = Field(examples=["subject.CN"])
    before: Words | None = Field(default=None, examples=["-"])


def _fold_fingerprint(value: Any) -> Any:  # noqa: ANN401 - unchecked YAML
    """Fold a fingerprint as Windows and OpenSSL print it, with colons, spaces or capitals."""
    value = fold_width(value)
    return re.sub("[: ]", "", value).lower() if isinstance(value, str) else value


class Anchor(Fact):
    """A CA certificate that the site's operator vouches for, whole (PEM) or by its digest."""

    pem: Words | None = None
    sha256: Annotated[str, StringConstraints(pattern=SHA256), BeforeValidator(_fold_fingerprint)] | None = (
        None
    )
    source: Words = Field(examples=["operator, compared with the paper of 2026-04-01"])
    checked: dt.date = Field(examples=[dt.date(2026, 11, 21)])
    checked_by: list[Words] = Field(default=[], examples=[["Taro Yamada", "Hanako Sato"]])

    @field_validator("pem")
    @classmethod
    def _require_ca(cls, pem: str | None) -> str | None:
        try:
            is_ca = pem is None or _load_pem(pem).is_ca
        except (UnusableInput, *UNREADABLE) as error:
            raise ConstraintError("anchor.pem") from error
        if not is_ca:
            raise ConstraintError("anchor.no-ca")
        return pem

    @model_validator(mode="after")
    def _require_one_form(self) -> Self:
        if (self.pem is None) == (self.sha256 is None):
            raise ConstraintError("anchor.forms")
        return self

    def compute_fingerprint(self) -> str:
        """Return the certificate's SHA-256 as windows show it: upper-case hex in groups of two."""
        digest = _load_pem(self.pem).sha256 if self.pem is not None else self.sha256
        return bytes.fromhex(digest or "").hex(":").upper()


def _load_pem(pem: str) -> Certificate:
    """Load a certificate as the checker does.

    Raises:
        UnusableInput: the checker cannot read it; or an exception of :data:`UNREADABLE`.
    """
    return load_certificate(x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER))


class Transfer(Evidence):
    """Whether a certificate may move to another PC, and how; ``allowed`` is left out where no manual says."""

    allowed: bool | None = Field(default=None, examples=[True])
    how: Text


class Deleting(Evidence):
    """Which certificates of one holder may be deleted.

    That is: what they have in common, which is the current one, and after what the older ones may go. Where
    the manual gives no rule, ``none``, and what is to be said instead.
    """

    same_holder: Literal["user_id", "beginning_of_user_id", "subject"] | None = Field(
        default=None, examples=["user_id"]
    )
    # Instead: attributes of the subject that all have to be the same.
    same_holder_by: list[
        Literal["subject.CN", "subject.O", "subject.OU", "subject.UID", "subject.serialNumber"]
    ] = Field(default=[], examples=[["subject.O", "subject.CN"]])
    newest: Literal["ends_last", "starts_last"] = Field(examples=["ends_last"])
    after: Literal["login", "revocation_mail", "none"] = Field(examples=["login"])
    why: Text | None = None

    @model_validator(mode="after")
    def _require_reason_for_none(self) -> Self:
        if (self.after == "none") != (self.why is not None):
            raise ConstraintError("deleting.why")
        if (self.same_holder is None) != bool(self.same_holder_by):
            raise ConstraintError("deleting.holder")
        return self


def require_mail_address(email: str) -> str:
    """Return a mail address.

    Raises:
        ConstraintError: it is none.
    """
    if re.match(r"https?:|www\.", email):
        raise ConstraintError("contact.email-is-url")
    if not re.fullmatch(r"[^@\s<>()\[\]\\]+@[\w-]+(\.[\w-]+)+", email):
        raise ConstraintError("contact.email", value=email)
    return email


def require_web_address(url: str) -> str:
    """Return a web address.

    Raises:
        ConstraintError: it is none.
    """
    if "@" in url and "/" not in url:
        raise ConstraintError("contact.url-is-mail")
    if not re.fullmatch(r"https://[^\s<>()\[\]\\\"]+", url):
        raise ConstraintError("contact.url", value=url)
    return url


MailAddress = Annotated[Words, AfterValidator(require_mail_address)]
WebAddress = Annotated[Words, AfterValidator(require_web_address)]


class Contact(Evidence):
    """Whom to ask about what. Every number and address is as printed."""

    id: Slug = Field(examples=["helpdesk"])
    about: Text
    name: Words = Field(examples=["CA サポートセンター"])
    phone: Words | None = Field(default=None, examples=["042-359-1029"])
    email: MailAddress | None = Field(default=None, examples=["gaitame@boj.or.jp"])
    url: WebAddress | None = Field(default=None, examples=["https://example.jp/contact"])
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
    # Instead: the part of an attribute, or another name.
    user_id_from: UserIdOrigin | None = Field(default=None, examples=[{"field": "subject.CN", "before": "-"}])
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
    # Kept off the published site with all its guides, and shown in the preview.
    draft: bool = Field(default=False, examples=[True])

    @model_validator(mode="after")
    def _require_one_user_id(self) -> Self:
        if self.user_id and self.user_id_from:
            raise ConstraintError("authority.user-id")
        return self
