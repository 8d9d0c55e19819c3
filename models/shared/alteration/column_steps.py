"""What becomes of each column that differs: new, gone, of another type, or no longer empty."""

from typing import Any

from models.shared.alteration.answers import Answers
from models.shared.alteration.differences import TableDifference
from models.shared.alteration.plan import Question, TablePlan
from models.shared.alteration.python_text import Source, plain_field
from models.shared.alteration.rows_in_words import first_of, in_rows, rows_in, short_value
from models.shared.alteration.turning import turned, unturnable
from models.shared.sql_names import sql_name
from models.shared.start_errors import Unusable


def add_column_steps(plan: TablePlan, difference: TableDifference, answers: Answers) -> None:
    """A field without a column."""
    field, name, rows = difference.field, difference.column, rows_in(plan.old)
    value = value_for(plan, field, answers)
    place = f"{plan.name}.{field.name}"
    if rows and field.unique and value is not None and rows > 1:
        plan.obstacles.append(
            f"{place} is new and must differ in each of {in_rows(rows)}, so no one value will do. "
            f"Say null=True in it, change the table, give each row its own, then take null=True away again."
        )
    elif value is not None and not field.null:
        plan.say(f"{place} is new: {in_rows(rows)} {get(rows)} {short_value(value)}.")
        plan.do("add_column", plan.table, name, Source(field, default=value))
    elif field.null or not rows:
        then = f"{in_rows(rows)} {get(rows)} {'nothing there' if value is None else short_value(value)}"
        plan.say(f"{place} is new: {then if rows else 'there are no rows yet'}.")
        plan.do("add_column", plan.table, name, Source(field, null=True))
        if value is not None and rows:
            plan.do("fill", plan.table, name, value)
        if not field.null:
            plan.do("add_not_null", plan.table, name)
    else:
        ask_for_value(plan, field, f"{place} is new and has no default; {in_rows(rows)} {need(rows)} a value.")
        return
    if difference.rule:
        plan.do("add_key", plan.table, name, difference.rule, field.on_delete or "")


def no_longer_empty_steps(plan: TablePlan, difference: TableDifference, answers: Answers) -> None:
    """`null=True` was taken away."""
    field, name = difference.field, difference.column
    old = column_now(plan, name)
    rows = rows_in(plan.old, f"{sql_name(old)} IS NULL")
    value = value_for(plan, field, answers) if rows else None
    place = f"{plan.name}.{field.name}"
    if rows and value is None:
        ask_for_value(plan, field, f"{place} may no longer be empty; {in_rows(rows)} {need(rows)} a value.")
        return
    plan.say(f"{place} may no longer be empty{f': {in_rows(rows)} {get(rows)} {short_value(value)}' * bool(rows)}.")
    if rows:
        plan.do("fill", plan.table, name, value)
    plan.do("add_not_null", plan.table, name)


def may_be_empty_steps(plan: TablePlan, difference: TableDifference, _answers: Answers) -> None:
    """`null=True` was added."""
    plan.say(f"{plan.name}.{difference.field.name} may be empty from now on.")
    plan.do("drop_not_null", plan.table, difference.column)


def type_steps(plan: TablePlan, difference: TableDifference, answers: Answers) -> None:
    """Another type, or another order."""
    field, name = difference.field, difference.column
    new, place = plain_field(field), f"{plan.name}.{field.name}"
    bad = list(unturnable(plan.old, column_now(plan, name), new))
    words = f"{place} {difference.words.replace(f'has {name} as', 'was', 1).replace(f'has {name} in', 'was in', 1)}"
    words = words.replace(", not as ", ", and becomes ").replace(", not ", ", and becomes ")
    plan.say(f"{words}{'' if bad else '; each value can be turned'}.")
    if not bad:
        plan.do("alter_column_type", plan.table, name, Source(field))
        return
    told = [f"{number} ({short_value(value)} {why})" for number, value, why in bad]
    said = answers.default_of(plan.model, name)
    cannot = f"{in_rows(len(bad))} {has(len(bad))} a value in {place} that cannot be turned: {first_of(told)}."
    if said is None:
        empty = " An empty one is nothing." if field.null else ""
        plan.obstacles.append(f"{cannot} Change them first, or say another value for them: --default {name}=….{empty}")
        return
    value = None if said == "" and field.null else checked_value(plan, field, said)
    plan.losses.append(f"{cannot} They get {'nothing' if value is None else short_value(value)} in its place.")
    plan.do("alter_column_type", plan.table, name, Source(field), otherwise=value)


