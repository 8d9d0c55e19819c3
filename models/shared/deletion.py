"""What deleting a row does to others: some go with it, some stay without their reference, some are in the way."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, Expression, PostgresqlDatabase, sort_models  # type: ignore[attr-defined]  # its stubs forget it

from models.shared.database import database, is_sqlite
from models.shared.old_pictures import let_go_of_pictures, picture_fields
from models.shared.row_checks import Invalid
from models.shared.rules import WHEN_DELETED
from models.shared.waiting import locked

CASCADE, SET_NULL, NO_ACTION = WHEN_DELETED
NAMED = 10  # of rows that a message names

Rows = dict[Any, Any]  # by their model, the condition that they meet


class Deletion:
    """What goes when `row` goes. `takes_all`: nothing is in the way, as what would be goes too."""

    def __init__(self, row: Any, takes_all: bool = False) -> None:
        self.row, self.takes_all = row, takes_all or row.takes_all
        self.ids: dict[Any, set[int]] = {type(row): {row.id}}  # of those to whose tables others refer
        self.found: dict[str, dict[Any, set[int]]] = {CASCADE: {}, SET_NULL: {}, NO_ACTION: {}}  # what keys refer to
        self.follow()

    def follow(self) -> None:
        """Find all that refers to the row, and to what goes with it."""
        news = [(model, set(ids)) for model, ids in self.ids.items()]
        while news:
            model, ids = news.pop()
            for key in model._meta.backrefs:
                rule = self.rule_of(model, key)
                self.found[rule].setdefault(key, set()).update(ids)
                if rule == CASCADE and key.model._meta.backrefs:
                    known = self.ids.setdefault(key.model, set())
                    if more := ids_of(key.model, among(key, ids)) - known:
                        known |= more
                        news.append((key.model, more))

    def rule_of(self, model: type[Any], key: Any) -> str:
        """What becomes of the rows that refer by this key to some of `model`."""
        goes = key.name in model.takes_along or (self.takes_all and key.on_delete == NO_ACTION)
        return CASCADE if goes else str(key.on_delete)

    @property
    def gone(self) -> Rows:
        """The rows that go, and the row itself."""
        leaves = {model: where for model, where in self.by_model(CASCADE).items() if model not in self.ids}
        return leaves | {model: among(model.id, ids) for model, ids in self.ids.items() if ids}

    @property
    def goes_too(self) -> Rows:
        """The same without the row itself."""
        own, gone = type(self.row), self.gone
        others = gone.pop(own) & (own.id != self.row.id)
        return gone if len(self.ids[own]) == 1 else gone | {own: others}

    @property
    def emptied(self) -> Rows:
        """The rows that stay, and refer to nothing any more."""
        return self.staying(SET_NULL)

    @property
    def in_the_way(self) -> Rows:
        """The rows that stay, and must refer to what would go."""
        return self.staying(NO_ACTION)

    def staying(self, rule: str) -> Rows:
        """Those of the rows with this rule that do not go by another one."""
        gone = self.gone
        return {
            model: where & model.id.not_in(model.select(model.id).where(gone[model])) if model in gone else where
            for model, where in self.by_model(rule).items()
        }

    def by_model(self, rule: str) -> Rows:
        """The rows of each model that refer by a key with this rule."""
        found: dict[Any, list[Any]] = defaultdict(list)
        for key, ids in self.found[rule].items():
            found[key.model].append(among(key, ids))
        return {model: reduce(or_, conditions) for model, conditions in found.items()}

    def part(self) -> None:
        """Rows that go let go of each other where they can: SQLite follows them a thousand times and no further."""
        for key in self.found[CASCADE]:
            if key.null and key.model in self.ids:
                key.model.update({key: None}).where(among(key.model.id, self.ids[key.model])).execute()

    def carry_out(self) -> int:
        """In a transaction: delete them all; 0 when the row itself is gone. `InTheWay` when it cannot be."""
        own, others = type(self.row), self.goes_too
        with self.letting_go():
            delete_in_order(others)
            return int(own.delete().where(own.id == self.row.id).execute())

    @contextmanager
    def letting_go(self) -> Iterator[None]:
        """Where the rows are deleted: nothing is in the way, and what refers to them and stays refers to nothing."""
        if any(model.select(model.id).where(where).exists() for model, where in self.in_the_way.items()):
            raise InTheWay(self)
        for model, where in self.gone.items():
            let_go_of_pictures(picture_fields(model), where)
        with looked_at_in_the_end():
            for key, ids in self.found[SET_NULL].items():
                key.model.update({key: None}).where(among(key, ids)).execute()
            self.part()
            yield


def delete_in_order(rows: Rows) -> None:
    """Children before parents."""
    for model in reversed(sort_models(rows)):
        model.delete().where(rows[model]).execute()


class InTheWay(Invalid):
    """A row that others must refer to, and so it stays. `deletion` knows which."""

    def __init__(self, deletion: Deletion) -> None:
        self.deletion = deletion
        rows = {model.plural: model.select().where(where) for model, where in deletion.in_the_way.items()}
        names = {plural: in_a_sentence(*first_names(query)) for plural, query in rows.items()}
        super().__init__({plural: f"refer to it: {words}" for plural, words in names.items()})


def first_names(rows: Any) -> tuple[list[str], int]:
    """What the first rows of a query are called, and how many there are in all."""
    total: int = rows.count()
    return [name_of_row(row) for row in rows.order_by(rows.model.id).limit(NAMED)] if total else [], total


def name_of_row(row: Any) -> str:
    """What its class calls the row."""
    try:
        return str(row)
    except TypeError:  # its own `__str__` gives none
        return f"{row._meta.table_name} {row.id}"


def in_a_sentence(names: list[str], total: int) -> str:
    """In a sentence: some names, and how many there are beside them."""
    more = f" and {total - len(names):,} more" if total > len(names) else ""
    return ", ".join(name.rstrip(".") for name in names) + more


def among(key: Any, ids: set[int]) -> Expression:
    """Whether the column has one of these ids. They are written out, as a database takes so many parameters only."""
    return Expression(key, "IN", SQL(f"({', '.join(map(str, sorted(ids)))})"))


def ids_of(model: Any, where: Expression) -> set[int]:
    """Of the rows that meet the condition: they stay as they are until the transaction ends, if there is one."""
    rows = model.select(model.id).where(where)
    return {row_id for (row_id,) in (locked(rows) if database.in_transaction() else rows).tuples()}


@contextmanager
def looked_at_in_the_end() -> Iterator[None]:
    """Rows that must refer to each other, or to themselves, go one after the other."""
    if is_sqlite():
        database.execute_sql("PRAGMA defer_foreign_keys = 1")  # until the transaction ends
    is_postgresql = isinstance(database.obj, PostgresqlDatabase)
    if is_postgresql:
        database.execute_sql("SET CONSTRAINTS ALL DEFERRED")
    yield
    if is_postgresql:
        database.execute_sql("SET CONSTRAINTS ALL IMMEDIATE")
