"""Values for a field, made up by the judge: right ones, which nobody can know before, and wrong ones."""

import math
import random
import string
from collections.abc import Callable
from typing import Any

Described = dict[str, Any]  # what `described_field` says
FAR = 999_999_999  # the number of no row


def right_value(field: Described, ids: list[int]) -> Any:
    """One that the field takes; None where there is none. `ids` are the rows that it may refer to."""
    if field["choices"]:
        return random.choice(field["choices"])  # noqa: S311 - no secret
    makers: dict[str, Callable[[], Any]] = {
        "CharField": lambda: random_text(field["length"]),
        "TextField": lambda: random_text(None),
        "IntegerField": lambda: random.randint(*whole_ends(field)),  # noqa: S311
        "FloatField": lambda: number_within(field) + 0.5,
        "DecimalField": lambda: f"{number_within(field)}",
        "BooleanField": lambda: random.random() < 0.5,  # noqa: S311
        "DateField": lambda: f"{random.randint(1950, 2020)}-0{random.randint(1, 9)}-1{random.randint(0, 9)}",  # noqa: S311
        "DateTimeField": lambda: f"{random.randint(1950, 2020)}-0{random.randint(1, 9)}-11T10:20:30Z",  # noqa: S311
        "UUIDField": lambda: "".join(random.choices("0123456789abcdef", k=32)),  # noqa: S311
        "ForeignKeyField": lambda: random.choice(ids) if ids else None,  # noqa: S311
    }
    maker = makers.get(field["kind"])
    return maker() if maker else None


def random_text(length: int | None) -> str:
    """Letters, as many as there may be, but few."""
    count = min(length or 20, 20)
    return "".join(random.choices(string.ascii_lowercase, k=count)).capitalize()  # noqa: S311 - no secret


def whole_ends(field: Described) -> tuple[int, int]:
    """Between which numbers one is taken: small ones where the field has no limits."""
    least = int(field["minimum"]) if has_end(field["minimum"]) else 1
    most = int(field["maximum"]) if has_end(field["maximum"]) else max(least + 100, 100)
    return min(least, most), max(least, most)


def has_end(limit: float | None) -> bool:
    """Whether it is a limit, and none that no number reaches."""
    return limit is not None and math.isfinite(limit)


def number_within(field: Described) -> int:
    """A small number within the limits, and not at their end."""
    least, most = whole_ends(field)
    return random.randint(least, max(most - 1, least))  # noqa: S311


def wrong_values(field: Described) -> list[Any]:
    """Those that the field must refuse: of another kind, too long, too large, none of the choices, none at all."""
    kind = field["kind"]
    wrong: list[Any] = []
    if kind in ("CharField", "TextField"):
        wrong += [{"not": "a text"}]
    if kind == "CharField" and field["length"]:
        wrong += ["x" * (field["length"] + 1)]
    if kind in ("IntegerField", "FloatField", "DecimalField", "BooleanField"):
        wrong += ["many"]
    if kind in ("DateField", "DateTimeField"):
        wrong += ["2026-13-40"]
    if kind == "UUIDField":
        wrong += ["no uuid"]
    if kind == "ForeignKeyField":
        wrong += [FAR]
    if field["choices"]:
        wrong += ["none of them"]
    if kind in ("IntegerField", "FloatField"):
        wrong += [field["minimum"] - 1] if has_end(field["minimum"]) else []
        wrong += [field["maximum"] + 1] if has_end(field["maximum"]) else []
    if not field["null"] and not field["has_default"] and not field["is_owner"]:
        wrong += [None]
    return wrong
