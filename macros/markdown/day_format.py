"""Days in words."""

import datetime as dt

_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


def format_day(day: dt.date, language: str) -> str:
    """Format a day as ``2027年3月31日`` or ``31 March 2027``, whatever the locale of the machine."""
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
