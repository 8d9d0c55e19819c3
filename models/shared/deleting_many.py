"""Many rows of several tables are deleted at once, with what goes along; what others must refer to stays."""

from collections.abc import Mapping
from typing import Any

from models.shared.database import room_for_deleting
from models.shared.deletion import CASCADE, NO_ACTION, SET_NULL, Deletion, among, delete_in_order
from models.shared.history.belonging import has_owner

Ids = Mapping[Any, set[int]]  # of rows, by their models


class ManyDeletions(Deletion):
    """What goes when all these rows go: with them what is nobody's and must refer to them."""

    def __init__(self, rows: Ids) -> None:
        self.given = {model: set(ids) for model, ids in rows.items() if ids}
        self.takes_all = False
        self.ids = {model: set(ids) for model, ids in self.given.items()}
        self.found = {CASCADE: {}, SET_NULL: {}, NO_ACTION: {}}
        self.follow()

    def rule_of(self, model: type[Any], key: Any) -> str:
        """What becomes of the rows that refer by this key."""
        return CASCADE if key.on_delete == NO_ACTION and not has_owner(key.model) else super().rule_of(model, key)

    def carry_out(self) -> int:
        """In a transaction: delete them all; how many rows were asked for. `InTheWay` when they cannot be."""
        room_for_deleting()
        for model, ids in self.given.items():
            for row in model.select().where(among(model.id, ids)):
                row.before_delete()
        with self.letting_go():
            delete_in_order(self.gone)
        return sum(map(len, self.given.values()))

    def referred_to(self) -> dict[Any, set[int]]:
        """The rows among those that go to which others that stay must refer."""
        found: dict[Any, set[int]] = {}
        in_the_way = self.in_the_way
        for key, ids in self.found[NO_ACTION].items():
            rows = key.model.select(key).where(in_the_way[key.model], among(key, ids)).tuples()
            found.setdefault(key.rel_model, set()).update(number for (number,) in rows)
        return {model: ids for model, ids in found.items() if ids}


def deletion_of_most(rows: Ids) -> tuple[ManyDeletions, dict[Any, set[int]]]:
    """The deletion of those of these rows that can go, and the rows that must stay."""
    going = {model: set(ids) for model, ids in rows.items()}
    staying: dict[Any, set[int]] = {}
    while referred := (deletion := ManyDeletions(going)).referred_to():
        for model, ids in holding(going, referred).items():
            going[model] -= ids
            staying.setdefault(model, set()).update(ids)
    return deletion, {model: ids for model, ids in staying.items() if ids}


def holding(rows: Ids, referred: Ids) -> dict[Any, set[int]]:
    """Those of the rows that are referred to, or with which such a row would go."""
    direct = {model: ids & referred.get(model, set()) for model, ids in rows.items()}
    if any(direct.values()):
        return direct
    return {model: {number for number in ids if takes_along(model, number, referred)} for model, ids in rows.items()}


def takes_along(model: Any, number: int, referred: Ids) -> bool:
    """Whether one of these rows goes with that one."""
    gone = ManyDeletions({model: {number}}).ids
    return any(gone.get(other, set()) & ids for other, ids in referred.items())
