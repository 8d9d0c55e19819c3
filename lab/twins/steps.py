"""The steps of which a typed expression is made: what a name, a sign or a call stands for."""

import ast
import operator
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from peewee import (  # type: ignore[attr-defined]  # its stubs forget some
    Case,
    ColumnBase,
    Function,
    ModelAlias,
    Query,
    SelectBase,
    is_model,
)

from lab.twins.allowed import ASKS_AT_ONCE, FUNCTIONS, OF_COLUMN, OF_FUNCTION, OF_MODEL, OF_QUERY, Takes
from lab.twins.arguments import is_plain_value, is_value
from lab.twins.typed import NotOpen

OPERATORS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    **{ast.BitAnd: operator.and_, ast.BitOr: operator.or_, ast.LShift: operator.lshift, ast.RShift: operator.rshift},
    **{ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv},
    **{ast.Mod: operator.mod, ast.Pow: operator.pow, ast.Eq: operator.eq, ast.NotEq: operator.ne},
    **{ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge},
}
SIGNS_OF_COLUMN: dict[type[ast.AST], Callable[[Any], Any]] = {
    **{ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Invert: operator.invert},
}
BETWEEN_QUERIES = (ast.BitOr, ast.BitAnd, ast.Add, ast.Sub)
HINTS: dict[type[ast.AST], str] = {
    ast.And: "write & in place of and, with each side in brackets.",
    ast.Or: "write | in place of or, with each side in brackets.",
    ast.Not: "write ~ in place of not.",
    ast.Is: "write == None, or .is_null().",
    ast.IsNot: "write != None, or .is_null(False).",
    ast.In: "write .in_([…]).",
    ast.NotIn: "write .not_in([…]).",
}
PARTS_OF_DAY = {"year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S"}
CALLABLE = "only methods can be called, and Case(None, [(condition, value)], value), date(…), datetime(…)."


class End(NamedTuple):
    """A query that is asked at once by the method of this name, as `.count()` does."""

    query: Any
    name: str


def with_sign(node: ast.UnaryOp, value: Any) -> Any:
    """`-3`, `~(…)` and `-User.dob`, which sorts from the end."""
    sign = type(node.op)
    if sign in HINTS:
        raise NotOpen(HINTS[sign], node)
    is_number = type(value) in (int, float) and sign is not ast.Invert
    if not is_number and not isinstance(value, ColumnBase):
        raise NotOpen("the sign is for a column, a condition or a number.", node)
    return attempt(node, SIGNS_OF_COLUMN[sign], value)


def two_sides(node: ast.AST, sign: ast.AST, left: Any, right: Any) -> Any:
    """A condition, or what is computed of columns. Values alone are not: a text times a number may be long."""
    if type(sign) in HINTS:
        raise NotOpen(HINTS[type(sign)], node)
    if type(sign) not in OPERATORS:
        raise NotOpen("this sign cannot be written here.", node)
    if isinstance(left, SelectBase):
        is_right = isinstance(right, SelectBase) and isinstance(sign, BETWEEN_QUERIES)
    elif isinstance(left, ColumnBase):
        is_right = is_value(right) or (isinstance(sign, ast.LShift) and type(right) in (list, tuple))
    else:
        raise NotOpen("the left side is to be a column or a condition, in brackets where there are several.", node)
    if not is_right:
        raise NotOpen("the right side is to be a value, a column or a query.", node)
    return attempt(node, OPERATORS[type(sign)], left, right)


def field_named(owner: Any, name: str, node: ast.AST) -> Any:
    """The field of this name. Nothing else of a class is in reach."""
    model = owner.model if isinstance(owner, ModelAlias) else owner
    if not is_model(model):
        hint = f"write fn.STRFTIME('{PARTS_OF_DAY[name]}', …)." if name in PARTS_OF_DAY else "methods have brackets."
        raise NotOpen(f"there is no .{name[:40]} here: {hint}", node)
    fields = {field.object_id_name: field for field in model._meta.refs} | model._meta.fields
    if name not in fields:
        raise NotOpen(f"{model.__name__} has no {name[:40]}. It has {', '.join(model._meta.fields)}.", node)
    return getattr(owner, fields[name].name) if isinstance(owner, ModelAlias) else fields[name]


def methods_of(owner: Any) -> dict[str, Takes]:
    """What may be called of a class, a query or a column."""
    if is_model(owner):
        return OF_MODEL
    if isinstance(owner, ModelAlias):
        return {"select": OF_MODEL["select"]}
    if isinstance(owner, Query):
        return {name: takes for name, takes in (OF_QUERY | ASKS_AT_ONCE).items() if hasattr(type(owner), name)}
    if isinstance(owner, Function):
        return OF_COLUMN | OF_FUNCTION
    return OF_COLUMN if isinstance(owner, ColumnBase) else {}


def found_at_once(model: Any, name: str, given: list[Any], named: dict[str, Any]) -> End:
    """`User.get(User.uid == "toby")`, `User.get(uid="toby")` and `User.get_by_id(1)`, which ask at once."""
    wanted = [model._meta.fields["id"] == given[0]] if name == "get_by_id" else given
    wanted = [*wanted, *(model._meta.fields[field] == value for field, value in named.items())]
    query = model.select()
    return End(query.where(*wanted) if wanted else query, "execute" if name == "get_by_id" else "get")


def called_by_name(node: ast.Call, name: str, given: list[Any], named: dict[str, Any]) -> Any:
    """`Case(…)`, `date(1990, 1, 1)` or `datetime(1990, 1, 1, 12, 30)`."""
    if name in ("date", "datetime") and not named and all(type(each) is int for each in given):
        return attempt(node, date if name == "date" else datetime, *given)
    is_case = name == "Case" and len(given) in (2, 3) and not named and type(given[1]) in (list, tuple)
    if is_case and all(type(each) is tuple and len(each) == 2 for each in given[1]):
        values = [given[0], *given[2:], *(part for each in given[1] for part in each)]
        if all(map(is_value, values)):
            return attempt(node, Case, *given)
    raise NotOpen(CALLABLE, node)


def function_of_sql(node: ast.Call, name: str, given: list[Any], named: dict[str, Any]) -> Any:
    """`fn.COUNT(User.id)`."""
    if name.upper() not in FUNCTIONS:
        raise NotOpen(f"fn.{name[:40]} is not open here. What is: {', '.join(sorted(FUNCTIONS))}.", node)
    if named or not all(is_plain_value(each) or isinstance(each, ColumnBase | Query) for each in given):
        raise NotOpen(f"fn.{name} takes columns and values.", node)
    return Function(name, tuple(given))


def attempt(node: ast.AST, function: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What Peewee makes of it. Its own reason, when it makes nothing."""
    try:
        return function(*given, **named)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is only told
        raise NotOpen(f"this cannot be: {str(error)[:200] or type(error).__name__}", node) from None
