"""What the API gives of the history."""

from typing import Any

from models.shared.fields import IntegerField
from routes.shared.history.asked import ID
from routes.shared.history.bulk import Bulk
from routes.shared.shapes import shape

MAYBE: dict[str, Any] = {"type": ["string", "null"]}
STATE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "By the names of fields, as the table has them.",
}
ROW: dict[str, Any] = {
    "type": "object",
    "properties": {
        "rows": {"type": "string", "description": "The table."},
        "id": ID,
        "done": {"type": "string", "enum": ["create", "update", "delete"]},
        "before": STATE_SCHEMA,
        "after": STATE_SCHEMA,
    },
    "required": ["rows", "id", "done"],
}
CHANGE_SHAPE = shape(
    id=ID,
    created={"type": "string", "format": "date-time"},
    person={"type": ["integer", "null"], "description": "Who it was; null for a visitor, a command, or who is gone."},
    command=MAYBE | {"description": "What was asked for; null for another program."},
    label=MAYBE | {"description": "What the rows do not tell: seeded, erased or restored."},
    undone_by={"type": ["integer", "null"], "description": "The change that has taken this one back."},
    may_be_undone={"type": "boolean", "description": "Whether you may try."},
    total={"type": "integer", "minimum": 0, "description": "How many rows it is about."},
    rows=[ROW],
)
CHANGES_SHAPE = shape(
    changes=[CHANGE_SHAPE],
    next={"type": ["string", "null"], "format": "uri-reference", "description": "The next page."},
)
UNDONE = shape(change=ID | {"description": "The change that undoing is."})
LATELY = shape(
    change={"type": ["integer", "null"], "description": "The change that undoing is; null before it is done."},
    changes={"type": "array", "items": ID, "description": "What is undone, the newest first."},
    left=[shape(change=ID, reasons={"type": "array", "items": {"type": "string"}})],
)
HOURS_BACK = {"type": "integer", "minimum": 1, "maximum": 24, "default": 1, "description": "How far back."}
LATELY_ASKED = shape(person=ID | {"description": "Whose changes."}, hours=HOURS_BACK)
LATELY_SENT = shape(
    person=IntegerField(minimum=1, help_text="Whose changes."),
    hours=IntegerField(null=True, default=1, minimum=1, maximum=24, help_text="How far back."),
    newest=IntegerField(null=True, minimum=1, help_text="The newest change that is meant."),
)


def bulk_as_json(this: int | None, found: Bulk) -> dict[str, Any]:
    """What was undone at once, or would be."""
    left = [{"change": change.id, "reasons": [each.words for each in refusals]} for change, refusals in found.left]
    return {"change": this, "changes": [change.id for change in found.changes], "left": left}
