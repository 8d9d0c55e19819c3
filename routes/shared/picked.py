"""Of what was sent, the names that are taken here. The others are refused or passed over."""

from collections.abc import Iterable
from typing import Any

from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel


def pick(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """`values`, which may have these names only."""
    unknown = {name: "is not a field" for name in values if name not in names}
    if unknown:
        raise Invalid(unknown, "There are names that are no fields here.")
    return values


def some(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Those of `values` that have these names: a page's address may carry what others added to it."""
    return {name: values[name] for name in names if name in values}


def without_read_only(values: dict[str, Any], names: Iterable[str], row: BaseModel) -> dict[str, Any]:
    """`values` without what `row` shows beyond `names`; `Invalid` when that is to be changed."""
    others = [name for name in values if name not in names]
    shown = row.read() if others else {}
    changed = {name: "is read-only" for name in others if name in shown and values[name] != shown[name]}
    unknown = {name: "is not a field" for name in others if name not in shown}
    if changed:
        raise Invalid(changed | unknown)
    return {name: value for name, value in values.items() if name in names or name in unknown}
