"""The picture of a certificate's life follows from the rule alone."""

import pytest

from macros.facts import Facts
from macros.timeline import timelines
from macros.words import site_words

OPENS, MAIL = "この日から更新できます", "お知らせのメールが届きます"
EXPECTED = {
    # 5.1.1: from 30 days before; mails 30 and 7 days before.
    "boj": [
        ("発行", "wait"),
        (f"有効期限の30日前 {OPENS} {MAIL}", "open"),
        (f"有効期限の7日前 {MAIL}", "open"),
        ("有効期限 証明書は使えなくなります", "over"),
    ],
    # 1.1: mails 30 days before; 9.3.5: renewal after expiry, too.
    "fsa": [
        ("発行", "wait"),
        (f"有効期限の30日前 {OPENS} {MAIL}", "open"),
        ("有効期限 証明書は使えなくなりますが、更新はできます", "open"),
    ],
    # Row 14: by application; no period is printed.
    "jasdec": [("発行", "wait"), ("有効期限 更新は申請します（期間の記載なし）", "over")],
    # 5: from 30 days before until the day before.
    "tse": [
        ("発行", "wait"),
        (f"有効期限の30日前 {OPENS}", "open"),
        ("有効期限の前日 更新できる最後の日です", "over"),
        ("有効期限 証明書は使えなくなります", "over"),
    ],
}


@pytest.mark.parametrize("authority", EXPECTED)
def test_the_marks_are_those_of_the_rule(facts: Facts, authority: str) -> None:
    """First day, notices, last day and expiry stand in order; between them, whether renewal is possible."""
    folder = next(folder for folder in facts.authorities if folder.id == authority)
    (life,) = timelines(folder.authority.renewal, site_words(), "ja")
    marks = life.marks
    assert [(" ".join([mark.when, *mark.what]), mark.until_next) for mark in marks] == EXPECTED[authority]
