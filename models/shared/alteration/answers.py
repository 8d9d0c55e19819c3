"""What somebody has said about a difference: on the command line, in the class, or when they were asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from peewee import make_snake_case  # type: ignore[attr-defined]  # its stubs forget it

from models.shared.start_errors import Unusable


@dataclass(frozen=True)
class Answers:
    """`defaults` and `renames` are by the name of a column, or by table.column; `drops` has columns and tables.

    `used` notes which of them fitted something.
    """

    defaults: dict[str, str] = field(default_factory=dict)
    renames: dict[str, str] = field(default_factory=dict)
    drops: frozenset[str] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()  # pairs that are not one column with two names
    used: set[str] = field(default_factory=set, compare=False)

    def default_of(self, model: Any, column: str) -> str | None:
        """The text of a value for the rows that have none."""
        return self.found(self.defaults, model, column)

    def new_name(self, model: Any, column: str) -> str | None:
        """What this column of the table is called in the class."""
        return self.found(self.renames, model, column)

    def is_dropped(self, model: Any, column: str) -> bool:
        """Whether the column may go with its values."""
        return self.found(dict.fromkeys(self.drops, ""), model, column) is not None

    def found(self, said: dict[str, str], model: Any, column: str) -> str | None:
        """What was said of this column."""
        for word in names_of_column(model, column):
            if word in said:
                self.used.add(word)
                return said[word]
        return None

    def said_of_table(self, table: str) -> str | None:
        """What it is called now; empty where it may go with its rows."""
        word = table if table in self.renames or table in self.drops else None
        if word is None:
            return None
        self.used.add(word)
        return self.renames.get(word, "")

    def unused(self) -> list[str]:
        """What fits no difference."""
        return sorted({*self.defaults, *self.renames, *self.drops} - self.used)

    def plus(self, **more: Any) -> "Answers":
        """With one more: `default`, `rename` and `apart` are pairs, `drop` a name."""
        made = replace(self)
        if pair := more.get("default"):
            made = replace(made, defaults=self.defaults | dict([pair]))
        if pair := more.get("rename"):
            made = replace(made, renames=self.renames | dict([pair]))
        if name := more.get("drop"):
            made = replace(made, drops=self.drops | {name})
        if pair := more.get("apart"):
            made = replace(made, apart=self.apart | {pair})
        return made


def names_of_column(model: Any, column: str) -> Iterable[str]:
    """As somebody may call it: moons, planets.moons, planet.moons, Planet.moons; star for star_id."""
    short = column.removesuffix("_id")
    for name in dict.fromkeys((column, short)):
        yield name
        for place in (model._meta.table_name, make_snake_case(model.__name__), model.__name__):
            yield f"{place}.{name}"


def parse_answers(defaults: Iterable[str], renames: Iterable[str], drops: Iterable[str]) -> Answers:
    """Of the words of a command line. Unusable for one that is none."""
    return Answers(
        parsed_pairs(defaults, "--default rings=0"),
        parsed_pairs(renames, "--rename moons=satellites"),
        frozenset(drops),
    )


def parsed_pairs(words: Iterable[str], example: str) -> dict[str, str]:
    """By what stands before the equals sign, what stands behind it."""
    pairs = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not (name and sign):
            raise Unusable(f"{word!r} must be two words with an equals sign, as in {example}")
        pairs[name] = value
    return pairs
