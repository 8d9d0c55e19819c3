"""What a deletion takes along, for whoever is about to do it: counts of all rows, names of those they may read."""

from typing import Any, NamedTuple

from models.shared.deletion import NAMED, Deletion, InTheWay, Rows, in_a_sentence
from models.shared.resource import Resource, singular_of
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.rules import Schema
from routes.shared.names import name_of
from routes.shared.permissions import readable
from routes.shared.shapes import shape

ROW_COUNT: Schema = {"type": "integer", "minimum": 0}
ROW_NAMES: Schema = {"type": "array", "items": {"type": "string"}, "description": "The first ones that you may read."}
SOME_ROWS = shape(
    rows={"type": "string", "description": "What such rows are called, as in addresses."},
    total=ROW_COUNT,
    names=ROW_NAMES,
    others=ROW_COUNT | {"description": "How many of them belong to somebody else than the row does."},
    names_of_others=ROW_NAMES,
)
DELETION = shape(goes=[SOME_ROWS], emptied=[SOME_ROWS], in_the_way=[SOME_ROWS])


class SomeRows(NamedTuple):
    """Rows of one model: how many there are, and how many belong to others than the row that is deleted does."""

    rows: str
    singular: str
    total: int
    names: list[str]
    others: int
    names_of_others: list[str]

    def as_json(self) -> dict[str, Any]:
        """All of it but what only a sentence needs."""
        return {name: value for name, value in self._asdict().items() if name in SOME_ROWS}

    @property
    def listed_names(self) -> str:
        """As in: Dune, Emma and 3 more."""
        return in_a_sentence(self.names, self.total) if self.names else f"{self.total:,} that you may not read"

    def in_words(self, one: str, several: str) -> str:
        """As in: 2 books `go with it`: Dune, Emma."""
        words = f"{self.singular} {one}" if self.total == 1 else f"{self.rows.replace('_', ' ')} {several}"
        return f"{self.total:,} {words}{f': {self.listed_names}' if self.names else ''}."

    @property
    def others_in_words(self) -> str:
        """Those of others, as in: 1 of these belongs to somebody else: Emma."""
        names = f": {in_a_sentence(self.names_of_others, self.others)}" if self.names_of_others else ""
        return f"{self.others:,} of these {'belongs' if self.others == 1 else 'belong'} to somebody else{names}."


def deletion_of(row: BaseModel) -> dict[str, list[SomeRows]]:
    """By what becomes of them: `goes`, `emptied`, `in_the_way`; what belongs to the site itself is not told."""
    deletion, whose = Deletion(row), row.owner_id
    parts = {"goes": deletion.goes_too, "emptied": deletion.emptied, "in_the_way": deletion.in_the_way}
    return {name: some_rows(rows, whose) for name, rows in parts.items()}


def some_rows(rows: Rows, whose: int | None) -> list[SomeRows]:
    """Of each model that has any."""
    found = [rows_of_model(model, where, whose) for model, where in rows.items() if is_told(model)]
    return sorted(each for each in found if each.total)


def rows_of_model(model: Any, where: Any, whose: int | None) -> SomeRows:
    """Those that meet the condition."""
    owner = model.owner_field() if issubclass(model, Resource) else None
    total, names = count_and_names(model, where)
    others = count_and_names(model, where & (owner != whose)) if total and owner and whose else (0, [])
    singular = singular_of(model)
    return SomeRows(model.plural or model._meta.table_name, singular, total, names, *others)


def count_and_names(model: Any, where: Any) -> tuple[int, list[str]]:
    """Of those that meet the condition."""
    total: int = model.select().where(where).count()
    rows = readable(model).where(where).order_by(model.id).limit(NAMED) if total else ()
    return total, [name_of(row) for row in rows]


def is_told(model: Any) -> bool:
    """Whether people see rows of this model: of a Resource, or together with what they refer to, like posts."""
    return issubclass(model, Resource) or any(key.backref in key.rel_model.shows for key in model._meta.refs)


def deletion_json(row: BaseModel) -> dict[str, Any]:
    """The same for a program."""
    return {name: [each.as_json() for each in found] for name, found in deletion_of(row).items()}


def delete_or_tell(row: BaseModel) -> None:
    """Delete the row. `Invalid` when others are in the way, with the names that who is asking may read."""
    try:
        row.delete()
    except InTheWay as error:
        found = some_rows(error.deletion.in_the_way, None)
        raise Invalid({each.rows: f"refer to it: {each.listed_names}" for each in found}) from None
