"""The figures in words and tables, for the terminal and for the page."""

from benchmarks.names import RATIOS
from benchmarks.peer import ROUTES

COLUMNS = {"start": "start, ms", "memory": "memory, MiB"} | {route: route for route in ROUTES}
Lines = list[list[str]]


def rates(rows: list[dict]) -> Lines:
    """Heads, then a line of texts for each peer."""
    lines = [[row["name"], *(number(row.get(column)) for column in COLUMNS), row["written"]] for row in rows]
    return [["", *COLUMNS.values(), "a write is"], *lines]


def ratios(rows: list[dict]) -> Lines:
    """Heads, then what one of them is as a part of another."""
    by_name = {row["name"]: row for row in rows}
    pairs = [(by_name[one], by_name[other]) for one, other in RATIOS if {one, other} <= by_name.keys()]
    lines = [
        [f"{one['name']} ÷ {other['name']}", *(ratio(one.get(column), other.get(column)) for column in COLUMNS)]
        for one, other in pairs
    ]
    return [["", "start", "memory", *ROUTES], *lines]


def computing(rows: list[dict]) -> Lines:
    """Heads, then the milliseconds that each peer computes for a request."""
    lines = [[row["name"], *(exact(row["cpu"].get(route)) for route in ROUTES)] for row in rows]
    return [["computing, ms for each", *ROUTES], *lines]


def of_class(things: list[dict]) -> Lines:
    """Heads, then a line for each thing that a class does at once."""
    counts = ("at_first_try", "seconds", "page", "slowest")
    lines = [[each["name"], *(f"{each[count]:.3g}" for count in counts)] for each in things]
    return [["thirty at once", "at the first try", "seconds", "/users meanwhile, ms", "at most"], *lines]


def of_queries(counts: dict[str, int]) -> Lines:
    return [["for a visitor", "queries"], *([path, str(count)] for path, count in counts.items())]


def of_million(figures: dict) -> Lines:
    """Milliseconds with few and with many, and how fast they were put in."""
    few, many = figures["few"], figures["many"]
    lines = [
        [name, f"{few['answers'][name]:.1f}", f"{took:.1f}", ratio(took, few["answers"][name])]
        for name, took in many["answers"].items()
    ]
    put_in = (few["rows_a_second"], many["rows_a_second"])
    seeded = ["rows put in a second", *map(number, put_in), ratio(*reversed(put_in))]
    return [["", *(f"{each['users']:,} users, ms" for each in (few, many)), "÷"], *lines, seeded]


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def ratio(one: float | None, other: float | None) -> str:
    return exact(None if one is None or other is None else one / other)


def exact(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def all_tables(results: dict) -> list[Lines]:
    """Of what was measured, in the order of the page."""
    makers = {
        "peers": (rates, ratios, computing),
        "class": (of_class,),
        "queries": (of_queries,),
        "million": (of_million,),
    }
    tables = [make(results[part]) for part, all_of_it in makers.items() if part in results for make in all_of_it]
    return [lines for lines in tables if len(lines) > 1]


def in_columns(lines: Lines) -> str:
    """For a terminal: the first column left, the others right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    texts = []
    for first, *others in lines:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        texts.append("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    return "\n".join(texts)


def in_markdown(lines: Lines) -> str:
    """The same for the page."""
    heads, *rows = lines
    rules = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [heads, rules, *rows])
