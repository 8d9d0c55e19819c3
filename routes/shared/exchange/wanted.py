"""Whether a program would rather have CSV than JSON: what its Accept says (RFC 9110)."""

from bottle import request

CSV_TYPE, JSON_TYPE, PAGE_TYPE = "text/csv", "application/json", "text/html"


def wants_csv() -> bool:
    """Named, and no less wanted than JSON is."""
    weights = accepted_types(request.environ.get("HTTP_ACCEPT", ""))
    return weights.get(CSV_TYPE, 0) > 0 and weights[CSV_TYPE] >= weights.get(JSON_TYPE, 0)


def is_browser() -> bool:
    """Whether somebody has followed a link, whose next program may be a spreadsheet."""
    return accepted_types(request.environ.get("HTTP_ACCEPT", "")).get(PAGE_TYPE, 0) > 0


def accepted_types(accept: str) -> dict[str, float]:
    """How much each type that is named is wanted, from 0 to 1."""
    found = {}
    for each in accept.lower().split(","):
        name, *parameters = (part.strip() for part in each.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            found[name] = float(weight)
        except ValueError:
            found[name] = 0.0
    return found
