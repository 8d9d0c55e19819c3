"""JSON as people type it: what is wrong with it is told with its place, and with the usual cause."""

import json
from collections.abc import Callable
from typing import Any, NoReturn

from bottle import HTTPError

MARK = "\ufeff"  # some editors begin a file with it


def read_json(text: str, as_object: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    """What `text` says; `as_object` gets the pairs of each object. 400 for what is no JSON."""
    text = text.removeprefix(MARK)
    try:
        return json.loads(text, parse_constant=refuse_constant, object_pairs_hook=as_object)
    except RecursionError:
        raise HTTPError(400, "The JSON is nested too deeply.") from None
    except json.JSONDecodeError as error:
        words = f"The body is not JSON: line {error.lineno}, column {error.colno}. {usual_cause(text, error.pos)}"
        raise HTTPError(400, words.strip()) from None
    except ValueError:  # Python's own limit
        raise HTTPError(400, "The body is not JSON: it has a number of thousands of digits.") from None


def usual_cause(text: str, place: int) -> str:
    """What people often do who get stuck at this place; nothing when it may be anything."""
    before, here, after = text[:place].rstrip(), text[place : place + 1], text[place + 1 :].lstrip()
    causes = {
        "In Windows' shell the body stands in double quotes, with \\\" for each one within it.": text.lstrip()[:1]
        == "'",
        "Names and texts stand in double quotes.": here == "'",
        "There is a comma behind the last value.": is_last_comma(before, here, after),
        "Names and texts stand in double quotes. Windows' shell takes them away: write \\\" for each one.": (
            before.endswith(("{", ",", ":")) and here.isalpha()
        ),
        "JSON has no comments.": here in ("/", "#"),
        "A new line within a text is written \\n, a tab \\t.": here in ("\n", "\r", "\t"),
        "It ends too early.": not here,
    }
    return next((words for words, is_so in causes.items() if is_so), "")


def is_last_comma(before: str, here: str, after: str) -> bool:
    """Whether a comma is followed by the end of a list or an object; the place is either of the two."""
    return (before.endswith(",") and here in ("}", "]")) or (here == "," and after.startswith(("}", "]")))


def refuse_constant(name: str) -> NoReturn:
    """Python reads NaN and Infinity, which JSON does not have."""
    raise HTTPError(400, f"The body is not JSON: there is no {name} in it, only numbers and null.")
