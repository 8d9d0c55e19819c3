"""What a Resource says of itself: who may use it, its lists, its indexes."""

from collections.abc import Iterator

from peewee import Node

from models.shared.kinds import has_range
from models.shared.resource import Resource

WORDS = ("everyone", "members", "owners", "admins")


def wrong_words(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pairs of `readers` and `writers`."""
    words = f"The words are {', '.join(WORDS)}."
    if model.readers not in ("", *WORDS):
        yield f"has the readers {model.readers!r}", words
    if model.writers not in WORDS:
        yield f"has the writers {model.writers!r}", words
    if model.readers == "owners" and not model.owner_field():
        yield "is for its owners to read, and no field says who owns a row", "Add user = ForeignKeyField(User)."
    owner = model.owner_field()
    if model.writers == "everyone" and owner and not owner.null:
        remedy = f"Say null=True in {owner.name}, as who is not logged in can own nothing; or take other writers."
        yield "is for everyone to write, and each row must have an owner", remedy


def wrong_lists(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pairs of what a list says of itself."""
    for name in ("plural", "sort"):
        if not isinstance(getattr(model, name), str):
            yield f"has a {name} that is no text", "Write it in quotes, or call the field something else."
            return
    for kind in ("sorts", "filters", "ranges", "searched", "read_only"):
        for name in getattr(model, kind):
            if name not in model._meta.fields:
                yield f"has {name!r} in {kind}, which is no field of it", "Take it out, or add the field."
    for name in model.shows:
        if not hasattr(model, name):
            yield f"has {name!r} in shows, which is no field and no property of it", "Take it out, or add one."
    if model.sort.removeprefix("-") not in model.sorts:
        yield f"is sorted by {model.sort!r}, which is not in sorts", "Take one of sorts, with or without a - before it."


def wrong_ranges(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pairs of what a list can be asked from … to."""
    for name in model.ranges:
        if not has_range(model._meta.fields[name]):
            yield f"has {name!r} in ranges, which is no number and no day", "Take it out."


def wrong_indexes(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pairs of `Meta.indexes`."""
    remedy = 'Write indexes = ((("name", "moons"), True),), with both commas; True is for pairs that may come once.'
    for entry in model._meta.indexes:
        if isinstance(entry, Node):
            continue  # one of Peewee's, like those with a condition
        names = entry[0] if isinstance(entry, tuple | list) and len(entry) == 2 else None
        if not isinstance(names, tuple | list) or not isinstance(entry[1], bool):
            yield f"has {entry!r} in its indexes", remedy
        elif not all(name in model._meta.combined for name in names):
            yield f"has an index on {', '.join(map(str, names))}, and not all are fields of it", remedy
