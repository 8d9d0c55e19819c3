"""What a table is and what its class makes of one, on either engine."""

from typing import Any

from models.shared.alteration.facts import INDEX, TableFacts, facts_of_sql, indexes_of_class, is_plain, keys_in
from models.shared.alteration.remade import sql_around, sql_of_table
from models.shared.database import is_sqlite


def facts_of_table(table: str) -> TableFacts:
    """As the database has it."""
    if not is_sqlite():
        from models.shared.alteration.postgresql_facts import facts_of_relation

        return facts_of_relation(table, keys_in(table))
    sql = sql_of_table(table)
    keys = keys_in(table) if "REFERENCES" in sql.upper() else {}
    return facts_of_sql(sql, sql_around(table), keys)


def facts_of_class(model: Any) -> TableFacts:
    """As the class says."""
    keys = {field.column_name: field.rel_model._meta.table_name for field in model._meta.refs}
    if is_sqlite():
        return facts_of_sql(sql_of_class(model), indexes_of_class(model), keys)
    from models.shared.alteration.postgresql_facts import facts_of_plain_class, facts_of_relation, made_aside

    if is_plain(model):
        return facts_of_plain_class(model, keys)
    with made_aside(model) as relation:
        return facts_of_relation(relation, keys)


def is_same_sql(model: Any) -> bool:
    """Whether SQLite has made the table by exactly what the class says now, so that nothing needs to be compared."""
    if not is_sqlite():
        return False
    table = model._meta.table_name
    made = {sql for sql in sql_around(table) if INDEX.match(sql)}
    return sql_of_table(table) == sql_of_class(model) and made == set(indexes_of_class(model))


def sql_of_class(model: Any) -> str:
    """What makes its table."""
    return str(model._schema._create_table(safe=False).query()[0])
