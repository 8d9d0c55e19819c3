"""Names and values as a form and a URL carry them. All text is UTF-8, and no name comes twice."""

from collections import Counter
from typing import Any
from urllib.parse import parse_qsl

from bottle import HTTPError

from models.shared.row_checks import Invalid
from routes.shared.raw_body import MOST_FIELDS


def as_text(content: bytes) -> str:
    """400 for bytes that are not UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise HTTPError(400, "That is not UTF-8.") from None


def pairs_of(text: str) -> list[tuple[str, str]]:
    """The pairs of `name=value&name=value`, as a URL and a form have them."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise HTTPError(400, f"The values are not UTF-8, or more than {MOST_FIELDS}.") from None


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as a dictionary; `Invalid` for a name that comes twice, as one reader might take the other value."""
    values = dict(pairs)
    if len(values) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise Invalid({name: "must be given once" for name, count in counts.items() if count > 1})
    return values
