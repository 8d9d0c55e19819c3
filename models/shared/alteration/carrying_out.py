"""A change is carried out in one transaction: all of it, or nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from models.shared.alteration.answers import Answers
from models.shared.alteration.kept import (
    KEPT_PREFIX,
    KeptAlteration,
    KeptTable,
    copy_rows_aside,
    how_made,
    is_kept_aside,
    next_number,
    note_alteration,
)
from models.shared.alteration.names_in_history import rename_in_history
from models.shared.alteration.plan import Alteration, TablePlan
from models.shared.alteration.planning import plan_alteration
from models.shared.alteration.remade import broken_by_names
from models.shared.alteration.rows_in_words import all_tables, rows_in
from models.shared.changing_tables import changing_tables
from models.shared.database import database, is_sqlite
from models.shared.folding import fold_some, folded
from models.shared.folding_triggers import drop_triggers, note_texts, without_triggers
from models.shared.history.triggers import keep_history
from models.shared.loading import all_models
from models.shared.migrating import APPLIED
from models.shared.resource_tables import follow_classes
from models.shared.start_errors import Unusable
from models.shared.text_indexing import drop_indexes

BATCHES = 20  # of texts that are folded in one transaction


@dataclass
class Report:
    """How many rows each table had and has, how many rows refer to one that is gone, and how long it took."""

    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)
    lost_before: int = 0
    lost_after: int = 0
    seconds: float = 0.0


def carry_out(wanted: Alteration, answers: Answers, with_rows: bool, file: "MigrationFile | None" = None) -> Report:
    """Change the tables. Unusable when they are not as they were when it was planned, or when it cannot be."""
    started, report = time.perf_counter(), Report()
    with changing_tables():
        alteration = plan_alteration(answers)
        if steps_of(alteration) != steps_of(wanted) or alteration.obstacles:
            raise Unusable("Somebody else has changed the tables meanwhile. Nothing was changed; ask again")
        report.before, report.lost_before = counts(), lost_references()
        broken = broken_by_names() if is_sqlite() else ""
        plans = [plan for plan in alteration.tables if plan.steps]
        number = next_number()
        kept = [keep_table(plan, number, place) for place, plan in enumerate(plans)]
        for are_own in (True, False):
            run_migration(alteration.migration(are_own))
        for plan in plans:
            rename_in_history(plan.old, plan.table, plan.renamed)
        if file:
            file.write()
        follow_classes(with_rows)
        make_triggers_again()
        report.after, report.lost_after = counts(), lost_references()
        refuse_damage(report, broken)
        for table in kept:
            if table.new:
                copy_rows_aside(table.new, table.after)
        words = [line for plan in plans for line in (*plan.said, *plan.losses)]
        migration = alteration.migration(True) + alteration.migration(False)
        note_alteration(KeptAlteration(number, "", words, kept, migration, file.name if file else ""))
    report.seconds = time.perf_counter() - started
    return report


def steps_of(alteration: Alteration) -> list[str]:
    """What is done, as a text."""
    return [alteration.migration(are_own) for are_own in (True, False)]


def keep_table(plan: TablePlan, number: int, place: int) -> KeptTable:
    """What the table is before anything is done."""
    before, after = (f"{KEPT_PREFIX}{number}_{place}_{word}" for word in ("before", "after"))
    forget_texts(plan.old)  # their triggers are made by the start, and not by an undo
    copy_rows_aside(plan.old, before)
    return KeptTable(
        plan.old, plan.table if plan.model else "", before, after, how_made(plan.old) | {"renamed": plan.renamed}
    )


def forget_texts(table: str) -> None:
    """No trigger, no copy and no index of the texts of `table`."""
    drop_triggers(table)
    drop_indexes(table)
    marks = folded.bind(database)
    marks.delete().where(marks.place.startswith(f"{table}.")).execute()


def make_triggers_again() -> None:
    """As the start does, but texts are not folded yet: nobody could write meanwhile."""
    for model in without_triggers(all_models()):
        note_texts(model)
    keep_history(all_models())


def fold_all() -> None:
    """Fold the texts that are not yet, some thousands at a time, while others may write."""
    for model in all_models():
        is_more = True
        while is_more:
            with database.atomic():
                is_more = all(fold_some(model) for _ in range(BATCHES))


def run_migration(text: str) -> None:
    """Do what its `up` says."""
    if text:
        from models.shared.alteration.migrator import migrator_for

        names: dict[str, Any] = {}
        exec(compile(text, "migration", "exec"), names)  # noqa: S102 - it was written here
        names["up"](migrator_for(database.obj), database.obj)


def counts() -> dict[str, int]:
    """How many rows each table has, but those that are made from others."""
    made = ("folded", "sqlite_", APPLIED)
    return {
        table: rows_in(table) for table in sorted(all_tables()) if not (table.startswith(made) or is_kept_aside(table))
    }


def lost_references() -> int:
    """How many rows refer to one that is gone; PostgreSQL has none."""
    return len(database.execute_sql("PRAGMA foreign_key_check").fetchall()) if is_sqlite() else 0


def refuse_damage(report: Report, broken_before: str) -> None:
    """Unusable when rows would refer to nothing, or a trigger or a view would name what is gone."""
    if report.lost_after > report.lost_before:
        raise Unusable(f"{report.lost_after - report.lost_before} rows would refer to rows which are gone")
    broken = broken_by_names() if is_sqlite() else ""
    if broken and not broken_before:
        raise Unusable(f"Something in the database names what would be gone: {broken}. Drop it first")


class MigrationFile:
    """The file of a migration of the house, which is there as soon as the tables have changed, and not before."""

    def __init__(self, name: str, put: Callable[[], None], note: Callable[[], None]) -> None:
        self.name, self.put, self.note = name, put, note

    def write(self) -> None:
        """In the transaction that changes the tables."""
        self.put()
        self.note()


class TakenBack(Exception):
    """All that a rehearsal has done."""


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is done inside is undone at its end: PostgreSQL changes tables within a transaction, too."""
    try:
        with changing_tables():
            yield
            raise TakenBack
    except TakenBack:
        pass
