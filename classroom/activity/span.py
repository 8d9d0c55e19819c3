"""From which day to which one it is asked for; a week where nothing is said. Days are those of UTC."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from models.shared.fields import utc_now
from models.shared.row_checks import Invalid
from routes.shared.history.asked import is_day
from routes.shared.query import query

USUAL_DAYS = 7
MOST_BARS_OF_TIME = 30


class Span(NamedTuple):
    """Both days are in it."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.until - self.since).days + 1

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Its first and its last second."""
        return datetime.combine(self.since, time()), datetime.combine(self.until, time(23, 59, 59))

    @property
    def days_of_bar(self) -> int:
        """How many days a bar of the picture stands for, so that there are not many bars."""
        return -(-self.days // MOST_BARS_OF_TIME)

    @property
    def bars(self) -> int:
        """How many of them there are."""
        return -(-self.days // self.days_of_bar)

    def bar_of(self, day: date) -> int:
        """In which one a day is."""
        return (day - self.since).days // self.days_of_bar


def asked_span() -> Span:
    """As the address says it. `Invalid` for what is no day, and for an end before the start."""
    texts = {name: text.strip() for name, text in query(("since", "until")).items()}
    if problems := dict(wrong_days(texts)):
        raise Invalid(problems)
    until = date.fromisoformat(texts["until"]) if texts.get("until") else utc_now().date()
    first = date.min if until < date.min + timedelta(USUAL_DAYS) else until - timedelta(USUAL_DAYS - 1)
    since = date.fromisoformat(texts["since"]) if texts.get("since") else first
    if since > until:
        raise Invalid({"since": "must not be after until"})
    return Span(since, until)


def wrong_days(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with which one."""
    for name, text in texts.items():
        if name not in ("since", "until"):
            yield name, "is not a field"
        elif text and not is_day(text):
            yield name, "must be a date like 2008-04-05"
