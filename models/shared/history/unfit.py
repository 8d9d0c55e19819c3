"""Which rows would not fit the others, or their rules, if changes were undone: nothing is written to find that out."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from peewee import DoesNotExist

from models.shared.database import database
from models.shared.deletion import among
from models.shared.fields import label_of
from models.shared.history.refusals import Refusal, name_of_state, row_with
from models.shared.history.row_states import State
from models.shared.history.stored import stored_value
from models.shared.last_admin import LastAdminStays
from models.shared.row_checks import unique_fields
from models.shared.sql_names import sql_name


def unfit_rows(plan: Any) -> Iterator[Refusal]:
    """One refusal for each row and reason; `plan` knows what the rows have now, and would have then."""
    for key, state in plan.then.items():
        now = plan.now.get(key)
        if state is not None and state != now:
            yield from without_parents(plan, key, state, now or {})
            yield from with_taken_values(plan, key, state, now or {})
            yield from broken_rules(plan, key, state, now)
    for table, model in plan.models.items():
        gone = {row_id for (its, row_id), state in plan.then.items() if its == table and state is None}
        yield from still_referred(plan, model, {row_id for row_id in gone if (table, row_id) in plan.now})
        if issubclass(model, LastAdminStays):
            yield from without_admin(plan, model)


def without_parents(plan: Any, key: tuple[str, int], state: State, now: State) -> Iterator[Refusal]:
    """A row that would refer to one that is gone."""
    model = plan.models[key[0]]
    for field in model._meta.refs:
        parent_id, parent = state.get(field.column_name), field.rel_model
        if parent_id is None or parent_id == now.get(field.column_name):
            continue
        parent_key = (parent._meta.table_name, parent_id)
        is_there = plan.then[parent_key] is not None if parent_key in plan.then else parent.has_row(parent_id)
        if not is_there:
            other = plan.last_change_of(parent_key)
            gone = f"{parent_key[0]} {parent_id}"
            yield Refusal(
                model,
                key[1],
                name_of_state(model, key[1], state),
                f"refers to {gone}, which is gone",
                f"Undo change {other} first." if other else "",
                other,
            )


def with_taken_values(plan: Any, key: tuple[str, int], state: State, now: State) -> Iterator[Refusal]:
    """A row that would have what another one has, and only one may have."""
    model = plan.models[key[0]]
    for fields in unique_fields(model):
        columns = [field.column_name for field in fields]
        values = [stored_value(state.get(column)) for column in columns]
        if None in values or all(state.get(column) == now.get(column) for column in columns):
            continue
        for other in others_with(model, key[1], columns, values):
            known = plan.then.get((key[0], other), plan.now)
            if known is not None and (known is plan.now or [known.get(each) for each in columns] == values):
                labels = " and ".join(label_of(field) for field in fields)
                name = name_of_state(model, key[1], state)
                words = f"cannot have {labels.lower()} {', '.join(map(str, values))}: it is already taken"
                yield Refusal(model, key[1], name, words, f"Give {key[0]} {other} another one first.")
                break


def others_with(model: Any, row_id: int, columns: list[str], values: list[Any]) -> list[int]:
    """The ids of other rows that have these values."""
    where = " AND ".join(f"{sql_name(column)} = {database.obj.param}" for column in columns)
    sql = f"SELECT id FROM {sql_name(model._meta.table_name)} WHERE {where} AND id <> {row_id:d}"  # noqa: S608
    return [other for (other,) in database.execute_sql(sql, values).fetchall()]


def still_referred(plan: Any, model: Any, ids: set[int]) -> Iterator[Refusal]:
    """Rows that would be taken away, and to which others refer that would stay."""
    for field in model._meta.backrefs if ids else ():
        child = field.model
        if not child.history:
            continue  # logins and the like go along
        table = child._meta.table_name
        for row in child.select().where(among(field, ids)).order_by(child.id):
            parent_id = row.__data__[field.name]
            known = plan.then.get((table, row.id), {field.column_name: parent_id})
            if known is not None and known.get(field.column_name) == parent_id:
                key = (model._meta.table_name, parent_id)
                name = name_of_state(model, parent_id, plan.now[key])
                other = f"{table} {row.id}"  # not what it is called: it may be hidden from who is asking
                yield Refusal(model, parent_id, name, f"would go, and {other} refers to it", f"Delete {other} first.")
                break


def without_admin(plan: Any, model: Any) -> Iterator[Refusal]:
    """The last admin, who would be none any more."""
    table, column = model._meta.table_name, model._meta.fields["role"].column_name
    states = {row_id: state for (its, row_id), state in plan.then.items() if its == table}
    lost = [
        row_id
        for row_id, state in states.items()
        if plan.now.get((table, row_id), {}).get(column) == "admin" and (state or {}).get(column) != "admin"
    ]
    if lost and not any((state or {}).get(column) == "admin" for state in states.values()):
        account = model.closed.rel_model  # whose user cannot log in
        is_open = model.id.not_in(list(states)) & model.id.not_in(account.select(account.user))
        others = model.select().where((model.role == "admin") & is_open)
        if not others.exists():
            name = name_of_state(model, lost[0], plan.now[table, lost[0]])
            yield Refusal(
                model, lost[0], name, "must stay admin, as nobody else is one", "Make somebody else an admin first."
            )


def broken_rules(plan: Any, key: tuple[str, int], state: State, now: State | None) -> Iterator[Refusal]:
    """A row that others have changed, too, so that its values do not go together any more."""
    if now is None:
        return
    model = plan.models[key[0]]
    columns = {field.name: column for column, field in model._meta.columns.items()}
    with suppress(TypeError, AttributeError, DoesNotExist):
        known = set(row_with(model, key[1], now).problems())
        for name, message in row_with(model, key[1], state).problems():
            column = columns.get(name)
            if (name, message) not in known and column and state.get(column) != now.get(column):
                yield Refusal(model, key[1], name_of_state(model, key[1], state), f"is refused: {name} {message}")
