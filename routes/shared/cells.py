"""What a page shows of rows: each value as text, and what a row refers to by its name, with a link."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from peewee import Field, ForeignKeyField

from models.shared.fields import label_of
from models.shared.filters import known_filters
from models.shared.kinds import is_file, kind_of
from models.shared.picture_field import PictureField
from models.shared.referring import MOST_COUNTED, count_of
from models.shared.resource import Resource, heading_of
from models.shared.rows import BaseModel
from models.shared.values import NOTHING, cell_text
from routes.shared.addresses import address
from routes.shared.names import Names, Referred, name_of
from routes.shared.pictures import ShownPicture, shown_picture
from routes.shared.state import current_state
from routes.shared.words import short

NO_NAMES = Names({}, are_all=False)


class Cell(NamedTuple):
    """A value as a page shows it, under a head; `look` says of what kind it is, `link` is an address or nothing."""

    head: str
    text: str
    look: str
    link: str = ""
    picture: ShownPicture | None = None


class Head(NamedTuple):
    """The head of a column: `sort` is what sorts by it, or nothing."""

    text: str
    look: str
    sort: str


def heads(model: type[Resource], counted: Iterable[ForeignKeyField] = ()) -> list[Head]:
    """The heads of the columns; of what refers to a row, how many."""
    own = [
        Head(label_of(field), look_of(field), field.name if field.name in model.sorts else "")
        for field in listed_fields(model)
    ]
    return own + [Head(head_of_key(key), "number", "") for key in counted]


def listed_fields(model: Any) -> list[Field]:
    """What each row has in a list: its id, and all that it says."""
    return [model._meta.primary_key, *model.own_fields()]


def cells(model: type[Resource], row: Resource, referred: Referred) -> list[Cell]:
    """The values of a row."""
    return [show(row, field, referred) for field in listed_fields(model)]


def list_cells(
    model: type[Resource], rows: Iterable[Resource], referred: Referred, counted: Iterable[ForeignKeyField] = ()
) -> list[list[Cell]]:
    """The same for a list: in short, with a link to the row's own page, and how many refer to it."""
    fields, no_names = listed_fields(model), (ForeignKeyField, PictureField)
    place = next((i for i, field in enumerate(fields) if i and not isinstance(field, no_names)), 0)
    lines = []
    for row in rows:
        line = [shortened_cell(each) for each in cells(model, row, referred)]
        line[place] = line[place]._replace(link=address_of(model, row.id), look=f"{line[place].look} name")
        lines.append(line + [count_cell(row, number, key) for number, key in enumerate(counted)])
    return lines


def shortened_cell(cell: Cell) -> Cell:
    """In a list, on a phone, there is no place for what is not there."""
    return cell._replace(text=short(cell.text), look=cell.look + " nothing" * (cell.text == NOTHING))


def count_cell(row: Resource, number: int, key: ForeignKeyField) -> Cell:
    """How many rows refer to this one by `key`, with a link to them."""
    count = count_of(row, number)
    return Cell(head_of_key(key), count_text(count), "number", address_of_those(key, row.id) if count else "")


def count_text(count: int) -> str:
    """A number of rows as a page has it."""
    return f"{count:,}" if count <= MOST_COUNTED else f"more than {MOST_COUNTED:,}"


def show(row: BaseModel, field: Any, referred: Referred) -> Cell:
    """One value of a row; a reference by the name of what it refers to."""
    if isinstance(field, PictureField):
        return Cell(label_of(field), NOTHING, "", picture=shown_picture(row, field, name_of(row)))
    value, text, link = row.__data__.get(field.name), cell_text(row, field.name), ""
    if isinstance(field, ForeignKeyField):
        names = referred.get(field.rel_model, NO_NAMES).by_id
        if value in names:
            text, link = names[value], address_of(field.rel_model, value)
    return Cell(label_of(field), text, look_of(field), link)


def head_of_key(key: ForeignKeyField) -> str:
    """What the rows are called that refer by `key`; with its own name, where that alone would not tell."""
    model: Any = key.model
    title = heading_of(model)
    same = [each for each in model._meta.refs if each.rel_model is key.rel_model]
    return f"{title} ({label_of(key).lower()})" if len(same) > 1 or key.rel_model is model else title


def address_of(model: type[BaseModel], id: int) -> str:
    """The page of that row, where there is one."""
    return address(f"/{model.plural}/{id}") if model.plural and model.has_page else ""


def address_of_those(key: ForeignKeyField, id: int) -> str:
    """The list of the rows that refer to this one by `key`; nothing where it cannot be asked for them, as of files."""
    model: Any = key.model
    if current_state().frozen:
        return ""
    return address(f"/{model.plural}?{urlencode({key.name: id})}") if key.name in known_filters(model) else ""


def look_of(field: Field) -> str:
    """Numbers stand on the right, long texts by themselves; of texts, the words may stand in several lines."""
    kind = kind_of(field)
    looks = {"file": is_file(field), "number": kind.is_number, "long": kind.control == "textarea", "text": kind.is_text}
    return "" if field.choices else next((look for look, is_so in looks.items() if is_so), "")
