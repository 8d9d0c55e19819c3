"""Whether all say the same: what is measured is worth something only then."""

import html
import json
import re
from typing import Any

from benchmarks.content import NEW_POST, WRITER, expected_users, post_rows
from benchmarks.peer import Peer
from benchmarks.running import Running

ROW = re.compile(r"<tr[^>]*>(.*?)(?=<tr|</table>)", re.DOTALL)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
TAG = re.compile(r"<svg.*?</svg>|<[^>]*>", re.DOTALL)  # a picture has letters, but they are no words
ON_THE_PAGE = ("id", "name", "uid", "dob", "age", "posts_total")


def require_agreement(server: Running) -> None:
    """SystemExit when it says something else than the others."""
    for route in server.peer.routes:
        status, body = server.ask(route)
        if status not in ((200, 201) if route == "write" else (200,)):
            raise SystemExit(f"{server.peer.name} answers {route} with {status}: {body[:500]!r}")
        said, expected = map(str, CHECKS[route](server.peer, body.decode()))
        if said != expected:
            place = next((at for at, (one, other) in enumerate(zip(said, expected, strict=False)) if one != other), 0)
            here = slice(max(place - 100, 0), place + 100)
            raise SystemExit(f"{server.peer.name}, {route}: {said[here]!r} instead of {expected[here]!r}")


def of_list(peer: Peer, text: str) -> tuple[Any, Any]:
    said = json.loads(text)
    users = said.get("users") or said.get("results") or said.get("items")
    total = said.get("total") or said.get("count") or said.get("totalItems")
    expected = expected_users()
    return ([plain(peer.user_of(user)) for user in users], total), ([plain(user) for user in expected], len(expected))


def of_one(peer: Peer, text: str) -> tuple[Any, Any]:
    return plain(peer.user_of(json.loads(text))), plain(expected_users()[0])


def of_page(_peer: Peer, text: str) -> tuple[Any, Any]:
    rows = [[words(cell) for cell in CELL.findall(row)] for row in ROW.findall(text)]
    users = expected_users()
    expected = [[str(user[name]) for name in ON_THE_PAGE] for user in users]
    linked = {user["id"] for user in users}
    return [row for row in rows if row] + more(text, "users", linked), [*expected, len(users), linked]


def of_posts(_peer: Peer, text: str) -> tuple[Any, Any]:
    expected = [post["note"] for post in reversed(post_rows()[-20:])]
    places = [words(text).find(note) for note in expected]
    authors = {post["user"] for post in post_rows()[-20:]}
    said = [note for note in expected if note in words(text)] + more(text, "posts", authors)
    return said, [*expected, len(post_rows()), authors] if places == sorted(places) else "in order"


def more(text: str, plural: str, linked: set[int]) -> list[Any]:
    """How many there are, and which of these users' pages are linked."""
    total = re.search(rf"([0-9]+) {plural}", words(text))
    return [int(total[1]) if total else None, linked & set(map(int, re.findall(r'href="/users/([0-9]+)"', text)))]


def of_write(_peer: Peer, text: str) -> tuple[Any, Any]:
    said = json.loads(text)
    return (said["note"], int(said["user"])), (NEW_POST["note"], WRITER)


CHECKS = {"list": of_list, "one": of_one, "page": of_page, "posts": of_posts, "write": of_write}


def words(text: str) -> str:
    return html.unescape(TAG.sub("", text)).strip()


def plain(user: dict) -> dict:
    """The same in one order, and with times in one spelling: some leave out the Z, or have milliseconds."""
    posts = [dict(sorted((post | {"created": moment(post["created"])}).items())) for post in user["posts"]]
    return dict(sorted((user | {"posts": posts}).items()))


def moment(text: str) -> str:
    return re.sub(r"(\.0+)?Z?$", "", text.replace(" ", "T"))
