"""Makes a query of what somebody has typed. Each step is looked up in `allowed.py`; nothing is evaluated by Python."""

import ast
from collections.abc import Callable
from typing import Any

from peewee import JOIN, Query, SelectBase, is_model  # type: ignore[attr-defined]  # its stubs forget one

from lab.twins.allowed import ASKS_AT_ONCE, FINDS_ONE, KINDS_OF_JOIN
from lab.twins.arguments import JoinWords, check_arguments
from lab.twins.steps import (
    CALLABLE,
    HINTS,
    End,
    attempt,
    called_by_name,
    field_named,
    found_at_once,
    function_of_sql,
    methods_of,
    two_sides,
    with_sign,
)
from lab.twins.typed import NotOpen, constant, whole_size, word

TAKEN_NAMES = ("fn", "JOIN", "Case", "date", "datetime", "print")


class QueryBuilder:
    """Builds one query of these models, by their names."""

    def __init__(self, models: dict[str, Any]) -> None:
        self.names = dict(models)
        self.sizes: dict[str, int] = {}  # how many parts a name of one's own stands for
        self.parts: dict[type[ast.AST], Callable[[Any], Any]] = {
            ast.Constant: constant,
            ast.Name: self.named,
            ast.Attribute: self.attribute,
            ast.Call: self.called,
            ast.List: lambda node: [self.value(each) for each in node.elts],
            ast.Tuple: lambda node: tuple(self.value(each) for each in node.elts),
            ast.UnaryOp: lambda node: with_sign(node, self.value(node.operand)),
            ast.BinOp: lambda node: two_sides(node, node.op, self.value(node.left), self.value(node.right)),
            ast.Compare: self.compared,
        }

    def query_of(self, tree: ast.Module) -> Any:
        """The query of the last line. The lines before it may give names: `other = User.alias()`."""
        *before, last = tree.body or [ast.Pass()]
        for line in before:
            self.give_name(line)
        whole_size(last, self.sizes)
        if not isinstance(last, ast.Expr):
            raise NotOpen("The last line is to be a query, like User.select().", last)
        found = self.value(last.value)
        if not isinstance(found, Query | End):
            raise NotOpen("This is no query yet: begin with a class and .select(), like User.select().", last)
        return found

    def give_name(self, line: Any) -> None:
        """A line like `other = User.alias()`."""
        if not isinstance(line, ast.Assign) or len(line.targets) != 1 or not isinstance(line.targets[0], ast.Name):
            raise NotOpen("Before the last line, a line is like: other = User.alias()", line)
        size = whole_size(line.value, self.sizes)
        self.remember(line.targets[0], self.value(line.value))
        self.sizes[line.targets[0].id] = size

    def remember(self, target: ast.Name, value: Any) -> None:
        """From here on, the name stands for this."""
        name = word(target.id, target)
        if name in TAKEN_NAMES or is_model(self.names.get(name)):
            raise NotOpen(f"{name} is there already: take another name.", target)
        self.names[name] = value

    def value(self, node: ast.AST) -> Any:
        """What a part of the text stands for."""
        build = self.parts.get(type(node))
        if build is None:
            sign: Any = type(getattr(node, "op", None))
            raise NotOpen(HINTS.get(sign, "this cannot be written here."), node)
        return build(node)

    def named(self, node: ast.Name) -> Any:
        """A class, or a name that an earlier line gave."""
        if node.id not in self.names:
            known = ", ".join(sorted(self.names))
            raise NotOpen(f"there is no {node.id[:40]}. What there is: {known}, fn and JOIN.", node)
        return self.names[node.id]

    def attribute(self, node: ast.Attribute) -> Any:
        """A column of a class or of a subquery, or a kind of join."""
        owner = node.value
        if isinstance(owner, ast.Name) and owner.id == "JOIN":
            if node.attr not in KINDS_OF_JOIN:
                raise NotOpen(f"JOIN has {', '.join(KINDS_OF_JOIN)}.", node)
            return JoinWords(JOIN[node.attr])
        if isinstance(owner, ast.Attribute) and owner.attr == "c":
            query: Any = self.value(owner.value)
            if not isinstance(query, SelectBase) or not getattr(query, "_alias", ""):
                raise NotOpen('.c is of a query that has a name: .alias("totals").', node)
            return getattr(query.c, word(node.attr, node))
        return self.part_of(self.value(owner), node.attr, node)

    def part_of(self, owner: Any, name: str, node: ast.AST) -> Any:
        """What a class has by this name."""
        return field_named(owner, name, node)

    def called(self, node: ast.Call) -> Any:
        """A method of a class, a query or a column; a function of SQL; a day."""
        given = [self.value(each) for each in node.args]
        named = {each.arg or "": self.value(each.value) for each in node.keywords}
        if "" in named:
            raise NotOpen("** cannot be written here.", node)
        if isinstance(node.func, ast.Name):
            return self.by_name(node, node.func.id, given, named)
        if not isinstance(node.func, ast.Attribute):
            raise NotOpen(CALLABLE, node)
        owner = node.func.value
        if isinstance(owner, ast.Name) and owner.id == "fn":
            return function_of_sql(node, node.func.attr, given, named)
        return self.method(node, self.value(owner), node.func.attr, given, named)

    def by_name(self, node: ast.Call, name: str, given: list[Any], named: dict[str, Any]) -> Any:
        """What is no method."""
        return called_by_name(node, name, given, named)

    def method(self, node: ast.Call, owner: Any, name: str, given: list[Any], named: dict[str, Any]) -> Any:
        """What the method gives."""
        methods = methods_of(owner)
        if name not in methods:
            raise NotOpen(f"there is no .{name[:40]}() here. What there is: {', '.join(methods) or 'nothing'}.", node)
        check_arguments(node, name, methods[name], given, named)
        if is_model(owner):
            for keyword in node.keywords:
                field_named(owner, keyword.arg or "", keyword.value)
            if name in FINDS_ONE:
                return found_at_once(owner, name, given, named)
        if name in ASKS_AT_ONCE and isinstance(owner, Query):
            return End(owner, name)
        return attempt(node, getattr(owner, name), *given, **named)

    def compared(self, node: ast.Compare) -> Any:
        """Two sides: `1 < x < 2` would be an `and`."""
        if len(node.ops) > 1:
            raise NotOpen("compare two at a time, each pair in brackets, or write .between(…, …).", node)
        return two_sides(node, node.ops[0], self.value(node.left), self.value(node.comparators[0]))
