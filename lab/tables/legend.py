"""What the signs of the picture mean."""

from lab.tables.shapes import DASHES, FILL, foot, one_end, stroke, tag, words
from lab.tables.shown import STATE_SIGNS

LEGEND = {
    "PK": "primary key",
    "FK": "foreign key",
    "UQ": "unique index",
    "IX": "index",
    "uq ix": "the same, with other columns",
    "many": "any number of rows refer to it",
    "alone": "one row at most refers to it",
    "one": "it refers to exactly one row",
    "perhaps": "it may refer to none",
    "differs": "not as the class says, or no class",
    "missing": "only the class has it",
    "view": "a view: a query with a name",
}
GLYPH_WIDTH, GLYPH_HEIGHT = 50, 22


def glyph(kind: str) -> str:
    """A sign, in a place of this size."""
    if kind in ("many", "alone"):
        return stroke("M2 11H48") + foot(2, 11, 1, is_many=kind == "many")
    if kind in ("one", "perhaps"):
        return stroke("M2 11H48") + one_end(48, 11, -1, is_optional=kind == "perhaps")
    if kind == "view":
        look = {"fill": "none", "stroke": FILL["soft"], "stroke_dasharray": DASHES}
        return tag("rect", kind="sheet", x=2, y=2, width=46, height=18, rx=5, **look)
    sign = words("marks", 25, 15, STATE_SIGNS.get(kind, kind), text_anchor="middle", font_size=11, font_weight=700)
    card = tag("rect", kind=kind, x=2, y=1, width=46, height=20, rx=3, fill=FILL[kind]) if kind in STATE_SIGNS else ""
    return card + sign
