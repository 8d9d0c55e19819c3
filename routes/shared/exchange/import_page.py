"""The pages of a file that comes in: where it is chosen, and what would become of its rows."""

from itertools import islice
from typing import Any

from bottle import response

from models.shared.exchange.columns import unique_names
from models.shared.exchange.delimiters import DELIMITERS
from models.shared.exchange.encodings import ENCODINGS, BadSheet
from models.shared.exchange.incoming import Incoming
from models.shared.exchange.row_problems import cell_shown
from models.shared.exchange.sheet import Sheet
from models.shared.exchange.waiting_files import sweep_waiting
from models.shared.exchange.without_secrets import columns_of_secrets
from models.shared.fields import label_of
from models.shared.resource import heading_of, singular_of
from models.shared.rows import BaseModel
from routes.shared.exchange.asked_import import FROM, SEEN, seen
from routes.shared.exchange.import_rights import rights_of_importer
from routes.shared.page import form_page, page
from routes.shared.permissions import may_read
from routes.shared.picked import some
from routes.shared.query import query

FIRST_SHOWN = 5  # rows of the file, to see whether it is read as it should be
WAS_DONE = ("added", "changed", "same")


def new_import_page(model: type[BaseModel], problems: dict[str, str] | None = None) -> str:
    """Where a file is chosen or text is pasted, and how many rows the last one has brought."""
    return form_page("exchange/new", problems or {}, **about_new_import(model))


def about_new_import(model: type[BaseModel]) -> dict[str, Any]:
    """What that page says of the table."""
    sweep_waiting()
    asked = some(query(), WAS_DONE)
    done = {name: int(text) for name, text in asked.items() if text.isascii() and text.isdigit() and len(text) < 10}
    names = [label_of(rights_field(model, name)) for name in rights_of_importer(model).fields]
    values: dict[str, str] = {}
    return about_import(model) | {"fields": names, "done": done, "values": values}


def rights_field(model: Any, name: str) -> Any:
    """The field of that name."""
    return model._meta.fields[name]


def about_import(model: type[BaseModel]) -> dict[str, Any]:
    """What each of these pages says of the table."""
    file = f"{model.__module__.replace('.', '/')}.py"
    names = {"title": heading_of(model), "singular": singular_of(model), "plural": model.plural, "file": file}
    return names | {"can_be_read": may_read(model)}


def import_page(model: type[BaseModel], key: str, incoming: Incoming, notice: str = "") -> str:
    """What was found in the file."""
    sheet, wish, rights = incoming.sheet, incoming.wish, incoming.rights
    response.set_header("Cache-Control", "no-store")
    reading = about_reading(sheet)
    told = {*wish.fields, *columns_of_secrets(reading["headings"])}
    return page(
        "exchange/preview",
        **about_import(model),
        **reading,
        key=key,
        alarm=notice,
        settings=settings_of(incoming),
        counts=incoming.counts,
        problems=incoming.problems,
        more_problems=incoming.more_problems.most_common(),
        choices=[(name, label_of(rights_field(model, name))) for name in rights.fields],
        columns={name: number for number, name in wish.fields.items()},
        left_out=[heading for number, heading in enumerate(reading["headings"]) if number not in told],
        matches=[(name, label_of(rights_field(model, name))) for name in unique_names(model) if name in rights.fields],
        wish=wish,
        values={},
    )


def about_reading(sheet: Sheet) -> dict[str, Any]:
    """How a file was read, what can be chosen instead, and what its first rows are then."""
    headings = headings_of(sheet)
    return {
        "form": sheet.form,
        "encodings": ENCODINGS,
        "delimiters": DELIMITERS,
        "headings": headings,
        "secret": [headings[number] for number in columns_of_secrets(headings)],
        "first": first_rows_of(sheet),
    }


def headings_of(sheet: Sheet) -> list[str]:
    """Those of the columns; none where the file has none, which is among the problems."""
    try:
        return [cell_shown(heading) for heading in sheet.headings]
    except BadSheet:
        return []


def first_rows_of(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """A few, as they are read."""
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells, _ in islice(sheet.rows(), FIRST_SHOWN):
            rows.append((number, [cell_shown(cell) for cell in cells]))
    except BadSheet:
        pass  # it is among the problems
    return rows


def settings_of(incoming: Incoming) -> dict[str, str]:
    """How the file was read and what becomes of its rows: what is agreed to is what was seen."""
    form, wish = incoming.sheet.form, incoming.wish
    settings = {"encoding": form.encoding, "delimiter": form.delimiter, "header": str(form.header), "match": wish.match}
    settings |= {FROM + name: str(number) for number, name in wish.fields.items()} | {SEEN: seen(form)}
    return settings | ({"adds": "yes"} if wish.adds else {}) | ({"changes": "yes"} if wish.changes else {})
