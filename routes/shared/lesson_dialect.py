"""How the lesson's own pages are spoken to, and refused."""

from typing import Any

from routes.shared.dialect import Dialect


def shaped(details: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """A refusal as the lesson's pages read it: whatever is wrong with the values is 400."""
    status = 400 if details["status"] in (411, 413, 415, 422) else details["status"]
    refusals = {401: "Unauthorized", 403: "Forbidden"}
    login = {"data": None, "error": refusals[status]} if status in refusals else {}
    return status, {"message": details["detail"] or details["title"]} | login


LESSON = Dialect(
    "/lesson/",
    "application/json",
    shaped,
    {
        "type": "object",
        "description": "What went wrong; `data` and `error` when a login is missing or not enough.",
        "properties": {
            "message": {"type": "string"},
            "data": {"type": "null"},
            "error": {"type": "string", "enum": ["Unauthorized", "Forbidden"]},
        },
        "required": ["message"],
        "examples": [{"message": "uid is already taken"}],
    },
    "What the pages of the lesson call. A path may end with a slash. Dates of birth go out as MM-DD-YYYY, and come in "
    "so or as YYYY-MM-DD. The API that is kept for all others is described at `/api/openapi.json`.",
    ignores_trailing_slash=True,  # a browser refuses a preflight that is sent elsewhere
)