def old_column_steps(
    plan: TablePlan, difference: TableDifference, answers: Answers, new: list[TableDifference]
) -> None:
    """A column without a field: it was renamed or it goes, and that is asked."""
    name = difference.column
    rows = rows_in(plan.old, f"{sql_name(name)} IS NOT NULL")
    if answers.is_dropped(plan.model, name) or not rows_in(plan.old):
        lost = f": {in_rows(rows)} {'loses' if rows == 1 else 'lose'} a value" if rows else ", and was empty"
        (plan.losses if rows else plan.said).append(f"{plan.name}.{name} goes{lost}.")
        plan.do("drop_column", plan.table, name)
        return
    for other in new:
        if (name, other.column) not in answers.apart:
            plan.questions.append(rename_question(plan, name, other))
            return
    plan.questions.append(
        Question(
            f"{plan.name} has no {name} any more; {in_rows(rows)} {has(rows)} a value there.",
            "Let the column go with them? [y/N] ",
            f"--drop {name}",
            lambda answers, typed: answers.plus(drop=f"{plan.table}.{name}") if is_yes(typed) else None,
        )
    )


def rename_question(plan: TablePlan, name: str, other: TableDifference) -> Question:
    """One column is gone, and one of its type is new."""
    new, pair = other.column, (name, other.column)
    plan.asked.add(new)

    def take(answers: Answers, typed: str) -> Answers:
        return answers.plus(rename=(f"{plan.table}.{name}", new)) if is_yes(typed) else answers.plus(apart=pair)

    return Question(
        f"{plan.name} has no {name} any more, and {new}, of the same type, is new.",
        f"Is {new} another name for {name}? [y/N] ",
        f"--rename {name}={new}, or --drop {name}",
        take,
    )


def ask_for_value(plan: TablePlan, field: Any, text: str) -> None:
    """Whoever sits there says what the rows get."""
    name = field.column_name

    def take(answers: Answers, typed: str) -> Answers | None:
        return answers.plus(default=(f"{plan.table}.{name}", typed)) if typed.strip() else None

    plan.questions.append(Question(text, "Which one? ", f"--default {name}=…", take))


def value_for(plan: TablePlan, field: Any, answers: Answers) -> Any:
    """What rows without a value get: as somebody says, or the default of the field. None where there is neither."""
    said = answers.default_of(plan.model, field.column_name)
    if said is not None:
        return None if said == "" and field.null else checked_value(plan, field, said)
    default = field.default() if callable(field.default) else field.default
    return None if default is None else storable(field.db_value(default))


def checked_value(plan: TablePlan, field: Any, text: str) -> Any:
    """The value that `text` says, as it is stored. Unusable when it cannot be."""
    try:
        value = turned(plain_field(field), text)
    except ValueError as error:
        raise Unusable(f"--default {field.column_name}={text}: {plan.name}.{field.name} {error}") from None
    if field.choices and value not in [choice for choice, _label in field.choices]:
        known = ", ".join(str(choice) for choice, _label in field.choices)
        raise Unusable(f"--default {field.column_name}={text}: {plan.name}.{field.name} must be one of {known}")
    return storable(value)


def storable(value: Any) -> Any:
    """As a migration writes it down: a number, or a text."""
    return value if isinstance(value, bool | int | float | str | None) else str(value)


def column_now(plan: TablePlan, name: str) -> str:
    """What the column is called until the change is made."""
    return next((old for old, new in plan.renamed.items() if new == name), name)


def has(rows: int) -> str:
    """After so many rows."""
    return "has" if rows == 1 else "have"


def get(rows: int) -> str:
    """The same."""
    return "gets" if rows == 1 else "get"


def need(rows: int) -> str:
    """The same."""
    return "needs" if rows == 1 else "need"


def is_yes(typed: str) -> bool:
    """Whether somebody agrees."""
    return typed.strip().lower() in ("y", "yes")
