"""Who looks at rows, and which of them they see: each class says it in `seen_by`, and all that shows rows asks here."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from peewee import ForeignKeyField, ModelSelect, Value

VIEWER = "viewer"  # the name of their id among the values of a prepared query
MOST_NARROWED = 200


class ViewerId(int):
    """The id of whoever looks, in a query whose SQL is written once for all members."""


class Viewer(NamedTuple):
    """Somebody by their `id`, or a visitor without one; an admin `sees_all`."""

    id: int | None = None
    sees_all: bool = False

    @property
    def me(self) -> Value:
        """Their id in a query."""
        return Value(ViewerId(self.id or 0), converter=False)

    @property
    def kind(self) -> "Viewer":
        """The same for all to whom the same SQL shows rows: nobody has the id 0."""
        return self if self.id is None else Viewer(0)

    @property
    def given(self) -> dict[str, Any]:
        """What the SQL of their kind has a place for."""
        return {} if self.id is None else {VIEWER: self.id}

    def among(self, given: Mapping[str, Any]) -> "Viewer":
        """The one of this kind whom these values name."""
        return self._replace(id=given.get(VIEWER, self.id))


EVERYBODY, ALL_SEEING = Viewer(), Viewer(sees_all=True)


def viewer_as(user: Any) -> Viewer:
    """Somebody who is logged in; None for a visitor."""
    if user is None:
        return EVERYBODY
    return ALL_SEEING if user.is_admin else Viewer(user.id)


def seen_rows(query: "ModelSelect[Any]", viewer: Viewer) -> "ModelSelect[Any]":
    """Those of the rows of `query` that `viewer` sees."""
    condition = None if viewer.sees_all else query.model.seen_by(viewer)
    if condition is None:
        return query
    found: Any = query.where(condition)
    found.given = found.given | viewer.given
    original = getattr(query, "original", None)
    found.original = None if original is None else narrowed(original, viewer.kind)
    rows: ModelSelect[Any] = found
    return rows


@lru_cache(MOST_NARROWED)
def narrowed(original: Any, kind: Viewer) -> Any:
    """The query of which those of all viewers of a kind are copies."""
    return original.where(original.model.seen_by(kind))


def is_narrowed(model: Any) -> bool:
    """Whether there may be rows that not everybody sees who reads the table."""
    return model.seen_by(EVERYBODY) is not None


def seen_in_group(group: Any, owner: Any, viewer: Viewer) -> Any:
    """Whether a row is for everybody, or for the `group` of whoever looks, or theirs by its `owner`, if it has one."""
    is_open = (group + 0).is_null()  # most rows are: SQLite shall not look for them by the index of the groups
    if viewer.id is None:
        return is_open
    theirs = is_open | group.in_(group.rel_model.ids_with(viewer.me))
    return theirs if owner is None else theirs | (owner == viewer.me)


def is_for_group(field: Any) -> bool:
    """Whether a field says which group a row is for."""
    is_reference = isinstance(field, ForeignKeyField) and field.name == "group"
    return is_reference and field.rel_model._meta.table_name == "groups"
