"""The SQL that Peewee makes of a query: it is asked to run it, by a database that only listens."""

import ast
from typing import Any

from lab.twins.builder import QueryBuilder
from lab.twins.steps import End
from lab.twins.typed import NotOpen, parsed
from models.shared.database import database
from models.shared.loading import all_models


class Caught(Exception):
    """What would have been asked."""

    def __init__(self, sql: str, values: list[Any]) -> None:
        self.sql, self.values = sql, values
        super().__init__()


class Listener:
    """In place of a database: it takes the query, and asks nobody."""

    def execute(self, query: Any, **_options: Any) -> Any:
        """As Peewee's. It never comes back."""
        raise Caught(*database.get_sql_context().parse(query))


def sql_of_expression(text: str) -> tuple[str, list[Any]]:
    """The SQL of what somebody has typed, and its values. NotOpen, with the reason, for what may not be typed."""
    tree = parsed(text)
    return sql_of(QueryBuilder({model.__name__: model for model in all_models()}).query_of(tree), tree)


def sql_of(query: Any, tree: ast.AST) -> tuple[str, list[Any]]:
    """The SQL of a query, and its values."""
    try:
        if isinstance(query, End) and query.name != "execute":
            getattr(query.query, query.name)(database=Listener())
        Listener().execute(query.query if isinstance(query, End) else query)
    except Caught as caught:
        return caught.sql, list(caught.values)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is only told
        raise NotOpen(f"Peewee cannot write this as SQL: {str(error)[:200] or type(error).__name__}") from None
    raise NotOpen("This asks nothing.", tree)
