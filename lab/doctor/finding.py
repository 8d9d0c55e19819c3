"""What the doctor says: one thing that is wrong, and the cure to copy. Nothing from outside is more than short text."""

import json
import re
from typing import NamedTuple

from config import ORIGIN

LONGEST_SHOWN = 100  # letters of a text of somebody's
LONGEST_ORIGIN = 270  # letters: no host has a longer name
PLAIN_PATH = re.compile(r"/[A-Za-z0-9._~/-]{0,100}")


class Finding(NamedTuple):
    """`name` is for programs and tests, `says` and `cure` are sentences, `lines` are to be copied.

    What `is_certain` keeps a page from working; the rest may do so.
    """

    name: str
    says: str
    cure: str
    lines: str = ""
    is_certain: bool = True


def brief(text: str) -> str:
    """Text of somebody's in a sentence: short, and nothing that a terminal could take for more."""
    short = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return short if short.isprintable() else ascii(short)[1:-1]


def start_line(**settings: str) -> str:
    """The line that starts the site with these settings; none where a value is no plain word for a shell."""
    values = [f"{name}={value}" for name, value in settings.items()]
    is_plain = all(re.fullmatch(r"[A-Za-z0-9.,:/\[\]_-]*", value) for value in settings.values())
    return " ".join([*values, "make serve"]) if is_plain else ""


def origins_line(*origins: str) -> str:
    """The line that starts the site for pages of these; none where one is nothing that ORIGINS may name."""
    can_be_named = all(len(each) <= LONGEST_ORIGIN and ORIGIN.fullmatch(each) for each in origins)
    return start_line(ORIGINS=",".join(dict.fromkeys(origins))) if can_be_named else ""


def fetch_lines(path: str, *options: str) -> str:
    """A `fetch` with the options that matter; nothing where the path is no plain one."""
    if not PLAIN_PATH.fullmatch(path):
        return ""
    given = f", {{{options[0]}}}" if options else ""
    if len(options) > 1:
        given = ", {\n" + "".join(f"    {each},\n" for each in options) + "}"
    return f"await fetch(backend + {json.dumps(path)}{given});"
