"""An entry of the log as one line of JSON, which no text of a request can leave or add to."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from metrics.marks import current_mark


class JsonEntry(logging.Formatter):
    """The time, what it is about, and the request that it belongs to."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, in ASCII: all else is escaped."""
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        mark = getattr(record, "mark", None)
        if mark:
            names = {"request_id": mark.request, "trace_id": mark.trace, "span_id": mark.span, "parent_id": mark.parent}
            entry |= {name: text for name, text in names.items() if text}
        return json.dumps(entry | getattr(record, "values", {}))


def note_mark(record: logging.LogRecord) -> bool:
    """Called in the thread that answers, for an entry that is written later by another one."""
    record.mark = current_mark.get()
    return True
