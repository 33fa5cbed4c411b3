"""The generator says each rule in one sentence and draws it, so that an editor sees what was understood."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certcheck.japan import JAPAN
from certcheck.rules.business_days import parse_business_days
from certcheck.rules.renewal import judge_renewal
from certcheck.rules.terms import parse_renewal
from macros.exports import business_calendar, publish
from macros.loading.load import load_facts
from macros.loading.wording import load_site_words
from macros.model.renewal_rule import Renewal
from macros.pages import rule_sentences
from macros.pages.timeline import draw_timelines
from tests.macros.conftest import ReplacePassage

WORDS = {"ja": "言葉", "en": "words"}


def build_rule(**fields: Any) -> Renewal:  # noqa: ANN401 - YAML's values
    """Build a rule: from thirty days before until expiry, unless told otherwise."""
    fact = {"sources": [{"document": "abc", "section": "1"}], "how": WORDS, "after": {"text": WORDS}}
    window = {"kind": "window", "opens": {"days_before": 30}, "closes": {"at": "expiry"}}
    return Renewal.model_validate({**fact, **window, **fields}, strict=False)


def describe(renewal: Renewal, language: str) -> list[str]:
    """Return the rule's sentences."""
    return list(rule_sentences.describe_rule(renewal, load_site_words(), language))


def list_marks(renewal: Renewal) -> list[str]:
    """Return each mark of the first picture after issue: its day, its events and their shapes."""
    timeline = draw_timelines(renewal, load_site_words(), "ja")[0]
    return [" ".join([mark.day, *mark.events, *mark.kinds]) for mark in timeline.marks[1:]]


@pytest.mark.parametrize(
    ("opens", "closes", "ja", "en"),
    [
        (
            {"days_before": 30},
            {"at": "expiry"},
            "有効期限の30日前から、有効期限まで更新できます。",
            "It can be renewed from 30 days before expiry until expiry.",
        ),
        (
            {"days_before": 1},
            {"at": "end_of_day_before"},
            "有効期限の1日前から、有効期限の前日まで更新できます。",
            "It can be renewed from 1 day before expiry until the day before the expiry day.",
        ),
        (
            {"months_before": 2},
            {"days_after": 30},
            "有効期限の2か月前から、有効期限の30日後まで更新できます。",
            "It can be renewed from 2 months before expiry until 30 days after expiry.",
        ),
        (
            {"business_days_before": 10},
            {"time": "17:00"},
            "有効期限の10営業日前から、有効期限の日の17:00まで更新できます。",
            (
                "It can be renewed from 10 business days before expiry "
                "until 17:00 (Japan time) on the expiry day."
            ),
        ),
        (
            {"months_before": 1},
            {"business_days_before": 1},
            "有効期限の1か月前から、有効期限の1営業日前まで更新できます。",
            "It can be renewed from 1 month before expiry until 1 business day before expiry.",
        ),
        (
            {"days_before": 30},
            {"at": "never"},
            "有効期限の30日前から、有効期限が切れたあとも更新できます。",
            "It can be renewed from 30 days before expiry onwards, and after expiry as well.",
        ),
        (
            {"days_before": 30},
            {"days_after": 1},
            "有効期限の30日前から、有効期限の1日後まで更新できます。",
            "It can be renewed from 30 days before expiry until 1 day after expiry.",
        ),
        (
            {"months_before": 2, "day_of_month": 1},
            {"business_days_before": 1, "time": "１７：００"},
            "有効期限の2か月前の月の1日から、有効期限の1営業日前の17:00まで更新できます。",
            (
                "It can be renewed from the 1st of the month 2 months before that of expiry "
                "until 17:00 (Japan time) on the day that is 1 business day before expiry."
            ),
        ),
        (
            {"days_before": 60, "if_closed": "later"},
            {"months_before": 1, "day_of_month": 20, "if_closed": "earlier"},
            (
                "有効期限の60日前（営業日でなければ、その次の営業日）から、"
                "有効期限の前の月の20日（営業日でなければ、その前の営業日）まで更新できます。"
            ),
            (
                "It can be renewed from 60 days before expiry "
                "(or, where that is no business day, the next business day) "
                "until the 20th of the month before that of expiry "
                "(or, where that is no business day, the last business day before it)."
            ),
        ),
        (
            {"months_before": 3, "day_of_month": 30},
            {"months_before": 1, "day_of_month": 31},
            (
                "有効期限の3か月前の月の30日（その日がない月は末日）から、"
                "有効期限の前の月の末日まで更新できます。"
            ),
            (
                "It can be renewed from the 30th (or, where it has none, the last day) of the month "
                "3 months before that of expiry until the last day of the month before that of expiry."
            ),
        ),
    ],
)
def test_a_window_is_one_sentence(opens: dict[str, Any], closes: dict[str, Any], ja: str, en: str) -> None:
    """Each kind of first day and of end has its words in both languages."""
    window = build_rule(opens=opens, closes=closes)
    assert (describe(window, "ja"), describe(window, "en")) == ([ja], [en])


