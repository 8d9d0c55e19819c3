"""What nobody but the browser knows: a request that never left it. This makes the lines for the page's console."""

import json
from pathlib import Path

EXAMPLE = '"http://127.0.0.1:8086"'  # which stands in the file


def console_lines(backend: str) -> str:
    """The lines that tell why, for a page that asks this backend."""
    lines = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return lines.replace(EXAMPLE, json.dumps(backend))
