"""The guide as HTML: as much of Markdown as it has, which is headings, paragraphs, lists, code and its addresses."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import NamedTuple

GUIDE = Path(__file__).parents[2] / "docs" / "make-your-own.md"
CODE_BLOCK = re.compile(r"^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE_WORDS = re.compile(r"`([^`]+)`")
LINK_HERE = re.compile(r"<http://127\.0\.0\.1:8086(/[^>]*)>")  # as the guide calls this site


class Guide(NamedTuple):
    """Its heading, its sections by what they are called in an address, and all but the heading as HTML."""

    heading: str
    sections: dict[str, str]
    html: str


@lru_cache(maxsize=8)
def read_guide(prefix: str) -> Guide:
    """With `prefix` before each address of this site. FileNotFoundError where there is no guide."""
    heading, _, text = GUIDE.read_text(encoding="utf-8").partition("\n")
    sections = {anchor(head): head for head in re.findall(r"^## (.+)$", text, re.MULTILINE)}
    return Guide(heading.removeprefix("# "), sections, "\n".join(blocks(text, prefix)))


def blocks(text: str, prefix: str) -> Iterator[str]:
    """HTML of what empty lines keep apart, and of code, in which they do not."""
    for number, part in enumerate(CODE_BLOCK.split(text)):
        if number % 2:
            yield f'<pre tabindex="0"><code>{escape(part)}</code></pre>'
        else:
            yield from (block(each, prefix) for each in part.strip("\n").split("\n\n") if each)


def block(text: str, prefix: str) -> str:
    """A heading, a list or a paragraph."""
    if text.startswith("## "):
        head = text.removeprefix("## ")
        return f'<h2 id="{anchor(head)}">{escape(head)}</h2>'
    if text.startswith("- "):
        items = text.removeprefix("- ").split("\n- ")
        return "\n".join(("<ul>", *(f"<li>{words_of_line(item, prefix)}</li>" for item in items), "</ul>"))
    return f"<p>{words_of_line(text, prefix)}</p>"


def words_of_line(text: str, prefix: str) -> str:
    """What stands in a paragraph."""
    parts = CODE_WORDS.split(text)
    return "".join(
        f"<code>{escape(part)}</code>" if number % 2 else with_links(part, prefix) for number, part in enumerate(parts)
    )


def with_links(text: str, prefix: str) -> str:
    """Each address of this site leads there."""
    parts = LINK_HERE.split(text)
    return "".join(
        f'<a href="{escape(prefix + part)}">{escape(part)}</a>' if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )


def anchor(head: str) -> str:
    """As GitHub calls the place of a heading."""
    return re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")
