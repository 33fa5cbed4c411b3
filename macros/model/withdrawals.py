"""What the site said and takes back: ``docs/shared/withdrawals.yaml``."""

import datetime as dt

from pydantic import Field

from macros.model.evidence import Fact, Slug, Text, Words


class Withdrawal(Fact):
    """One statement that was wrong; stays in the file, since copies of it are read for long."""

    id: Slug = Field(examples=["boj-renew-open-site-2026-12"])
    day: dt.date = Field(examples=[dt.date(2026, 12, 1)])
    # The page or the step that readers of the statement are sent to now.
    at: Words = Field(examples=["boj/renew#open-site"])
    was: Text = Field(examples=[{"ja": "古い URL を開く手順", "en": "the step that opens the old address"}])
    instead: Text = Field(examples=[{"ja": "下の URL を開いてください。", "en": "Open the address below."}])

    @property
    def notice_id(self) -> str:
        """The fragment of its notice, on its page and on the page of changes."""
        return f"withdrawn-{self.id}"


class Withdrawals(Fact):
    """The whole file, in any order."""

    withdrawals: list[Withdrawal] = Field(default=[])
