"""Which rows of a table are asked for: the address says it, and each of its values may be anybody's."""

import re
from typing import NamedTuple
from urllib.parse import quote, urlencode

from lab.tables.stored import StoredColumn
from models.shared.row_checks import Invalid
from routes.shared.addresses import address
from routes.shared.query import query

USUAL_ROWS, MOST_ROWS = 50, 200  # on a page
MOST_FILTERS = 5
MOST_PAGE = 10**12
TAKES_NO_VALUE = ("IS NULL", "IS NOT NULL")
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=", "contains", *TAKES_NO_VALUE)
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")


class Wanted(NamedTuple):
    """A filter: what a column must be."""

    column: str
    way: str
    value: str


class RowsAsked(NamedTuple):
    """What the address says: filters, the order, and which page of how many rows."""

    wanted: tuple[Wanted, ...] = ()
    sort: str = ""
    is_down: bool = False
    page: int = 1
    limit: int = USUAL_ROWS

    def parameters(self) -> dict[str, str]:
        """The same for an address, without what is usual."""
        found: dict[str, str] = {}
        for number, each in enumerate(self.wanted):
            end = str(number + 1) if number else ""
            found |= {f"column{end}": each.column}
            found |= {f"is{end}": each.way} if each.way != "=" else {}
            found |= {f"value{end}": each.value} if each.way not in TAKES_NO_VALUE else {}
        found |= {"sort": f"{'-' * self.is_down}{self.sort}"} if self.sort else {}
        found |= {"limit": str(self.limit)} if self.limit != USUAL_ROWS else {}
        return found | ({"page": str(self.page)} if self.page > 1 else {})


def rows_asked(columns: list[StoredColumn]) -> RowsAsked:
    """Of these columns. `Invalid` names what makes no sense."""
    sent = query()
    names = {column.name for column in columns}
    sort = sent.get("sort", "")
    # A column may begin with a minus itself.
    is_down = sort.startswith("-") and sort not in names
    sort = sort[1:] if is_down else sort
    if sort and sort not in names:
        raise Invalid({"sort": "is no column by which these rows can be sorted"})
    return RowsAsked(
        tuple(wanted_in(sent, names)),
        sort,
        is_down,
        number_sent(sent, "page", 1, MOST_PAGE),
        number_sent(sent, "limit", USUAL_ROWS, MOST_ROWS),
    )


def wanted_in(sent: dict[str, str], names: set[str]) -> list[Wanted]:
    """The filters; those of a form that were left empty are none."""
    found = []
    for number in range(MOST_FILTERS):
        end = str(number + 1) if number else ""
        column, way = sent.get(f"column{end}", ""), sent.get(f"is{end}", "=")
        if not column:
            continue
        if column not in names:
            raise Invalid({f"column{end}": "is no column in which these rows can be looked for"})
        if way not in COMPARISONS:
            raise Invalid({f"is{end}": f"must be one of {', '.join(COMPARISONS)}"})
        value = sent.get(f"value{end}", "")
        if "\x00" in value:
            raise Invalid({f"value{end}": "has a NUL, which no text has"})
        found.append(Wanted(column, way, value))
    return found


def number_sent(sent: dict[str, str], name: str, usual: int, most: int) -> int:
    """A number from 1 on."""
    text = sent.get(name, "")
    number = int(text) if re.fullmatch("[0-9]{1,15}", text) else 0
    if text and not 1 <= number <= most:
        raise Invalid({name: f"must be a whole number from 1 to {most}"})
    return number or usual


def address_of_table(name: str) -> str:
    """The page with the rows of a table; nothing for a name that no address can have."""
    return "" if name in ("", ".", "..") else address(f"/lab/tables/{quote(name, safe='')}")


def address_of_rows(name: str, asked: RowsAsked) -> str:
    """The page with some of its rows."""
    here, parameters = address_of_table(name), asked.parameters()
    return f"{here}?{urlencode(parameters)}" if parameters and here else here
