"""Marks by which authorities are recognised, and anchors: two that may both match, what is no CA."""

import json
import shutil
from pathlib import Path

import pytest

from macros.loading.load import load_facts
from tests.macros.conftest import ReplacePassage, list_errors
from tests.support.mint import encode_pem, mint, mint_ca

AUTHORITY = "abc/authority.yaml"


def test_two_documents_of_one_id_are_named(synthetic_root: Path) -> None:
    """A source names a document by its id alone, so no other authority may use it."""
    shutil.copytree(synthetic_root / "docs/abc", synthetic_root / "docs/xyz")
    assert (
        'docs/xyz/authority.yaml:31: documents.1(abc-manual).id: "abc-manual" is a document of abc already'
        in list_errors(synthetic_root)
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("pattern: Imag.*", "equals: Imaginary CA"),
        ("pattern: Imaginary CA[0-9]*", "pattern: '[A-Z].*'"),
        ("equals: Imaginary CA\n    also: [{field: issuer.OU, equals: A}]", "equals: Imaginary CA"),
        (
            "equals: Imaginary CA\n    also: [{field: issuer.OU, pattern: A+}]",
            "equals: Imaginary CA\n    also: [{field: issuer.OU, equals: AA}]",
        ),
    ],
)
def test_marks_that_may_both_match_are_named(synthetic_root: Path, first: str, second: str) -> None:
    """Also where neither value is written as the other: a certificate must not be of two authorities."""
    copy_authority(synthetic_root, first, second)
    message = "recognise.1: a certificate may match this and recognise.1 of abc; narrow a value"
    assert any(message in line for line in list_errors(synthetic_root))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("pattern: Imag.*", "pattern: Real.*"),
        ("pattern: 'A[0-9]{6}'", "pattern: 'A[0-9]{7}'"),
        (
            "equals: Imaginary CA\n    also: [{field: issuer.OU, equals: A}]",
            "equals: Imaginary CA\n    also: [{field: issuer.OU, equals: B}]",
        ),
    ],
)
def test_marks_that_exclude_each_other_are_taken(synthetic_root: Path, first: str, second: str) -> None:
    """A field whose values differ keeps two authorities apart, whatever the others say."""
    copy_authority(synthetic_root, first, second)
    assert not [line for line in list_errors(synthetic_root) if "recognise" in line]


def copy_authority(root: Path, first: str, second: str) -> None:
    """Give the invented authority a mark, and a copy of it another one."""
    shutil.copytree(root / "docs/abc", root / "docs/xyz")
    for folder, mark in (("abc", first), ("xyz", second)):
        path = root / f"docs/{folder}/authority.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("equals: Imaginary CA", mark), encoding="utf-8")


def test_an_anchor_has_to_be_a_ca(replace_passage: ReplacePassage) -> None:
    """A holder's certificate vouches for nobody; one of a CA is taken."""
    for identity, is_ca in ((mint(), False), (mint_ca(), True)):
        pem = json.dumps(encode_pem(identity).decode())
        anchor = f"trust_anchors: [{{pem: {pem}, source: operator, checked: 2026-11-21}}]\n"
        root = replace_passage(AUTHORITY, "guides: [renew]", f"{anchor}guides: [renew]")
        lines = [] if is_ca else list_errors(root)
        assert is_ca == (not any("trust_anchors.1.pem: is no CA's certificate" in line for line in lines))
        if is_ca:
            load_facts(root)
        replace_passage(AUTHORITY, anchor, "")


def test_a_mark_of_two_authorities_is_named(synthetic_root: Path) -> None:
    """Whose a certificate is would hang on which folder comes first."""
    shutil.copytree(synthetic_root / "docs/abc", synthetic_root / "docs/xyz")
    message = 'recognise.1: got issuer.CN "Imaginary CA", by which abc is recognised; expected another value'
    assert any(message in line for line in list_errors(synthetic_root))
