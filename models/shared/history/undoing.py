"""Undoing changes: what they wrote is taken back, the newest first, and all of it or nothing. It is a change itself."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from peewee import IntegrityError

from models.change import Change
from models.changed_row import ChangedRow
from models.shared.database import database
from models.shared.deletion import looked_at_in_the_end
from models.shared.fields import label_of
from models.shared.history.noted import Noted, noted_tables
from models.shared.history.refusals import CannotUndo, Refusal, name_of_state
from models.shared.history.row_states import State, delete_state, insert_state, noted_state, states_of, update_state
from models.shared.history.unfit import unfit_rows
from models.shared.loading import all_models
from models.shared.waiting import one_at_a_time

RowKey = tuple[str, int]  # a row: its table and its id
FOR_GOOD = {
    "seeded": "The sample rows were there from the start, so there is nothing before them.",
    "erased": "What was deleted for good cannot come back.",
    "restored": "A restore is taken back by the line that it printed at its end.",
}


class StepBack(NamedTuple):
    """One thing that is done to one row; `columns` are given what they have in `text`."""

    done: str  # create, update or delete
    noted: Noted
    row_id: int
    text: str = ""
    columns: tuple[str, ...] = ()


class UndoPlan:
    """How changes are undone, and what the rows will have then. Nothing is written yet."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = changes
        self.noted = {each.table: each for each in noted_tables(all_models())}
        self.models = {model._meta.table_name: model for model in all_models()}
        self.rows = newest_first(changes)
        self.now = {
            (table, row_id): state for table in self.noted for row_id, state in states_of(*self.ids_in(table)).items()
        }
        self.then: dict[RowKey, State | None] = {(row.table_name, row.row_id): None for row in self.rows}
        self.then |= {key: dict(state) for key, state in self.now.items()}
        self.refusals: list[Refusal] = []
        self.keeps_secrets = False  # a password stays as it is
        self.is_wiped = False
        self.steps = [step for row in self.rows if (step := self.step_back(row))]
        self.refusals += unfit_rows(self)

    def ids_in(self, table: str) -> tuple[Noted, list[int]]:
        """Of the rows in question that are in this table."""
        return self.noted[table], [row.row_id for row in self.rows if row.table_name == table]

    def step_back(self, row: ChangedRow) -> StepBack | None:
        """What takes back what was done to one row; nothing when it is so already."""
        if row.before is None and row.after is None:
            self.is_wiped = True  # somebody was deleted for good, with this row
            return None
        noted = self.noted.get(row.table_name)
        if not noted:
            raise CannotUndo(f"There is no table {row.table_name} with a history any more.")
        key = (row.table_name, row.row_id)
        if row.done == "create":
            return self.take_away(noted, key, noted_state(row.after))
        if row.done == "delete":
            return self.bring_back(noted, key, row.before or "{}")
        return self.set_back(noted, key, row)

    def take_away(self, noted: Noted, key: RowKey, after: State) -> StepBack | None:
        """Of a row that came."""
        state = self.then[key]
        if state is None:
            return None
        counted = {column: value for column, value in after.items() if column not in noted.counters}
        self.refuse_if_other(key, state, counted)
        self.then[key] = None
        return StepBack("delete", noted, key[1])

    def bring_back(self, noted: Noted, key: RowKey, before: str) -> StepBack:
        """A row that went."""
        known = self.then[key]
        if known is not None:
            self.refuse(key, known, "is there again", "Delete it first.")
        state = noted_state(before)
        columns = tuple(column for column in state if not noted.columns or column in noted.columns)
        self.then[key] = {column: state[column] for column in columns}
        return StepBack("create", noted, key[1], before, columns)

    def set_back(self, noted: Noted, key: RowKey, row: ChangedRow) -> StepBack | None:
        """A row whose values changed."""
        state, before, after = self.then[key], noted_state(row.before), noted_state(row.after)
        if any(column in noted.secrets for column in after):
            self.keeps_secrets = True
        if state is None:
            self.refuse(key, before, "is gone", "", lately=True)
            return None
        columns = tuple(column for column in before if column in state)
        self.refuse_if_other(key, state, {column: after[column] for column in columns})
        state |= {column: before[column] for column in columns}
        return StepBack("update", noted, key[1], row.before or "{}", columns) if columns else None

    def refuse_if_other(self, key: RowKey, state: State, known: State) -> None:
        """Unless the row still has the values that the change gave it."""
        others = [column for column, value in known.items() if column in state and state[column] != value]
        if others:
            labels = ", ".join(self.label_of_column(key[0], column) for column in others)
            self.refuse(key, state, f"has been changed since: {labels}", "", lately=True)

    def label_of_column(self, table: str, column: str) -> str:
        """What people call it."""
        fields = {field.column_name: field for field in self.models[table]._meta.sorted_fields}
        return label_of(fields[column]).lower() if column in fields else column

    def refuse(self, key: RowKey, state: State | None, reason: str, remedy: str, lately: bool = False) -> None:
        """The row stays as it is, and so does all; `lately`: another change has come since, which helps to know."""
        other = self.last_change_of(key) if lately else None
        if other:
            remedy = f"Undo change {other} first."
        model = self.models[key[0]]
        name = name_of_state(model, key[1], state)
        if (model, key[1]) not in {(each.model, each.row_id) for each in self.refusals}:
            self.refusals.append(Refusal(model, key[1], name, reason, remedy, other))

    def last_change_of(self, key: RowKey) -> int | None:
        """The newest change of the row that is not to be undone here."""
        of_row = (ChangedRow.table_name == key[0]) & (ChangedRow.row_id == key[1])
        others = of_row & ChangedRow.change.not_in([change.id for change in self.changes])
        found = ChangedRow.select(ChangedRow.change).where(others).order_by(ChangedRow.id.desc()).first()
        return found.change_id if found else None


