"""What may be given to a method. A text that would become SQL itself, such as a type, is one of a few words."""

import ast
from collections.abc import Callable
from datetime import date
from typing import Any

from peewee import ColumnBase, ModelAlias, Query, is_model  # type: ignore[attr-defined]  # its stubs forget some

from lab.twins.allowed import COLLATIONS, TYPES_OF_SQL, Takes
from lab.twins.typed import NotOpen, word

LARGEST_LIMIT = 1_000_000


class JoinWords(str):
    """The SQL of a join, which only `JOIN.…` gives."""

    __slots__ = ()


def is_plain_value(value: Any) -> bool:
    """A text, a number, a day, True, False or None: the database gets it as a value."""
    return value is None or (isinstance(value, str | int | float | date) and not isinstance(value, JoinWords))


def is_source(value: Any) -> bool:
    """A class, a class by another name, or a query."""
    return is_model(value) or isinstance(value, ModelAlias | Query)


def is_node(value: Any) -> bool:
    """A part of a query."""
    return isinstance(value, ColumnBase) or is_source(value)


def is_value(value: Any) -> bool:
    """What may stand beside a column."""
    return is_plain_value(value) or isinstance(value, ColumnBase | Query)


def is_word_of(*words: str) -> Callable[[Any], bool]:
    """Whether it is one of these words, as they are or in small letters."""
    return lambda value: type(value) is str and value.upper() in words


KINDS_OF_ARGUMENTS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "node": (is_node, "a column, a class or a condition"),
    "nodes": (lambda v: is_node(v) or (type(v) is list and all(map(is_node, v))), "a column or a list of columns"),
    "value": (is_value, "a value or a column"),
    "several": (lambda v: isinstance(v, Query) or (type(v) in (list, tuple) and all(map(is_value, v))), "a list"),
    "text": (lambda v: type(v) is str or isinstance(v, ColumnBase), "a text"),
    "source": (is_source, "a class or a query"),
    "query": (lambda v: isinstance(v, Query), "a query"),
    "join": (lambda v: isinstance(v, JoinWords), "JOIN.INNER, JOIN.LEFT_OUTER or another one of JOIN"),
    "number": (lambda v: type(v) is int and 0 <= v <= LARGEST_LIMIT, f"a number from 0 to {LARGEST_LIMIT:,}"),
    "truth": (lambda v: type(v) is bool, "True or False"),
    "word": (lambda v: type(v) is str, "a name in quotes"),
    "end": (is_word_of("FIRST", "LAST"), '"first" or "last"'),
    "type": (is_word_of(*TYPES_OF_SQL), f"one of {', '.join(TYPES_OF_SQL)}"),
    "collation": (is_word_of(*COLLATIONS), f"one of {', '.join(COLLATIONS)}"),
}


def check_arguments(call: ast.Call, name: str, takes: Takes, given: list[Any], named: dict[str, Any]) -> None:
    """NotOpen for what the method does not take, or not here."""
    most = len(takes.first)
    if len(given) < most - takes.optional or (len(given) > most and not takes.last):
        raise NotOpen(f".{name}() takes {how_many(takes)}.", call)
    kinds = [*takes.first, *[takes.last] * (len(given) - most)]
    for node, kind, value in zip(call.args, kinds, given, strict=False):
        check_kind_of_argument(node, name, kind, value)
    known = dict(takes.named)
    for keyword in call.keywords:
        if keyword.arg not in known and "*" not in known:
            raise NotOpen(f".{name}() takes no {keyword.arg}=.", keyword.value)
        check_kind_of_argument(
            keyword.value, name, known.get(keyword.arg or "", known.get("*", "")), named[keyword.arg or ""]
        )


def how_many(takes: Takes) -> str:
    """The numbers of arguments, in words."""
    most, least = len(takes.first), len(takes.first) - takes.optional
    number = f"{least} or {most}" if least < most else str(most)
    return f"{number if most else 'no'} argument{'s' * (most != 1)}"


def check_kind_of_argument(node: ast.AST, name: str, kind: str, value: Any) -> None:
    """NotOpen when it is of another kind."""
    is_right, words = KINDS_OF_ARGUMENTS[kind]
    if not is_right(value):
        raise NotOpen(f".{name}() takes {words} here.", node)
    if kind == "word":
        word(value, node)
