"""From what differs to what is to be done."""

from typing import Any

from models.shared.alteration import column_steps, rule_steps
from models.shared.alteration.answers import Answers
from models.shared.alteration.column_steps import is_yes, old_column_steps
from models.shared.alteration.differences import TableDifference, differences_between
from models.shared.alteration.facts import IndexFacts, TableFacts, type_of
from models.shared.alteration.kept import is_kept_aside
from models.shared.alteration.plan import Alteration, Question, TablePlan
from models.shared.alteration.rows_in_words import all_tables, in_rows, rows_in
from models.shared.alteration.table_and_class import facts_of_class, facts_of_table
from models.shared.alteration.table_sql import plain_sql
from models.shared.loading import all_models, all_resources
from models.shared.migrating import APPLIED
from models.shared.resource import Resource
from models.shared.resource_tables import old_table_of
from models.shared.start_errors import Unusable

NO_INDEX = IndexFacts("", (), False, "", "")
STEPS_OF_KIND = {
    "no column": column_steps.add_column_steps,
    "type": column_steps.type_steps,
    "not null": column_steps.no_longer_empty_steps,
    "null": column_steps.may_be_empty_steps,
    "key": rule_steps.key_steps,
    "has check": rule_steps.drop_check_steps,
    "lacks check": rule_steps.add_check_steps,
    "has index": rule_steps.drop_index_steps,
    "lacks index": rule_steps.add_index_steps,
}


def plan_alteration(answers: Answers) -> Alteration:
    """What is to be done with these answers. Unusable for one that cannot be."""
    there, models = all_tables(), all_models()
    orphans = [table for table in sorted(there) if is_orphan(table, models)]
    moved = moved_tables(answers, there, orphans)
    tables = [plan_table(model, answers, there, moved, orphans) for model in models]
    plans = [each for each in tables if each]
    plans += [plan_orphan(table, answers) for table in orphans if table not in moved.values()]
    return Alteration(plans, answers.unused())


def moved_tables(answers: Answers, there: set[str], orphans: list[str]) -> dict[str, str]:
    """By the name of a table that is not there yet, the table that it is called now."""
    moved = {}
    for model in all_resources():
        table = model._meta.table_name
        if table in there:
            continue
        said = [old for old in orphans if answers.said_of_table(old) == table]
        old = said[0] if said else old_table_of(model, orphans)
        if old:
            moved[table] = old
    return moved


def plan_table(
    model: Any, answers: Answers, there: set[str], moved: dict[str, str], orphans: list[str]
) -> TablePlan | None:
    """What becomes of the table of this class; None where it is made by the start."""
    table = model._meta.table_name
    old = table if table in there else moved.get(table, "")
    plan = TablePlan(model, table, old)
    if not old:
        return ask_whether_moved(plan, answers, orphans)
    if old != table:
        plan.say(f"{model.__name__} has the table {old}, which is called {table} from now on.")
        plan.do("rename_table", old, table)
    compare(plan, answers, moved)
    return plan


def ask_whether_moved(plan: TablePlan, answers: Answers, orphans: list[str]) -> TablePlan | None:
    """A table is not there, and one of the same columns has no class."""
    if not issubclass(plan.model, Resource):
        raise Unusable(
            f"The table {plan.table} is not there, and {plan.name} is no Resource: write its migration by hand"
        )
    columns = {field.column_name for field in plan.model._meta.sorted_fields[1:]}
    for orphan in orphans:
        is_apart = (orphan, plan.table) in answers.apart or answers.said_of_table(orphan) is not None
        if not is_apart and set(facts_of_table(orphan).columns) == columns:
            plan.questions.append(table_question(plan, orphan))
    return plan if plan.questions else None


def table_question(plan: TablePlan, orphan: str) -> Question:
    """Whether a class has another name now."""
    pair = (orphan, plan.table)

    def take(answers: Answers, typed: str) -> Answers:
        return answers.plus(rename=pair) if is_yes(typed) else answers.plus(apart=pair)

    rows = in_rows(rows_in(orphan))
    return Question(
        f"{plan.name} has no table yet, and {orphan}, of the same columns, has {rows} and no class.",
        f"Is {plan.table} another name for {orphan}? [y/N] ",
        f"--rename {orphan}={plan.table}, or --drop {orphan}",
        take,
    )


