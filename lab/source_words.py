"""What a function says of itself, in its first line of words; of what all models can do, what that is."""

import sys
from types import CodeType

HAS_WORDS = 0x4000000  # a flag of code objects, from Python 3.14 on
VERBS = {
    "create": "makes a new row and checks it",
    "update": "changes a row and checks it",
    "delete": "deletes a row",
    "read": "what may be seen of a row",
    "select": "begins a query",
    "get_by_id": "finds the row with this id",
    "problems": "its rules",
    "from_form": "makes values of the texts in the form",
}


def says_of(code: CodeType, name: str) -> str:
    """Its own words first: they are the student's."""
    if name in VERBS and name != "problems":
        return VERBS[name]
    first = code.co_consts[0] if code.co_consts else None
    is_said = isinstance(first, str) and (sys.version_info < (3, 14) or code.co_flags & HAS_WORDS)
    words = first.strip().partition("\n")[0].replace("`", "") if is_said and isinstance(first, str) else ""
    return f"its rules: {words}" if name == "problems" and words else words or VERBS.get(name, "")
