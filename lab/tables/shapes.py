"""What the picture is put together of: a crow's foot for many, a bar for one, a ring for perhaps none; words."""

from html import escape
from typing import Any

# The colours of a file. In a page, static/lab/tables.css has others, and those of the dark.
FILL = {
    "paper": "#fbf7f1",
    "card": "#fffdf9",
    "tint": "#f4ebdf",
    "ink": "#2b2420",
    "soft": "#6b5f56",
    "accent": "#9c3d1f",
    "differs": "#fbe9c8",
    "missing": "#fcecea",
    "bad": "#a4262c",
}
INKS = {"table": "ink", "name": "ink", "class": "accent", "attribute": "accent"}
TOES, RING = 9, 3.5  # pixels: the length of a foot, and half of a ring
DASHES = "6 4"


def tag(name: str, inner: str = "", **attributes: Any) -> str:
    """An element of SVG. `kind` is its class, and a name with _ the one with -."""
    given = {"class" if key == "kind" else key.replace("_", "-"): value for key, value in attributes.items()}
    said = "".join(f' {key}="{value if isinstance(value, str) else f"{value:g}"}"' for key, value in given.items())
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def words(kind: str, x: float, y: float, said: str, **attributes: Any) -> str:
    """A text at a place; nothing where there is none."""
    ink = FILL[INKS.get(kind, "soft")]
    return tag("text", safe(said), kind=kind, x=x, y=y, fill=ink, **attributes) if said else ""


def safe(said: str) -> str:
    """A text as XML takes it: it has no letter for what cannot be printed."""
    return escape("".join(each if each.isprintable() else "\ufffd" for each in said))


def foot(x: float, y: float, side: int, is_many: bool) -> str:
    """Where the rows are that refer: any number of them for each row that is referred to, or one at most."""
    if not is_many:
        return bar(x + 6 * side, y) + ring(x + 13 * side, y)
    heel = x + TOES * side
    return stroke(f"M{heel:g} {y:g}L{x:g} {y - 5:g}M{heel:g} {y:g}L{x:g} {y + 5:g}") + ring(heel + RING * side, y)


def one_end(x: float, y: float, side: int, is_optional: bool) -> str:
    """Where the row is that is referred to: exactly one, or perhaps none."""
    return bar(x + 6 * side, y) + (ring(x + 13 * side, y) if is_optional else bar(x + 10 * side, y))


def bar(x: float, y: float) -> str:
    """It says one."""
    return stroke(f"M{x:g} {y - 5:g}v10")


def ring(x: float, y: float) -> str:
    """It says none."""
    return tag("circle", kind="ring", cx=x, cy=y, r=RING, fill=FILL["card"], stroke=FILL["soft"], stroke_width=1.5)


def stroke(path: str, kind: str = "stroke") -> str:
    """A line along a path."""
    return tag("path", kind=kind, d=path, fill="none", stroke=FILL["soft"], stroke_width=1.5)
