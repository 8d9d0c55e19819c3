"""A field may say what it was called before, so that its column keeps its values: `renamed_from="moons"`."""

from functools import wraps
from typing import Any

from peewee import Field


def know_old_names() -> None:
    """From here on each of Peewee's fields takes `renamed_from`; only `python -m models change` asks for it."""
    make: Any = Field.__init__
    if hasattr(make, "__wrapped__"):
        return  # it is done

    @wraps(make)
    def init(self: Any, *arguments: Any, renamed_from: str = "", **options: Any) -> None:
        make(self, *arguments, **options)
        self.renamed_from = renamed_from

    Field.__init__ = init  # type: ignore[method-assign]