def plan_orphan(table: str, answers: Answers) -> TablePlan:
    """A table whose class is gone stays, unless somebody says that it may go."""
    plan = TablePlan(None, table, table)
    if answers.said_of_table(table) == "":
        plan.losses.append(f"The table {table} has no class and goes with its {in_rows(rows_in(table))}.")
        plan.do("drop_table", table)
    return plan


def is_orphan(table: str, models: list[Any]) -> bool:
    """Whether it is no table of a class, and nothing of ours."""
    ours = table == APPLIED or table.startswith(("folded", "sqlite_")) or is_kept_aside(table)
    return not ours and table not in {model._meta.table_name for model in models}


def compare(plan: TablePlan, answers: Answers, moved: dict[str, str]) -> None:
    """Each difference becomes words and steps."""
    there, wanted = facts_of_table(plan.old), facts_of_class(plan.model)
    plan.columns = there.columns
    plan.renamed = renamed_columns(plan.model, there, answers)
    for old, new in plan.renamed.items():
        plan.say(f"{plan.name}.{old} is called {new} from now on.")
        plan.do("rename_column", plan.table, old, new)
    back = {old: new for new, old in moved.items()}
    found = list(differences_between(plan.model, with_new_names(there, plan.renamed, back), wanted))
    gone = [each for each in found if each.kind == "no field"]
    is_new = [each for each in found if each.kind == "no column"]
    for difference in gone:  # first, as a new column may be one of these
        alike = [each for each in is_new if is_alike(each, there.columns[difference.column].type)]
        old_column_steps(plan, difference, answers, alike)
    names = {each.column for each in gone}
    for difference in found:
        index = difference.index
        if index and difference.kind == "has index" and names.intersection(index.columns):
            plan.do("drop_index", plan.table, index.name)
        elif difference.kind in STEPS_OF_KIND and not plan.asked.intersection(
            {difference.column, *(index or NO_INDEX).columns}
        ):
            STEPS_OF_KIND[difference.kind](plan, difference, answers)


def renamed_columns(model: Any, there: TableFacts, answers: Answers) -> dict[str, str]:
    """By its old name, the new one of each column that has another one: somebody says so, or its field."""
    renamed = {}
    fields = {field.column_name: field for field in model._meta.sorted_fields[1:]}
    for old in there.columns:
        new = None if old in fields else answers.new_name(model, old)
        if new is not None:
            wanted = next((name for name in (new, f"{new}_id") if name in fields and name not in there.columns), None)
            if wanted is None:
                raise Unusable(f"--rename {old}={new}: {model.__name__} has no new field of that name")
            renamed[old] = wanted
    for name, field in fields.items():
        said = getattr(field, "renamed_from", "")
        old = next((each for each in (said, f"{said}_id") if each in there.columns and each not in fields), "")
        if said and old and name not in there.columns and old not in renamed:
            renamed[old] = name
    return renamed


def with_new_names(facts: TableFacts, columns: dict[str, str], tables: dict[str, str]) -> TableFacts:
    """As the table is when its columns, and the tables it refers to, have their new names."""

    def new(sql: str) -> str:
        return " ".join(columns.get(word, word) for word in sql.split(" "))

    indexes = [
        index._replace(columns=tuple(columns.get(each, each) for each in index.columns), on=new(index.on))
        for index in facts.indexes.values()
    ]
    return TableFacts(
        {columns.get(name, name): column for name, column in facts.columns.items()},
        {new(plain): new(plain) if columns else text for plain, text in facts.checks.items()},
        {index.on: index for index in indexes},
        {columns.get(name, name): tables.get(target, target) for name, target in facts.keys.items()},
    )


def is_alike(difference: TableDifference, old_type: str) -> bool:
    """Whether a new column is of the type of an old one."""
    return type_of(difference.field) == plain_type(old_type)


def plain_type(name: str) -> str:
    """As the class says it."""
    return name if "(" in name else plain_sql(name)
