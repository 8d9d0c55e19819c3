"""A field of a new model, as the command line asks for it: `rating:int:1..5`, `kind:choice:novel/poem`, `owner`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from peewee import Field

from commands.new_names import is_field_name, is_taken_by_all, plain_name
from models.shared import fields as limited
from models.shared.kind import Template
from models.shared.kinds import KINDS
from models.shared.loading import all_resources
from models.shared.picture_field import ImageField
from models.shared.row_checks import Invalid
from models.shared.rules import within_limits

# By their words on the command line: the class of fields, and how such a field is written.
FIELD_KINDS = {kind.template.word: (field, kind.template) for field, kind in KINDS.items() if kind.template}
CHOICE = "choice"
RANGE = re.compile(r"(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?")
CHOICES = re.compile(r"[\w+-]+(?:/[\w+-]+)+")
LENGTH = re.compile(r"[1-9]\d{0,4}")
LIMITED = {"int": limited.IntegerField, "float": limited.FloatField, "decimal": limited.DecimalField}
OWNERS = ("owner", "user")


@dataclass
class NewField:
    """What its line in the class says. `target` is the class that it refers to, or `self`."""

    name: str
    field: type[Field]
    template: Template
    label: str = ""
    target: str = ""
    target_module: str = ""
    minimum: str = ""
    maximum: str = ""
    length: str = ""
    choices: tuple[str, ...] = ()
    is_unique: bool = False
    is_optional: bool = False

    @property
    def line(self) -> str:
        """Its line in the class."""
        return f"    {self.name} = {self.field.__name__}({', '.join(self.options())})"

    def options(self) -> list[str]:
        """What stands in the brackets."""
        has_default = self.template.options.startswith("default=")
        usual = "" if self.target or self.length or (self.is_optional and has_default) else self.template.options
        target = f'"{self.target}"' if self.target == "self" else self.target
        pairs = ", ".join(f'("{choice}", "{label_of_choice(choice)}")' for choice in self.choices)
        said = {
            "max_length": self.length,
            "choices": f"[{pairs}]" if pairs else "",
            "minimum": self.minimum,
            "maximum": self.maximum,
            "unique": "True" if self.is_unique else "",
            "null": "True" if self.is_optional and not issubclass(self.field, ImageField) else "",
            "verbose_name": f'"{self.label}"' if self.label else "",
        }
        return [each for each in (target, usual) if each] + [f"{word}={text}" for word, text in said.items() if text]

    @property
    def value(self) -> str:
        """Of a sample row; nothing where it is left out."""
        if self.target:
            return "" if self.target == "self" else f"{self.target}.get()"
        if self.choices:
            return f'"{self.choices[0]}"'
        text = self.template.value
        if self.length:
            return f'"{text[1:-1][: int(self.length)]}"'
        return self.within(text) if self.minimum or self.maximum else text

    def within(self, text: str) -> str:
        """The number `text`, or the limit that is nearest to it."""
        least, most = (Decimal(limit) if limit else None for limit in (self.minimum, self.maximum))
        known: Any = limited.IntegerField(minimum=least, maximum=most)
        nearest = str(within_limits(known, text.strip('"')))
        return f'"{nearest}"' if text.startswith('"') else nearest


def label_of_choice(choice: str) -> str:
    """As in: Science fiction."""
    return choice.replace("_", " ").capitalize()


def parse_field(word: str, model: str) -> NewField:
    """A field of the model that is called so. `Invalid` says what is wrong with it."""
    asked, *rest = word.removesuffix("?").split(":")
    name = plain_name(asked)
    if not is_field_name(name):
        why = ", as every row has something by it" if is_taken_by_all(name) else ""
        raise Invalid({word: f"cannot be a field of that name{why}"})
    kind, *options = rest or (["user"] if name in OWNERS else [""])
    made = field_of_kind(name, kind, model, word)
    if name == "owner" and made.target not in ("", "User"):
        raise Invalid({word: "refers to no user: an owner says whose a row is"})
    made.label = "" if asked.isascii() else asked.replace("_", " ").capitalize()
    made.is_optional = made.is_optional or word.endswith("?")
    for option in options:
        if not note_option(made, kind, option):
            raise Invalid({word: f"has {option!r}, which is none of {', '.join(options_of(kind))}"})
    if kind == CHOICE and not made.choices:
        raise Invalid({word: "needs its choices, as in kind:choice:novel/poem"})
    return made


def field_of_kind(name: str, kind: str, model: str, word: str) -> NewField:
    """Without its options: of a kind, or a reference to another model."""
    if kind == CHOICE:
        return NewField(name, *FIELD_KINDS["char"])
    if kind == "user":
        return NewField(name, *FIELD_KINDS["user"], target="User")
    if kind in FIELD_KINDS:
        return NewField(name, *FIELD_KINDS[kind])
    if plain_name(kind) == model:  # the first row can refer to none
        return NewField(name, *FIELD_KINDS["user"], target="self", is_optional=True)
    for target in all_resources():
        file = target.__module__.rpartition(".")[2]
        if plain_name(kind) in (file, plain_name(target.__name__), target.plural):
            return NewField(name, *FIELD_KINDS["user"], target=target.__name__, target_module=target.__module__)
    kinds = ", ".join([*FIELD_KINDS, CHOICE])
    first = f". A model {kind} must be there first: python -m models new {kind} name:char" if kind else ""
    raise Invalid(
        {word: f"must be a name, a colon and one of {kinds}, or a model; a ? where it may be left out{first}"}
    )


def note_option(made: NewField, kind: str, option: str) -> bool:
    """Note this option; whether the kind has it."""
    found = RANGE.fullmatch(option) if kind in LIMITED else None
    if option == "optional":
        made.is_optional = True
    elif option == "unique" and not issubclass(made.field, ImageField):
        made.is_unique = True
    elif found and any(found.groups()) and is_range(kind, *found.groups()):
        made.field, made.minimum, made.maximum = LIMITED[kind], found[1] or "", found[2] or ""
    elif kind == "char" and LENGTH.fullmatch(option):
        made.length = option
    elif kind == CHOICE and CHOICES.fullmatch(option):
        made.choices = tuple(dict.fromkeys(option.split("/")))
    else:
        return False
    return True


def is_range(kind: str, least: str | None, most: str | None) -> bool:
    """Whether there are numbers of this kind between the two."""
    is_whole = kind != "int" or "." not in f"{least}{most}"
    return is_whole and (not least or not most or Decimal(least) <= Decimal(most))


def options_of(kind: str) -> list[str]:
    """As somebody may write them."""
    more = ["1..5", "0..", "..100"] if kind in LIMITED else ["100 (characters)"] if kind == "char" else []
    return [*more, *(["novel/poem"] if kind == CHOICE else []), "unique", "optional"]
