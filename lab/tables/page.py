"""All tables: as a picture, as files of it, and one after the other."""

from bottle import HTTPResponse

from lab.access import lab_only
from lab.requests import not_kept_by_browsers
from lab.sql.downloads import as_file
from lab.tables.advice import all_advice
from lab.tables.cards import table_cards
from lab.tables.legend import LEGEND
from lab.tables.mermaid import mermaid
from lab.tables.reader import reading_tables
from lab.tables.shown import Choice, SchemaPicture, schema_picture
from lab.tables.svg import svg_file, svg_of_page, svg_of_sign
from lab.tables.whose import known_tables
from routes.shared.page import page
from routes.shared.query import query
from routes.shared.section import Section

MAY_BE_LEFT_OUT = {"id": "the key id", "columns": "columns that are no key", "site": "what the site keeps for itself"}

routes = Section()


@routes.get("/lab/tables", apply=lab_only)
def show_tables() -> str:
    not_kept_by_browsers()
    with reading_tables() as reader:
        tables = known_tables(reader)
        cards = table_cards(reader, tables)
    advice = all_advice(tables)
    shown = schema_picture(tables, advice, sent_choice())
    asked = "&".join(f"{name}=no" for name in parts_left_out())
    return page(
        "lab/tables/overview",
        drawn=svg_of_page(shown, {card.known.name: f"#{card.id}" for card in cards}),
        shown=shown,
        in_words=references_in_words(shown),
        cards=[card for card in cards if not card.known.kept_for],
        others=[card for card in cards if card.known.kept_for],
        advice=advice,
        legend=[(svg_of_sign(kind), said) for kind, said in LEGEND.items()],
        choices=MAY_BE_LEFT_OUT,
        left_out=parts_left_out(),
        asked=f"?{asked}" if asked else "",
    )


@routes.get("/lab/tables.svg", apply=lab_only)
def download_svg() -> HTTPResponse:
    return as_file(svg_file(sent_picture()), "image/svg+xml", "tables.svg")


@routes.get("/lab/tables.mmd", apply=lab_only)
def download_mermaid() -> HTTPResponse:
    return as_file(mermaid(sent_picture()), "text/plain; charset=UTF-8", "tables.mmd")


def sent_picture() -> SchemaPicture:
    """The tables, without what the address leaves out."""
    with reading_tables() as reader:
        tables = known_tables(reader)
    return schema_picture(tables, all_advice(tables), sent_choice())


def parts_left_out() -> list[str]:
    """What the address leaves out of the picture: a form says `id=no`."""
    sent = query()
    return [name for name in MAY_BE_LEFT_OUT if sent.get(name) == "no"]


def sent_choice() -> Choice:
    """The same for the picture."""
    return Choice(*(name in parts_left_out() for name in MAY_BE_LEFT_OUT))


def references_in_words(shown: SchemaPicture) -> dict[str, list[tuple[str, str]]]:
    """Each table, and what it refers to by which columns."""
    rows = {table.name: table.rows for table in shown.tables}
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in rows}
    for tie in shown.ties:
        found[tie.table].append((rows[tie.table][tie.row].name, tie.to))
    return found
