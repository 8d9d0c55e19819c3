"""What programs of others read, where the address of the site is known: a map of its pages, and a feed of its posts."""

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from routes.shared.words import short

MOST_IN_MAP = 50_000  # addresses, as sitemaps.org has it
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap_files(site: str, places: list[str]) -> Iterator[tuple[str, bytes]]:
    """One map, or several and one of these."""
    parts = [places[start : start + MOST_IN_MAP] for start in range(0, len(places), MOST_IN_MAP)]
    if len(parts) == 1:
        yield "sitemap.xml", map_of("urlset", "url", site, parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, map_of("urlset", "url", site, part)
    yield "sitemap.xml", map_of("sitemapindex", "sitemap", site, names)


def map_of(whole: str, each: str, site: str, places: list[str]) -> bytes:
    lines = "".join(f"<{each}><loc>{escape(site + place)}</loc></{each}>\n" for place in places)
    return f"{DECLARATION}<{whole} {SITEMAP}>\n{lines}</{whole}>\n".encode()


def feed_file(site: str, posts: list[dict[str, Any]]) -> tuple[str, bytes]:
    """The newest posts, in Atom (RFC 4287). A post that says no time is left out."""
    told = [post for post in posts if post["created"]]
    updated = max((post["created"] for post in told), default="1970-01-01T00:00:00Z")
    head = (
        f'{DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom">\n<title>Posts · Bottle Portfolio</title>\n'
        f"<id>{escape(site)}posts/</id>\n<updated>{updated}</updated>\n"
        f'<link href={quoteattr(site + "posts/")}/>\n<link rel="self" href={quoteattr(site + "feed.xml")}/>\n'
    )
    return "feed.xml", f"{head}{''.join(entry(site, post) for post in told)}</feed>\n".encode()


def entry(site: str, post: dict[str, Any]) -> str:
    """It is known by the address of its file, and read in the list of all posts."""
    author, note = post.get("expanded", {}).get("user", {}), post["note"] or ""
    place = f"{site}posts/#row-{post['id']}"
    return (
        f"<entry><id>{escape(site)}api/posts/{post['id']}.json</id><title>{text(short(note))}</title>"
        f"<updated>{post['created']}</updated><author><name>{text(author.get('name') or 'Somebody')}</name></author>"
        f"<link href={quoteattr(place)}/><content>{text(note)}</content></entry>\n"
    )


def text(value: str) -> str:
    """As XML can have it: no sign that it forbids."""
    return escape(NOT_IN_XML.sub("", value))
