"""The picture of the tables as SVG: a part of a page, or a file for other programs."""

from collections.abc import Mapping
from typing import Any

from lab.tables.layout import HEAD, MARGIN, PADDING, ROW, Placed, placed_tables
from lab.tables.legend import GLYPH_HEIGHT, GLYPH_WIDTH, LEGEND, glyph
from lab.tables.lines import DrawnLine, lines_between
from lab.tables.shapes import DASHES, FILL, foot, one_end, safe, stroke, tag, words
from lab.tables.shown import SchemaPicture, ShownRow
from routes.shared.drawing import fitted

FONT = {"font_family": "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace", "font_size": 13}
LEGEND_WIDTH, LEGEND_ROW = 330, 26
HEADS = {"unclaimed": "differs", "missing": "missing"}  # the colours of those that are not as usual
WITHOUT_CLASS = {"view": "view", "unclaimed": "no class", "missing": "no table"}


def svg_of_page(shown: SchemaPicture, links: Mapping[str, str]) -> str:
    """The picture within a page: the name of each table is a link, if there is one."""
    inner, width, height = drawn_tables(shown, links)
    said = f"{len(shown.tables)} tables, and {len(shown.ties)} references between them"
    return tag("svg", inner, **sizes(width, height), **FONT, role="group", aria_label=said)


def svg_file(shown: SchemaPicture) -> str:
    """The picture as a file of its own, with the legend below it."""
    inner, width, top = drawn_tables(shown, {})
    across = max(1, int((width - MARGIN) // LEGEND_WIDTH))
    width = max(width, LEGEND_WIDTH + 2 * MARGIN)
    height = top + LEGEND_ROW * -(-len(LEGEND) // across) + MARGIN
    paper = tag("rect", width="100%", height="100%", fill=FILL["paper"])
    legend = "".join(
        tag(
            "g",
            glyph(kind) + words("legend", GLYPH_WIDTH + 6, 15, said, font_size=11.5),
            transform=f"translate({MARGIN + LEGEND_WIDTH * (n % across)} {top + LEGEND_ROW * (n // across):g})",
        )
        for n, (kind, said) in enumerate(LEGEND.items())
    )
    content = f"{tag('title', 'The tables')}{paper}{inner}{legend}"
    file = tag("svg", content, xmlns="http://www.w3.org/2000/svg", **sizes(width, height), **FONT)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{file}\n'


def svg_of_sign(kind: str) -> str:
    """A sign of the legend within a page, where its words stand beside it."""
    return tag("svg", glyph(kind), **sizes(GLYPH_WIDTH, GLYPH_HEIGHT), **FONT, aria_hidden="true")


def sizes(width: float, height: float) -> dict[str, Any]:
    """Of a picture."""
    return {"width": width, "height": height, "viewBox": f"0 0 {width:g} {height:g}"}


def drawn_tables(shown: SchemaPicture, links: Mapping[str, str]) -> tuple[str, float, float]:
    """The lines and the boxes, and how large all is."""
    layout = placed_tables(shown)
    lines, width, height = lines_between(shown.ties, layout)
    boxes = "".join(drawn_box(box, links.get(name, "")) for name, box in layout.boxes.items())
    return tag("g", "".join(map(drawn_line, lines)), aria_hidden="true") + boxes, width, height


def drawn_line(line: DrawnLine) -> str:
    """A reference with its ends; under the pointer it says which it is."""
    near = tag("path", d=line.path, fill="none", stroke="none", stroke_width=12, pointer_events="stroke")
    ends = foot(*line.start, is_many=not line.tie.is_unique) + one_end(*line.end, is_optional=line.tie.is_optional)
    return tag("g", tag("title", safe(line.tie.words)) + near + stroke(line.path) + ends, kind="tie")


def drawn_box(box: Placed, link: str) -> str:
    """A table."""
    table = box.table
    place: dict[str, Any] = {"x": box.x, "y": box.y, "width": box.width, "rx": 6}
    edge: dict[str, Any] = {"stroke": FILL["bad" if table.state == "missing" else "soft"]}
    edge |= {"stroke_dasharray": DASHES} if table.state in ("missing", "view") else {}
    sheet = tag("rect", kind="sheet", **place, height=box.height, fill=FILL["card"], **edge)
    head = tag("rect", kind="head", **place, height=HEAD - 5, fill=FILL[HEADS.get(table.state, "tint")])
    name = head + words("table", box.x + PADDING, box.y + 20, fitted(table.name), font_size=14, font_weight=700)
    whose = fitted(table.class_name) or WITHOUT_CLASS.get(table.state, "")
    right = {"text_anchor": "end", "font_size": 12, "aria_hidden": "true"}
    whose_words = words("class", box.x + box.width - PADDING, box.y + 20, whose, **right)
    rows = "".join(drawn_row(box, number, row) for number, row in enumerate(table.rows))
    named = tag("a", name, href=safe(link)) if link else name
    return tag(
        "g",
        sheet + named + whose_words + tag("g", rows, aria_hidden="true", font_size=11),
        kind=f"box {table.state}".strip(),
    )


def drawn_row(box: Placed, number: int, row: ShownRow) -> str:
    """A column."""
    y = box.y + HEAD + ROW * number
    place: dict[str, Any] = {"x": box.x + 1, "y": y, "width": box.width - 2, "height": ROW}
    card = tag("rect", kind=row.state, **place, fill=FILL[row.state]) if row.state else ""
    marks, names, types, attributes = (box.x + each for each in box.places)
    middle = y + ROW / 2 + 4
    return (
        card
        + words("marks", marks, middle, row.marks, font_weight=700)
        + words("name", names, middle, fitted(row.name), font_size=13)
        + words("type", types, middle, fitted(row.type))
        + words("attribute", attributes, middle, fitted(row.attribute))
    )
