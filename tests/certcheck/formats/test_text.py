"""Text that mail, editors and web forms have altered: its encoding, its armour lines and its Base64."""

from __future__ import annotations

import base64
import html
import json
import quopri
import textwrap
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.support.mint import (
    PASSWORD,
    build_p7b,
    build_pfx,
    compute_sha256,
    encode_der,
    encode_pem,
    get_root,
    mint,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
PEM = encode_pem(HOLDER).decode()
LINES = PEM.splitlines()
BODY = "\n".join(LINES[1:-1])
FINGERPRINT = compute_sha256(HOLDER)


def list_fingerprints(file: dict[str, Any]) -> list[str]:
    """Return the SHA-256 of each certificate of a file; of none, its error."""
    return [certificate["sha256"] for certificate in file.get("certificates", [])] or file["error"]


def quote_printable(text: str) -> str:
    """Return text as mail programs write it (RFC 2045 6.7), each sign and each letter over 7E escaped."""
    return quopri.encodestring(text.encode()).decode()


ALTERED = {
    "en dashes": PEM.replace("-", "\N{EN DASH}"),
    "em dashes, one for two": PEM.replace("--", "\N{EM DASH}"),
    "full-width dashes": PEM.replace("-", "\N{FULLWIDTH HYPHEN-MINUS}"),
    "minus signs": PEM.replace("-", "\N{MINUS SIGN}"),
    "long vowel marks": PEM.replace("-", "\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}"),
    "three dashes": PEM.replace("-----", "---"),
    "six dashes": PEM.replace("-----", "------"),
    "dashes escaped as in RFC 934": PEM.replace("-----B", "- -----B").replace("-----E", "- -----E"),
    "no dashes before BEGIN": PEM.replace("-----BEGIN", "BEGIN"),
    "no dashes after END": PEM.rstrip().removesuffix("-----"),
    "the word BEGIN is lost": PEM.replace("BEGIN ", ""),
    "the line of BEGIN is lost": "\n".join(LINES[1:]),
    "the line of BEGIN is lost, prose before": "Dear all,\nhere:\n\n" + "\n".join(LINES[1:]),
    "the line of END is lost": "\n".join(LINES[:-1]),
    "BEGIN and END differ": PEM.replace("END CERT", "END X509 CERT"),
    "full-width letters": PEM.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    "no-break spaces": PEM.replace("\n", "\N{NO-BREAK SPACE}\n"),
    "ideographic spaces": PEM.replace("\n", "\n\N{IDEOGRAPHIC SPACE}"),
    "zero-width spaces": PEM.replace("M", "M\N{ZERO WIDTH SPACE}", 3),
    "soft hyphens": BODY.replace("M", "M\N{SOFT HYPHEN}", 3),
    "a mark inside": PEM.replace("M", "\N{ZERO WIDTH NO-BREAK SPACE}M", 3),
    "line separators": PEM.replace("\n", "\N{LINE SEPARATOR}"),
    "all in one line": PEM.replace("\n", " "),
    "no line ends at all": PEM.replace("\n", ""),
    "literal line ends": PEM.replace("\n", "\\n"),
    "literal Windows line ends": PEM.replace("\n", "\\r\\n"),
    "JSON": json.dumps({"certificate": PEM}),
    "JSON with escaped slashes": json.dumps([PEM]).replace("/", "\\/"),
    "JSON with escaped signs": json.dumps([PEM]).replace("+", "\\u002b").replace("=", "\\u003d"),
    "a list of lines": json.dumps(LINES, indent=1),
    "br": PEM.replace("\n", "<br>"),
    "br as in XHTML": PEM.replace("\n", "<br />\n"),
    "character references": html.escape(PEM).replace("+", "&#43;").replace("=", "&#x3d;"),
    "quoted-printable": quote_printable(PEM),
    "quoted-printable, cut short": "=\n".join(
        textwrap.wrap(PEM.replace("=", "=3D"), 30, replace_whitespace=False, drop_whitespace=False)
    ),
    "percent signs": PEM.replace("+", "%2B").replace("=", "%3D").replace("/", "%2F"),
    "quoted": textwrap.indent(PEM, "> "),
    "quoted twice": textwrap.indent(PEM, ">> "),
    "indented": textwrap.indent(PEM, "\t"),
    "without padding": PEM.replace("=", ""),
    "Base64 alone, quoted": textwrap.indent(BODY, "> "),
    "Base64 alone, literal line ends": BODY.replace("\n", "\\n"),
    "Base64 alone, with no-break spaces": BODY.replace("\n", "\N{NO-BREAK SPACE}\n"),
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ALTERED.items()])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_altered_text(inspect_file: InspectFile, text: str, encoding: str) -> None:
    """The letters of the Base64 are whole, so the certificate is read, whatever happened around them."""
    file = inspect_file(text.encode(encoding))
    assert list_fingerprints(file) == [FINGERPRINT]
    assert file["format"] == "pem"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ALTERED["en dashes"], "cp1252"),
        (ALTERED["no-break spaces"], "latin-1"),
        (ALTERED["ideographic spaces"], "cp932"),
        (ALTERED["full-width dashes"], "cp932"),
        (ALTERED["long vowel marks"], "cp932"),
        ("証明書です。\n" + PEM, "cp932"),
    ],
)
def test_text_of_one_country(inspect_file: InspectFile, text: str, encoding: str) -> None:
    """Windows saves text in its own encoding, which no mark names."""
    assert list_fingerprints(inspect_file(text.encode(encoding))) == [FINGERPRINT]


