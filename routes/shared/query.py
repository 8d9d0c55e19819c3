"""What an address carries behind its question mark."""

from collections.abc import Collection

from bottle import request

from routes.shared.pairs import as_text, once, pairs_of


def query(known: Collection[str] = ()) -> dict[str, str]:
    """The parameters of the URL, but those that others add to any address; `known` ones are ours all the same."""
    text = as_text(request.query_string.encode("latin-1"))  # WSGI carries bytes so
    return once([pair for pair in pairs_of(text) if pair[0] in known or not is_added(pair[0])])


def is_added(name: str) -> bool:
    """Whether scripts put it behind an address so that no cache answers, or campaigns to be counted."""
    return name == "_" or name.startswith("utm_")
