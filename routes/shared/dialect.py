"""How programs are spoken to: which paths are theirs, and the shape of a refusal there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Dialect:
    """Under `prefix` errors are JSON of `content_type`, and pages of other origins may come.

    `shaped` gets the problem details of RFC 9457 and returns the status and the body to answer with; `refusal` is the
    JSON Schema of such a body. `about` introduces the description of the routes there. Where it
    `ignores_trailing_slash`, a path is the same with a slash behind it, for every method and without a redirect.
    """

    prefix: str
    content_type: str
    shaped: Callable[[Json], tuple[int, Json]]
    refusal: Json
    about: str
    ignores_trailing_slash: bool = False

    def path_to_match(self, path: str) -> str:
        """`path` as the router looks for it."""
        rest = path.removeprefix(self.prefix)
        return self.prefix + (rest.removesuffix("/") if self.ignores_trailing_slash else rest)


API = Dialect(
    "/api/",
    "application/problem+json",
    lambda details: (details["status"], details),
    {
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "problems": {
                "type": "object",
                "description": "With 422: what is wrong with which value.",
                "additionalProperties": {"type": "string"},
            },
            "changed": {
                "type": "object",
                "description": "With 412: the values that are others now, as far as the `ETag` that was sent tells.",
            },
        },
        "required": ["type", "title", "status", "detail"],
        "examples": [
            {
                "type": "about:blank",
                "title": "Some values cannot be used",
                "status": 422,
                "detail": "uid is already taken",
                "problems": {"uid": "is already taken"},
            }
        ],
    },
    "Lists come in pages: follow `next`. Times are UTC, dates ISO 8601. What is refused says why, as problem details "
    "(RFC 9457). A method that a path does not have is answered with 405 and `Allow`. What changes something is "
    "refused when a browser says that it comes from a page of another site, unless it carries a token.",
)
