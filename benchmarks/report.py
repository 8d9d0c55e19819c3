"""The figures as tables, for the terminal and for the page."""

from benchmarks.everyone import BARE, FLASK, MEMBER, PLAIN, POCKETBASE, TWO_PROCESSES, VISITOR
from benchmarks.peer import ROUTES

COLUMNS = {"start": "start, ms", "memory": "MiB"} | {route: f"{route}, /s" for route in ROUTES}
RATIOS = (
    (VISITOR, BARE),
    (VISITOR, POCKETBASE),
    (VISITOR, PLAIN),
    (MEMBER, PLAIN),
    (MEMBER, POCKETBASE),
    (MEMBER, FLASK),
    (TWO_PROCESSES, MEMBER),
)


def table(rows: list[dict]) -> list[list[str]]:
    """A line of texts for each peer, and one of heads before them."""
    lines = [[row["name"], *(number(row.get(column)) for column in COLUMNS), row["written"]] for row in rows]
    return [["", *COLUMNS.values(), "a write is"], *lines]


def ratios(rows: list[dict]) -> list[list[str]]:
    """The same of what one of them is, as a part of another's."""
    by_name = {row["name"]: row for row in rows}
    pairs = [(one, other) for one, other in RATIOS if one in by_name and other in by_name]
    lines = [
        [f"{one} ÷ {other}", *(ratio(by_name[one].get(column), by_name[other].get(column)) for column in COLUMNS)]
        for one, other in pairs
    ]
    return [["", "start", "memory", *ROUTES], *lines] if lines else []


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def ratio(one: float | None, other: float | None) -> str:
    return "–" if one is None or other is None else f"{one / other:.2f}"


def in_columns(lines: list[list[str]]) -> str:
    """For a terminal: the first column left, the others right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    )


def of_class(things: list[dict]) -> str:
    """A line for each thing that a class does at once."""
    return "\n".join(
        f"30 {each['name']}: {each['at_first_try']} at the first try, after {each['seconds']:.1f} s; "
        f"GET /users {each['page']:.0f} ms (at most {each['slowest_page']:.0f})"
        for each in things
    )
