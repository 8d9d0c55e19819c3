"""Values as short texts. No method of a student's is called for it: it might be endless, fail, or change the value."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from types import BuiltinFunctionType, FunctionType, MethodType, NoneType
from typing import Any

from peewee import Model

from lab.secrets import HIDDEN, Secrets, is_secret_name

MOST_LETTERS = 300  # more than a password may have, as one must be found whole
MOST_ITEMS = 6
MOST_NAMES = 20
MOST_DEPTH = 2


def drawn(value: Any, secrets: Secrets, depth: int = 0) -> str:
    """A value as a text of some letters."""
    kind = type(value)
    if kind in (list, tuple, set, frozenset):
        return drawn_items(value, secrets, depth)
    if kind is dict:
        return f"{{{drawn_names(value, secrets, depth)}}}"
    draw = WAYS.get(kind)
    if draw:
        return draw(value)
    return value.__name__ if issubclass(kind, type) else drawn_object(value)


def drawn_text(value: str) -> str:
    """A text in quotes."""
    text = repr(value[: MOST_LETTERS + 1])
    return text if len(value) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}… ({len(value)} letters)"


def drawn_number(value: int) -> str:
    """A number. One of a million digits would take its time, and Python refuses it."""
    bits = value.bit_length()
    return str(value) if bits < 400 else f"<a number of {bits} bits>"


def drawn_object(value: Any) -> str:
    """What it is; of a row its number too."""
    # Not by `isinstance` and a dot, which a student's class may answer in its own way.
    data = object.__getattribute__(value, "__dict__").get("__data__") if issubclass(type(value), Model) else None
    row_id = data.get("id") if type(data) is dict else None
    name = type(value).__name__
    return f"<{name} {row_id}>" if type(row_id) is int else f"<{name}>"


def drawn_items(values: Any, secrets: Secrets, depth: int) -> str:
    """The first of several values, and how many there are."""
    marks = "()" if type(values) is tuple else "[]" if type(values) is list else "{}"
    if depth >= MOST_DEPTH:
        return f"{marks[0]}{len(values)} values{marks[1]}"
    first = [drawn(each, secrets, depth + 1) for each in islice(values, MOST_ITEMS)]
    more = [f"… {len(values)} values"] if len(values) > MOST_ITEMS else []
    return f"{marks[0]}{', '.join(first + more)}{marks[1]}"


def drawn_names(values: dict[Any, Any], secrets: Secrets, depth: int = 0) -> str:
    """Values with their names, as `name='Ada', password=•••`."""
    if depth >= MOST_DEPTH:
        return f"{len(values)} values"
    first = [with_name(name, value, secrets, depth) for name, value in islice(values.items(), MOST_NAMES)]
    more = [f"… {len(values)} values"] if len(values) > len(first) else []
    return ", ".join(first + more)


def with_name(name: Any, value: Any, secrets: Secrets, depth: int = 0) -> str:
    """One value with its name. What a secret name hides is remembered as a secret."""
    text = name if type(name) is str else drawn(name, secrets, depth + 1)
    if not is_secret_name(text):
        return f"{text}={drawn(value, secrets, depth + 1)}"
    if value is None or type(value) is bool:
        return f"{text}={value}"
    secrets.add(value)
    return f"{text}={HIDDEN}"


def drawn_bytes(value: bytes) -> str:
    """How many there are."""
    return f"<{len(value)} bytes>"


def drawn_function(value: FunctionType) -> str:
    """Its name."""
    return f"{value.__name__}()"


# What is drawn without a method of its own.
WAYS: dict[type, Callable[[Any], str]] = {str: drawn_text, int: drawn_number}
WAYS |= dict.fromkeys((float, bool, NoneType, Decimal, complex, date, datetime, time), str)
WAYS |= dict.fromkeys((bytes, bytearray), drawn_bytes)
WAYS |= dict.fromkeys((FunctionType, BuiltinFunctionType, MethodType), drawn_function)
