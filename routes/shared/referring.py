"""What refers to a row, as its page shows it."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from peewee import ForeignKeyField

from models.shared.referring import count_of, keys_to, newest_by
from models.shared.related import NEWEST
from models.shared.resource import is_owner, singular_of
from models.shared.rows import BaseModel
from routes.shared.addresses import address
from routes.shared.cells import address_of, address_of_those, count_text, head_of_key
from routes.shared.login import me
from routes.shared.names import name_of
from routes.shared.permissions import may_add, may_read, readable, reads_all
from routes.shared.state import current_state

MOST_COLUMNS = 3  # of a list, with counts


class Referrers(NamedTuple):
    """Rows of one kind: the newest as pairs of a name and an address; how many there are, where that may be known.

    `all` and `add` are addresses, or nothing where there is nothing more.
    """

    title: str
    singular: str
    rows: list[tuple[str, str]]
    total: str
    all: str
    add: str


def sections_of(row: BaseModel, keys: Iterable[ForeignKeyField]) -> list[Referrers]:
    """What refers to `row`, which has its counts, and what who is asking could add: a query for each that is there."""
    made = [section_of(row, key, count_of(row, number)) for number, key in enumerate(keys)]
    return [each for each in made if each.rows or each.add]


def section_of(row: BaseModel, key: ForeignKeyField, count: int) -> Referrers:
    """One of them. Where only some of the rows may be seen, it does not say how many there are."""
    model: Any = key.model
    found = newest_by(key, row.id, readable(model)) if count else []
    is_known = reads_all(model)
    is_all = len(found) == count if is_known else len(found) < NEWEST
    return Referrers(
        head_of_key(key),
        singular_of(model),
        [(name_of(each), address_of(model, each.id)) for each in found],
        count_text(count) if is_known else "",
        "" if is_all else address_of_those(key, row.id),
        address_to_add(key, row),
    )


def address_to_add(key: ForeignKeyField, row: BaseModel) -> str:
    """Where one is added that refers to `row`; nothing for what nobody, or only somebody else, could add."""
    model: Any = key.model
    if current_state().frozen or not may_add(model):
        return ""
    if is_owner(key):
        return address(f"/{model.plural}/new") if row == me() else ""
    return address(f"/{model.plural}/new?{urlencode({key.name: row.id})}") if key.name in model.open_fields() else ""


def readable_keys(model: type[BaseModel]) -> list[ForeignKeyField]:
    """Those by which rows refer to `model` that who is asking may read."""
    return [key for key in keys_to(model) if may_read(key.model)]


def counted_keys(model: type[BaseModel]) -> list[ForeignKeyField]:
    """Those that are counted in a list of `model`: not where somebody may read only some of the rows."""
    return [key for key in keys_to(model) if reads_all(key.model)][:MOST_COLUMNS]
