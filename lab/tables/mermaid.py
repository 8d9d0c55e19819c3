"""The picture as text for Mermaid, which other programs draw: an `erDiagram`."""

import re

from lab.tables.shown import SchemaPicture, ShownRow, Tie

MERMAID_MARKS = {"UQ": "UK", "PK": "PK", "FK": "FK"}
NOT_IN_WORD = re.compile(r"[^A-Za-z0-9_()\u00c0-\uffff]+")
NOT_IN_QUOTES = re.compile(r'["%\\]|[\x00-\x1f\x7f-\x9f]')


def mermaid(shown: SchemaPicture) -> str:
    """Each table with its columns, then what refers to what."""
    lines = ["erDiagram"]
    for table in shown.tables:
        lines += [
            f"    {mermaid_text(table.name)} {{",
            *(f"        {mermaid_attribute(row)}" for row in table.rows),
            "    }",
        ]
    columns = {table.name: [row.name for row in table.rows] for table in shown.tables}
    lines += [f"    {relation(tie, columns[tie.table][tie.row])}" for tie in shown.ties]
    return "\n".join([*lines, ""])


def mermaid_attribute(row: ShownRow) -> str:
    """A column. Mermaid takes few signs in its name, so one with others stands in the comment as it is."""
    name = as_word(row.name)
    marks = ", ".join(MERMAID_MARKS[mark] for mark in row.marks.split() if mark in MERMAID_MARKS)
    comment = " ".join(filter(None, [row.name if name != row.name else "", row.attribute, row.state]))
    parts = [as_word(row.type.removesuffix("NULL").strip()), name, marks, mermaid_text(comment) if comment else ""]
    return " ".join(filter(None, parts))


def relation(tie: Tie, column: str) -> str:
    """A reference."""
    one, many = "|o" if tie.is_optional else "||", "o|" if tie.is_unique else "o{"
    return f"{mermaid_text(tie.to)} {one}--{many} {mermaid_text(tie.table)} : {mermaid_text(column)}"


def mermaid_text(said: str) -> str:
    """A text in quotes, without what Mermaid does not take there."""
    return f'"{NOT_IN_QUOTES.sub(" ", said.replace(chr(34), chr(39))).strip() or "?"}"'


def as_word(said: str) -> str:
    """A text as one name. `pk` would be the sign of a key."""
    word = NOT_IN_WORD.sub("_", said) or "any"
    return f"{word}_" if word.upper() in ("PK", "FK", "UK") else word if not re.match(r"[0-9()]", word) else f"_{word}"
