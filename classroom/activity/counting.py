"""Counts what people did, in a few queries, however many people there are."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from peewee import fn

from classroom.activity.span import Span
from models.change import Change
from models.changed_row import ChangedRow
from models.known_browser import KnownBrowser
from models.session import Session
from models.shared.loading import all_models
from models.user import User


class Deeds(NamedTuple):
    """Of one table: how many rows somebody made, and how many they changed."""

    made: int = 0
    changed: int = 0


class Activity(NamedTuple):
    """What somebody did. `deeds` are by table; `bars` are the rows of each part of the time."""

    user: User
    last_login: datetime | None
    last_seen: datetime | None
    deeds: Mapping[str, Deeds]
    bars: list[int]


def counted_models() -> list[Any]:
    """Those that people know by a name, and whose rows have a history."""
    return [model for model in all_models() if model.plural and model.history]


def activity_of(people: Any, span: Span) -> list[Activity]:
    """Of these people, in their order."""
    ids = people.clone().select(User.id)
    logins, uses, deeds, bars = last_logins(ids), last_uses(ids), deeds_of(ids, span), bars_of(ids, span)
    return [
        Activity(
            user=each,
            last_login=logins.get(each.id),
            last_seen=max(filter(None, (logins.get(each.id), uses.get(each.id))), default=None),
            deeds=deeds[each.id],
            bars=bars[each.id],
        )
        for each in people
    ]


def last_logins(ids: Any) -> dict[int, datetime]:
    """When each of them last logged in with a browser: it is noted with the browser, and stays when the login ends."""
    return last_used_of(KnownBrowser, ids)


def last_uses(ids: Any) -> dict[int, datetime]:
    """When each of them last asked for something, as far as their logins have not ended."""
    return last_used_of(Session, ids)


def last_used_of(model: Any, ids: Any) -> dict[int, datetime]:
    """By the ids of users, when one of their rows was used last."""
    rows = model.select(model.user, fn.MAX(model.last_used)).where(model.user.in_(ids)).group_by(model.user)
    return dict(rows.tuples())


def deeds_of(ids: Any, span: Span) -> Mapping[int, dict[str, Deeds]]:
    """By the ids of users and by tables. A row that somebody changed twice is one."""
    done = told_in(ids, span, ChangedRow.table_name, ChangedRow.done, fn.COUNT(ChangedRow.row_id.distinct()))
    found: Mapping[int, dict[str, Deeds]] = defaultdict(lambda: defaultdict(Deeds))
    for person, table, what, count in done.group_by(Change.person, ChangedRow.table_name, ChangedRow.done).tuples():
        field = {"create": "made", "update": "changed"}[what]
        found[person][table] = found[person][table]._replace(**{field: count})
    return found


def bars_of(ids: Any, span: Span) -> Mapping[int, list[int]]:
    """By the ids of users: the rows that they made or changed in each part of the time."""
    day = fn.DATE(Change.created).coerce(False)
    found: Mapping[int, list[int]] = defaultdict(lambda: [0] * span.bars)
    for person, text, count in told_in(ids, span, day, fn.COUNT(ChangedRow.id)).group_by(Change.person, day).tuples():
        found[person][span.bar_of(date.fromisoformat(str(text)))] += count
    return found


def told_in(ids: Any, span: Span, *columns: Any) -> Any:
    """What the history has of rows that these people made or changed in that time, beside who it was."""
    tables = [model._meta.table_name for model in counted_models()]
    theirs = Change.person.in_(ids) & Change.created.between(*span.moments)
    rows: Any = ChangedRow.select(Change.person, *columns).join(Change).where(theirs)
    return rows.where(ChangedRow.done.in_(["create", "update"]), ChangedRow.table_name.in_(tables))


def history_began() -> datetime | None:
    """Of when the oldest change is that is known."""
    began: datetime | None = Change.select(fn.MIN(Change.created)).scalar()
    return began