def test_a_change_is_a_sentence_and_a_picture_of_its_own() -> None:
    """Certificates issued from a day on have another window: both windows are said and drawn, in order."""
    later = {"issued_from": "2027-04-01", "opens": {"days_before": 90}, "closes": {"at": "never"}}
    middle = {"issued_from": "2026-04-01", "opens": {"months_before": 2}, "closes": {"days_after": 30}}
    changed = build_rule(changes=[later, middle])
    assert describe(changed, "ja")[1] == (
        "2026年4月1日以降に発行された証明書は、有効期限の2か月前から、有効期限の30日後まで更新できます。"
    )
    assert describe(changed, "en")[2] == (
        "A certificate issued on 1 April 2027 or later can be renewed "
        "from 90 days before expiry onwards, and after expiry as well."
    )
    titles = [timeline.title for timeline in draw_timelines(changed, load_site_words(), "ja")]
    assert titles[1:] == [
        "証明書の発行（2026年4月1日以降）から有効期限まで",
        "証明書の発行（2027年4月1日以降）から有効期限まで",
    ]


def test_the_picture_follows_the_rule_past_expiry() -> None:
    """What the rule leaves open after expiry is drawn after it; deadlines and notices stand on their days."""
    deadline = {"what": {"ja": "申請書の締切", "en": "Forms are due"}, "business_days_before": 7}
    window = build_rule(
        opens={"months_before": 2},
        closes={"days_after": 30},
        deadlines=[deadline],
        reminders_days_before=[60],
    )
    assert list_marks(window) == [
        "有効期限の2か月前 この日から更新できます window",
        "有効期限の60日前 お知らせのメールが届きます reminder",
        "有効期限の7営業日前 申請書の締切 deadline",
        "有効期限 証明書は使えなくなりますが、更新はできます end",
        "有効期限の30日後 更新できる最後の日です last",
    ]


def test_the_picture_of_a_time_of_day() -> None:
    """A window that ends on the expiry day says at what time."""
    assert list_marks(build_rule(closes={"time": "17:00"}))[-1] == (
        "有効期限 更新は17:00（日本時間）までです 証明書は使えなくなります last end"
    )


def test_who_counts_business_days_says_which(synthetic_root: Path, replace_passage: ReplacePassage) -> None:
    """The reader is told what a business day is, and the checker gets the table; else neither is there."""
    counting = build_rule(closes={"business_days_before": 7})
    assert list(rule_sentences.explain_rule(build_rule(), load_site_words(), "ja")) == []
    assert list(rule_sentences.explain_rule(counting, load_site_words(), "en")) == [
        "Business days are counted without Saturdays, Sundays, public holidays and 29 December to 3 January."
    ]
    assert "business_days" not in publish.build_rules(load_facts(synthetic_root))
    root = replace_passage("abc/authority.yaml", "at: end_of_day_before", "business_days_before: 7")
    assert "business_days" in publish.build_rules(load_facts(root))


