"""What becomes of each rule that differs: a check, a reference, an index."""

from typing import Any

from models.shared.alteration.answers import Answers
from models.shared.alteration.column_steps import column_now, has
from models.shared.alteration.differences import TableDifference, words_of_index
from models.shared.alteration.facts import IndexFacts
from models.shared.alteration.plan import TablePlan
from models.shared.alteration.rows_in_words import (
    all_tables,
    first_of,
    in_rows,
    numbers_where,
    rows_in,
    rows_with_values,
    short_value,
    twins,
)
from models.shared.sql_names import sql_name


def key_steps(plan: TablePlan, difference: TableDifference, _answers: Answers) -> None:
    """The column refers to another table, or to none."""
    field, name, old = difference.field, difference.column, difference.rule
    target = field.rel_model._meta.table_name if field in plan.model._meta.refs else ""
    if old:
        plan.do("drop_key", plan.table, name)
    if not target:
        plan.say(f"{plan.name}.{field.name} refers to no row of {old} any more: it is a plain number.")
        return
    plan.say(f"{plan.name}.{field.name} refers to {target}{f' instead of {old}' * bool(old)}.")
    column = sql_name(column_now(plan, name))
    there = f"(SELECT id FROM {sql_name(target)})" if target in all_tables() else "(0)"  # noqa: S608 - a name of ours
    lost = numbers_where(plan.old, f"{column} IS NOT NULL AND {column} NOT IN {there}")
    if lost:
        rows = f"{in_rows(len(lost))} of {plan.old} {has(len(lost))}"
        plan.obstacles.append(f"{rows} a {field.name} that is no row of {target}: {first_of(lost)}. Change them first.")
    plan.do("add_key", plan.table, name, target, field.on_delete or "")


def drop_check_steps(plan: TablePlan, difference: TableDifference, _answers: Answers) -> None:
    """A rule that the class has no more."""
    plan.say(f"{plan.name} no longer asks for {difference.rule}.")
    plan.do("drop_check", plan.table, difference.rule)


def add_check_steps(plan: TablePlan, difference: TableDifference, _answers: Answers) -> None:
    """A rule that the table lacks."""
    plan.say(f"{plan.name} asks for {difference.rule} in each row.")
    against = numbers_where(plan.old, f"NOT ({difference.rule.replace('%', '%%')})")
    if against:
        plan.obstacles.append(
            f"{in_rows(len(against))} of {plan.old} {'is' if len(against) == 1 else 'are'} against the rule "
            f"{difference.rule}: {first_of(against)}. Change them first."
        )
    plan.do("add_check", plan.table, difference.rule)


def drop_index_steps(plan: TablePlan, difference: TableDifference, _answers: Answers) -> None:
    """An index that the class has no more."""
    index = known_index(difference)
    words = "Several rows may be alike in" if index.unique and index.columns else f"{plan.name} loses"
    what = ", ".join(index.columns) if index.unique and index.columns else words_of_index(index)
    plan.say(f"{words} {what}{f' of {plan.name}' * (words[0] == 'S')} from now on.")
    plan.do("drop_index", plan.table, index.name)


def add_index_steps(plan: TablePlan, difference: TableDifference, _answers: Answers) -> None:
    """An index that the table lacks."""
    index = known_index(difference)
    plan.say(f"{plan.name} gets {words_of_index(index)}.")
    if index.unique and index.columns:
        tell_twins(plan, index)
    if index.columns:
        plan.do("add_index", plan.table, index.columns, *([True] if index.unique else []))
    else:
        plan.do("sql", index.sql)


def tell_twins(plan: TablePlan, index: IndexFacts) -> None:
    """Rows that are alike where they must differ."""
    columns = [column_now(plan, column) for column in index.columns]
    there = {name for name, _facts in plan.columns.items()}
    if not there.issuperset(columns) or not rows_in(plan.old):
        return
    found = twins(plan.old, columns)
    told = [
        f"{', '.join(map(short_value, values))} (rows {first_of(rows_with_values(plan.old, columns, values))})"
        for *values, _count in found
    ]
    if told:
        plan.obstacles.append(
            f"Rows of {plan.old} must differ in {', '.join(index.columns)}, and these are twins: {first_of(told)}. "
            "Change all but one of each first."
        )


def known_index(difference: TableDifference) -> IndexFacts:
    """Of a difference that has one."""
    index: Any = difference.index
    return index
