"""How programs are spoken to: which paths are theirs, and the shape of a refusal there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Dialect:
    """Under `prefix` errors are JSON of `content_type`, and pages of other origins may come.

    `shaped` gets the problem details of RFC 9457 and returns the status and the body to answer with.
    """

    prefix: str
    content_type: str
    shaped: Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]


API = Dialect("/api/", "application/problem+json", lambda details: (details["status"], details))
