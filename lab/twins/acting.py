"""Runs the lines of a twin, on a copy: the same steps as of a typed expression, and the verbs of a row."""

import ast
from typing import Any

from peewee import Query, is_model  # type: ignore[attr-defined]  # its stubs forget one

from lab.twins.allowed import ASKS_AT_ONCE
from lab.twins.builder import QueryBuilder
from lab.twins.typed import NotOpen
from models.shared.rows import BaseModel

OF_CLASS = ("create", "get_by_id")
OF_ROW = ("read", "update", "delete")


class Acting(QueryBuilder):
    """`printed` are the values that its lines have printed, `last` is what the last line gave."""

    def __init__(self, models: dict[str, Any]) -> None:
        super().__init__(models)
        self.printed: list[list[Any]] = []
        self.last: Any = None

    def act(self, line: Any) -> None:
        """A line: a loop, a name, or what is called."""
        if isinstance(line, ast.For) and isinstance(line.target, ast.Name):
            for row in self.value(line.iter):
                self.remember(line.target, row)
                for inner in line.body:
                    self.act(inner)
        elif isinstance(line, ast.Expr):
            self.last = self.value(line.value)
        else:
            self.give_name(line)

    def part_of(self, owner: Any, name: str, node: ast.AST) -> Any:
        """A value of a row, what it refers to, and what refers to it."""
        if not isinstance(owner, BaseModel):
            return super().part_of(owner, name, node)
        known = {*owner._meta.fields, *(key.backref for key in owner._meta.backrefs), *owner.__dict__}
        if name[0] == "_" or name not in known:
            raise NotOpen(f"a row has no {name}.", node)
        return getattr(owner, name)

    def method(self, node: ast.Call, owner: Any, name: str, given: list[Any], named: dict[str, Any]) -> Any:
        """The verbs, too; and what asks at once, asks."""
        is_verb = (is_model(owner) and name in OF_CLASS) or (isinstance(owner, BaseModel) and name in OF_ROW)
        if is_verb or (isinstance(owner, Query) and name in ASKS_AT_ONCE):
            return getattr(owner, name)(*given, **named)
        return super().method(node, owner, name, given, named)

    def by_name(self, node: ast.Call, name: str, given: list[Any], named: dict[str, Any]) -> Any:
        """`print(…)` keeps its values as a row."""
        if name != "print":
            return super().by_name(node, name, given, named)
        self.printed.append(given)
        return None
