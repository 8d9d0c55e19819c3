"""What there is to know about one kind of column."""

from collections.abc import Callable
from typing import Any, NamedTuple

from peewee import Field

from models.shared import form_texts
from models.shared.rules import Schema


class Template(NamedTuple):
    """How `python -m models new` writes such a field: its word there, its options, a sample value, an import."""

    word: str
    options: str
    value: str
    imported: str = ""


def as_it_is(_field: Field, value: Any) -> Any:
    """The value itself."""
    return value


def as_python_text(_field: Field, value: Any) -> str:
    """The value as Python writes it."""
    return str(value)


def always(_field: Field, _value: Any) -> bool:
    """For a kind whose every value can be read."""
    return True


def nothing_wrong(_field: Field) -> None:
    """For a kind that can be declared in every way."""


def nothing_to_do(_field: Field) -> None:
    """For a kind that needs nothing more than Peewee has."""


def nothing_more(_field: Field) -> dict[str, Any]:
    """For a kind that has nothing to add."""
    return {}


def help_of(field: Field) -> str:
    """What the field itself says."""
    return str(field.help_text or "")


class Kind(NamedTuple):
    """One kind of column. The functions get the field first, then a value that is not None.

    accept   the value as it is stored; ValueError with a message that finishes "name …"
    store    what Python has for it: `stored_as`; what `can_be_read` refuses, somebody typed into the table
    show     `to_json` for programs, `to_cell` for a page, `to_form` for a form
    describe `schema` of a stored value, `rules` for one that is sent, `example` of nobody
    ask      `control` is HTML's type of input, with `attributes` and a `hint`; `from_form` reads its text
    count    `counted` says by what a chart does: `values` (those in `values` have a bar anyway), `days` or `numbers`
    """

    stored_as: type
    accept: Callable[[Any, Any], Any]
    schema: Callable[[Any], Schema]
    example: Any
    control: str = "text"
    attributes: Callable[[Any], dict[str, Any]] = nothing_more
    hint: Callable[[Any], str] = help_of
    choices: tuple[tuple[str, str], ...] = ()
    from_form: Callable[[Any, str], Any] = form_texts.read_plain
    to_json: Callable[[Any, Any], Any] = as_it_is
    to_form: Callable[[Any, Any], str] = as_python_text
    to_cell: Callable[[Any, Any], str] = as_python_text
    can_be_read: Callable[[Any, Any], bool] = always
    rules: Callable[[Any], Schema] = nothing_more
    is_text: bool = False  # it is searched, and its rules are those of a text
    is_number: bool = False  # it stands on the right
    is_ordered: bool = False  # a list can be asked for values from one to another
    is_sorted: bool = True
    is_exact: bool = True  # a list can be filtered by a value
    counted: str = ""  # not at all
    values: tuple[Any, ...] = ()
    wrong: Callable[[Any], tuple[str, str] | None] = nothing_wrong
    complete: Callable[[Any], None] = nothing_to_do
    template: Template | None = None


def fixed(**schema: Any) -> Callable[[Field], Schema]:
    """The same JSON Schema for each field of a kind."""
    return lambda _field: dict(schema)
