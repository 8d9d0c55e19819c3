"""What nobody but the browser knows: a request that never left it. This makes the lines for the page's console."""

import json
from pathlib import Path

LINES = Path(__file__).with_name("never_asked.js")
ADDRESS = '"http://127.0.0.1:8086"'  # which stands in the lines


def console_lines(backend: str) -> str:
    """The lines that tell why, for a page that asks this backend."""
    return LINES.read_text(encoding="utf-8").replace(ADDRESS, json.dumps(backend))