@pytest.mark.parametrize("order", [1, -1])
def test_blocks_altered_differently(inspect_file: InspectFile, order: int) -> None:
    """Each block is read by itself, in the file's order."""
    root = encode_pem(get_root()).decode()
    texts = [ALTERED["quoted"], "\nおわり\n", root.replace("-", "\N{EN DASH}")][::order]
    file = inspect_file("".join(texts).encode())
    assert list_fingerprints(file) == [FINGERPRINT, compute_sha256(get_root())][::order]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("証明書は BEGIN と END の間にあります。", id="prose"),
        pytest.param("- BEGIN of the minutes\n- END of the minutes", id="a list"),
        pytest.param("MI5 and MI6", id="letters like Base64's first"),
    ],
)
def test_prose_is_no_certificate(inspect_file: InspectFile, text: str) -> None:
    """The words of an armour line alone make no block."""
    assert inspect_file(text.encode())["error"]["code"] == "not_a_certificate"


@pytest.mark.parametrize("character", ["*", "あ", "\N{REPLACEMENT CHARACTER}", "?"])
def test_what_stands_for_a_letter_is_damage(inspect_file: InspectFile, character: str) -> None:
    """A letter that is lost is not made up."""
    text = PEM.replace(LINES[2], LINES[2][:5] + character + LINES[2][6:])
    assert inspect_file(text.encode())["error"]["code"] == "damaged"


SAVED = {"der": encode_der(HOLDER), "pfx": build_pfx(HOLDER), "p7b": build_p7b(HOLDER, encoding=Encoding.DER)}


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in SAVED.items()])
@pytest.mark.parametrize("saved_as", ["question marks", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_binary_saved_as_text(inspect_file: InspectFile, data: bytes, saved_as: str) -> None:
    """Each byte over 7F is gone for good: an own cause, since another copy of the file is whole."""
    text = data.decode("ascii", "replace")
    saved = text.encode("ascii", "replace") if saved_as == "question marks" else text.encode(saved_as)
    error = {"code": "damaged", "detail": {"found": "saved_as_text"}}
    assert inspect_file(saved, password=PASSWORD)["error"] == error


@pytest.mark.parametrize("before", [b"\r\n", b"\n\n", b" ", b"\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in SAVED.items()])
def test_what_stands_before_the_bytes(inspect_file: InspectFile, data: bytes, before: bytes) -> None:
    """A mark, a blank or a line end before DER is no damage, as those after it are none."""
    assert list_fingerprints(inspect_file(before + data, password=PASSWORD)) == [FINGERPRINT]


def test_base64_of_a_pfx(inspect_file: InspectFile) -> None:
    """What is in the Base64 is told from its bytes, a PKCS #12 too."""
    text = base64.encodebytes(SAVED["pfx"]).decode().replace("\n", "\\n")
    assert inspect_file(text.encode(), password=PASSWORD)["format"] == "pkcs12"