def newest_first(changes: Sequence[Change]) -> list[ChangedRow]:
    """What they did, the last of it first."""
    return list(ChangedRow.select().where(ChangedRow.change.in_(changes)).order_by(ChangedRow.id.desc()))


def plan_to_undo(changes: Sequence[Change]) -> UndoPlan:
    """What undoing these changes would do. CannotUndo when one of them cannot be, whatever its rows."""
    for change in changes:
        if change.undone_by:
            raise CannotUndo(f"Change {change.id} is undone already, by change {change.undone_by}.")
        if change.label in FOR_GOOD:
            raise CannotUndo(FOR_GOOD[change.label])
    return UndoPlan(changes)


def undo_changes(changes: Sequence[Change], check: Callable[[UndoPlan], None] = lambda _plan: None) -> int:
    """Undo them in one transaction; the number of the change that this is.

    CannotUndo, with each row that is in the way, and then nothing has been done. What `check` raises ends it, too.
    """
    with database.atomic():
        one_at_a_time("undo")
        changes = list(Change.select().where(Change.id.in_(changes)))  # as they are now
        plan = plan_to_undo(changes)
        check(plan)
        if plan.refusals:
            raise CannotUndo("It cannot be undone.", plan.refusals)
        if not plan.steps:
            raise CannotUndo(nothing_left(plan))
        try:
            with looked_at_in_the_end():
                for step in plan.steps:
                    step_back_in(step)
        except IntegrityError:
            raise CannotUndo("It cannot be undone: the database refuses what would be written.") from None
        this = database.describe_change()
        ids = [change.id for change in changes]
        Change.update(undone_by=None).where(Change.undone_by.in_(ids)).execute()
        Change.update(undone_by=this).where(Change.id.in_(ids)).execute()
    return this


def nothing_left(plan: UndoPlan) -> str:
    """Why there is nothing to do."""
    if plan.is_wiped:
        return FOR_GOOD["erased"]
    return "A password cannot be brought back." if plan.keeps_secrets else "There is nothing left of it to undo."


def step_back_in(step: StepBack) -> None:
    """Do it."""
    if step.done == "create":
        insert_state(step.noted, step.row_id, step.text, step.columns)
    elif step.done == "update":
        update_state(step.noted, step.row_id, step.text, step.columns)
    else:
        delete_state(step.noted, step.row_id)
