"""All that somebody did lately, to be undone at once: as much of it as nothing is in the way of."""

from datetime import timedelta
from typing import Any, NamedTuple

from models.change import Change
from models.shared.fields import utc_now
from models.shared.history.changes import since
from models.shared.history.refusals import CannotUndo, Refusal
from models.shared.history.undoing import plan_to_undo


class Bulk(NamedTuple):
    """What can be undone together, and what cannot, with the reasons."""

    changes: list[Change]
    left: list[tuple[Change, list[Refusal]]]


def lately(person: int, hours: int, up_to: int | None = None) -> Bulk:
    """What `person` did in the last `hours`; `up_to` is the newest change that is meant."""
    found = since(person, utc_now() - timedelta(hours=hours))
    return what_can_be([change for change in found if up_to is None or change.id <= up_to])


def what_can_be(changes: list[Change]) -> Bulk:
    """What is in the way of one change is left out, and then it may be in the way of another."""
    left: list[tuple[Change, list[Refusal]]] = []
    while changes:
        plan = plan_to_undo(changes)
        if not plan.refusals:
            return Bulk(changes, left)
        refused = {(each.model._meta.table_name, each.row_id): each for each in plan.refusals}
        reasons: dict[Any, list[Refusal]] = {}
        for row in plan.rows:
            refusal = refused.get((row.table_name, row.row_id))
            if refusal and refusal not in reasons.setdefault(row.change_id, []):
                reasons[row.change_id].append(refusal)
        if not reasons:
            raise CannotUndo("It cannot be undone.", plan.refusals)
        left += [(change, reasons[change.id]) for change in changes if change.id in reasons]
        changes = [change for change in changes if change.id not in reasons]
    return Bulk([], left)
