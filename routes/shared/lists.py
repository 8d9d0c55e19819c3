"""Lists: one page of rows as a URL asks for it, and the URLs of its neighbours."""

from math import ceil
from typing import Any
from urllib.parse import quote, urlencode

from bottle import request, response

from models.shared.fields import label_of
from models.shared.filters import Filters, known_filters
from models.shared.list_page import Page
from models.shared.listing import END, USUAL_PAGE, page_of
from models.shared.row_checks import Invalid
from routes.shared.addresses import address
from routes.shared.exchange.downloads import file_links, rows_as_file
from routes.shared.exchange.wanted import wants_csv
from routes.shared.expanded import EXPAND, expandable, read_rows
from routes.shared.list_place import (
    LAST_NUMBER,
    address_of_here,
    asked_place,
    has_place,
    path_of_place,
    refuse_query,
)
from routes.shared.picked import some
from routes.shared.query import query
from routes.shared.state import current_state

PAGE_PARAMETERS = ("search", "sort", "after", "before")


def json_list(name: str, rows: Any, having: Filters | None = None) -> dict[str, Any]:
    """`{name: [row, …], "total": n, "next": URL or null, "previous": URL or null}`.

    Whoever would rather have CSV gets a file of every row.
    """
    if wants_csv():
        raise rows_as_file(rows, "csv", having)
    response.add_header("Vary", "Accept")
    known = known_filters(rows.model)
    parameters = query(known)
    if "page" in parameters and "page" not in known:
        raise Invalid({"page": "is not a field: pages have no numbers, follow `next`"})
    asked = {each: text for each, text in parameters.items() if each != EXPAND or not expandable(rows.model)}
    refuse_query(asked)
    place = asked_place(rows, having)
    page = page_of(rows, having, **asked, **place)
    ways = ways_of(page, parameters | place)
    return {name: read_rows(rows.model, page.rows), "total": page.total} | some(ways, ("next", "previous"))


def page_list(rows: Any, having: Filters | None = None) -> dict[str, Any]:
    """What a view needs to show a list; see `asking`, `count` and `neighbours` in `views/parts/`.

    A filter that makes no sense is passed over and named in `problems`, with 422.
    """
    known = known_filters(rows.model)
    asked = some(query(known), (*PAGE_PARAMETERS, *known))
    texts = {name: text for name, text in asked.items() if text.strip()}  # of a form left empty
    refuse_query(texts)
    parameters, problems = texts | asked_place(rows, having), {}
    try:
        page = page_of(rows, having, **parameters)
    except Invalid as error:
        problems = some(error.problems, known)
        if not problems:
            raise
        response.status = 422
        parameters = {name: text for name, text in texts.items() if name not in problems}
        page = page_of(rows, having, **parameters)
    return {
        "rows": page.rows,
        "total": page.total,
        "shown": shown_of(page),
        "search": parameters.get("search", ""),
        "sort": parameters.get("sort", rows.model.sort),
        "chart_url": chart_url(rows.model, parameters),
        "files": file_links(rows.model, {} if current_state().frozen else parameters),
        "sort_url": lambda sort: address_of_order(rows.model, parameters, sort),
        "sorts": sorts_of(rows.model),
        "texts": texts,
        "problems": problems,
        "is_filtered": any(name in known for name in parameters),
        "unfiltered": address_of_list(some(parameters, ("sort",))),
        "here": address_of_here(),
    } | ways_of(page, parameters)


def chart_url(model: Any, parameters: dict[str, str]) -> str:
    """Where the rows of the list are as a chart; nothing when they cannot be counted."""
    from models.shared.counts import countable  # which no start needs

    if not countable(model):
        return ""
    asked = urlencode(some(parameters, ("search", *known_filters(model))))
    return address(f"/{model._meta.table_name}/chart{'?' if asked else ''}{asked}")


def shown_of(page: Page) -> str:
    """Which of how many rows are on this page, as far as that is known."""
    count = len(page.rows)
    if count == page.total:
        return f"{page.total:,}"
    if page.first is None:
        return f"{count:,} of {page.total:,}"
    last = page.first + count - 1
    return f"{page.first:,}–{last:,} of {page.total:,}" if count > 1 else f"{last:,} of {page.total:,}"


def sorts_of(model: Any) -> list[tuple[str, str]]:
    """What a list can be sorted by, each with its words."""
    labels = [(name, label_of(model._meta.fields[name])) for name in model.sorts]
    ways = [((name, label), (f"-{name}", f"{label}, from the end")) for name, label in labels]
    return [each for pair in ways for each in pair]


def ways_of(page: Page, parameters: dict[str, str]) -> dict[str, str | None]:
    """`first`, `previous`, `next` and `last` as URLs; None where there is no such page."""
    ways: dict[str, str | None] = {
        "first": page.previous and address_of_list(parameters),
        "previous": page.previous and address_of_list(parameters, before=page.previous),
        "next": page.next and address_of_list(parameters, after=page.next),
        "last": page.next and address_of_list(parameters, before=END),
    }
    return ways | numbered_ways(page) if has_place() else ways


def numbered_ways(page: Page) -> dict[str, str | None]:
    """The same as paths, as far as pages have numbers. In files all have one."""
    place, frozen = current_state().place, current_state().frozen
    by, number = (place.by, max(place.page, 1)) if place else ("", 1)
    numbers = {"first": 1, "previous": number - 1} if page.previous else {}
    numbers |= {"next": number + 1, "last": max(ceil(page.total / USUAL_PAGE), number + 1)} if page.next else {}
    if frozen and page.next:
        frozen.places[path_of_place(by, number + 1)] = page.next
    is_known = [way for way, each in numbers.items() if frozen or each <= LAST_NUMBER]
    return {way: address(quote(path_of_place(by, numbers[way]))) for way in is_known}


def address_of_order(model: Any, parameters: dict[str, str], sort: str) -> str:
    """This list's URL in another order."""
    if has_place():
        return address(quote(path_of_place("" if sort == model.sort else sort, 1)))
    return address_of_list(parameters, sort=sort)


def address_of_list(parameters: dict[str, str], **changed: str) -> str:
    """This list's URL with one thing `changed`, which begins at another place."""
    kept = {name: value for name, value in parameters.items() if name not in ("after", "before") and value}
    asked = urlencode(kept | changed)
    return address(quote(request.path)) + (f"?{asked}" if asked else "")
