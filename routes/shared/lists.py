"""Lists: one page of rows as a URL asks for it, and the URLs of its neighbours."""

from typing import Any
from urllib.parse import quote, urlencode

from bottle import request
from peewee import ModelSelect

from models.shared.listing import Page, page_of
from models.shared.row_checks import Invalid
from routes.shared.addresses import address
from routes.shared.picked import some
from routes.shared.query import query

PAGE_PARAMETERS = ("search", "sort", "after", "before")


def json_list(name: str, rows: "ModelSelect[Any]") -> dict[str, Any]:
    """`{name: [row, …], "total": n, "next": URL or null, "previous": URL or null}`."""
    filters = rows.model.filters
    parameters = query(filters)
    if "page" in parameters and "page" not in filters:
        raise Invalid({"page": "is not a field: pages have no numbers, follow `next`"})
    page = page_of(rows, **parameters)
    return {name: [row.read() for row in page.rows], "total": page.total} | neighbours(page, parameters)


def page_list(rows: "ModelSelect[Any]") -> dict[str, Any]:
    """What a view needs to show a list: `rows, total, next, previous, search, sort, chart_url`, `sort_url(sort)`."""
    parameters = {
        name: value for name, value in some(query(), PAGE_PARAMETERS).items() if value
    }  # of a form left empty
    page = page_of(rows, **parameters)
    return {
        "rows": page.rows,
        "total": page.total,
        "search": parameters.get("search", ""),
        "sort": parameters.get("sort", rows.model.sort),
        "chart_url": chart_url(rows.model, parameters),
        "sort_url": lambda sort: address_of_list(parameters, sort=sort),
    } | neighbours(page, parameters)


def chart_url(model: Any, parameters: dict[str, str]) -> str:
    """Where the rows of the list are as a chart; nothing when they cannot be counted."""
    from models.shared.counts import countable  # which no start needs

    if not countable(model):
        return ""
    asked = urlencode(some(parameters, ("search", *model.filters)))
    return address(f"/{model._meta.table_name}/chart{'?' if asked else ''}{asked}")


def neighbours(page: Page, parameters: dict[str, str]) -> dict[str, str | None]:
    """`next` and `previous` as URLs; None where there is no such page."""
    return {
        "next": page.next and address_of_list(parameters, after=page.next),
        "previous": page.previous and address_of_list(parameters, before=page.previous),
    }


def address_of_list(parameters: dict[str, str], **changed: str) -> str:
    """This list's URL with one thing `changed`, which begins at another place."""
    kept = {name: value for name, value in parameters.items() if name not in ("after", "before") and value}
    return address(f"{quote(request.path)}?{urlencode(kept | changed)}")