def test_an_application_with_a_last_day_is_one_sentence() -> None:
    """The day is said and drawn, and nobody reads that no period is given."""
    last = {"business_days_before": 1, "time": "17:00"}
    application = build_rule(kind="application", opens=None, closes=last)
    assert describe(application, "ja") == [
        "更新には申請が必要です。有効期限の1営業日前の17:00まで申請できます。"
    ]
    assert describe(application, "en") == [
        (
            "Renewal needs an application. One can apply "
            "until 17:00 (Japan time) on the day that is 1 business day before expiry."
        )
    ]
    assert list_marks(application) == [
        "有効期限の1営業日前 申請は17:00（日本時間）までです last",
        "有効期限 証明書は使えなくなります end",
    ]


@pytest.mark.parametrize(
    ("fields", "is_silent"),
    [
        ({}, True),
        ({"closes": {"days_before": 3}}, False),
        ({"deadlines": [{"what": WORDS, "days_before": 3}]}, False),
    ],
)
def test_no_period_is_said_only_where_there_is_no_day(fields: dict[str, Any], *, is_silent: bool) -> None:
    """Beside a deadline it would be wrong."""
    application = build_rule(**{"kind": "application", "opens": None, "closes": None, **fields})
    assert ("期間の記載はありません" in " ".join(list_marks(application))) == is_silent


_MOVES = st.sampled_from(["earlier", "later"])
_DAYS = st.one_of(
    st.fixed_dictionaries({"days_before": st.integers(1, 366)}, optional={"if_closed": _MOVES}),
    st.fixed_dictionaries({"business_days_before": st.integers(1, 200)}),
    st.fixed_dictionaries(
        {"months_before": st.integers(1, 36)},
        optional={"day_of_month": st.integers(1, 31), "if_closed": _MOVES},
    ),
)
_TIMES = st.builds(lambda time: f"{time:%H:%M}", st.times())
_ENDS = st.one_of(
    st.builds(lambda day, time: {**day, **({"time": time} if time else {})}, _DAYS, st.none() | _TIMES),
    st.builds(lambda days, time: {"days_after": days, "time": time}, st.integers(1, 400), _TIMES),
    st.builds(lambda time: {"time": time}, _TIMES),
    st.sampled_from([{"at": "expiry"}, {"at": "end_of_day_before"}, {"at": "never"}]),
)
TABLE = parse_business_days(business_calendar.list_closed_days(), "business_days")


@given(_DAYS, _ENDS, _DAYS, st.dates(dt.date(2024, 6, 1), dt.date(2045, 1, 1)))
def test_what_is_said_is_what_the_checker_does(
    opens: dict[str, Any], closes: dict[str, Any], deadline: dict[str, Any], expiry: dt.date
) -> None:
    """Every rule that loads is said, drawn and judged, and what was refused as reversed would be reversed.

    The checker reads days, time and order as the sentence names them.
    """
    deadlines = [{"what": WORDS, **deadline}]
    not_after = dt.datetime.combine(expiry, dt.time(23, 59, 59), JAPAN)
    try:
        rule = build_rule(opens=opens, closes=closes, deadlines=deadlines)
    except ValidationError:  # it would end before it begins
        plain = {"kind": "window", "opens": opens, "closes": closes}
        verdict = judge_renewal(parse_renewal(plain, "renewal", TABLE), not_after, not_after, not_after)
        assert verdict.opens_on
        assert verdict.closes_on
        assert verdict.opens_on > verdict.closes_on
        return
    assert len(describe(rule, "ja")) == len(describe(rule, "en")) == 1
    assert list_marks(rule)
    exported = publish.export_renewal(rule)
    is_said_by_old_keys = "terms" not in exported
    assert is_said_by_old_keys == ({"opens", "closes"} <= exported.keys())
    verdict = judge_renewal(parse_renewal(exported, "renewal", TABLE), not_after, not_after, not_after)
    assert verdict.closes_at == rule.closes.time if rule.closes else False
    assert (verdict.closes_on is None) == (closes.get("at") == "never")
    assert len(verdict.deadlines) == 1
