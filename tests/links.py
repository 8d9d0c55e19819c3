"""Every address that pages and JSON name, followed from the main ones: none leaves the prefix."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

BEGIN = ["/", "/docs", "/nowhere", "/health", "/account", "/posts/new", "/users/1/edit", "/users?search=nobody"]
BEGIN += ["/api/users?limit=3", "/api/posts?limit=3", "/api/jokes?limit=3", "/api/users/1/posts", "/api/me"]
BEGIN += ["/api/openapi.json", "/lesson/openapi.json", "/lesson/api/users", "/lesson/api/jokes", "/api/nowhere"]
BEGIN += ["/history", "/history/lately", "/users/1/erase", "/users/import", "/api/changes", "/users/"]
BEGIN += ["/api/users/?limit=2", "/static/lesson/index.html"]
IN_TEXT = re.compile(r"""https?://localhost(?::80)?(/[^\s'"<&]*)""")
ADDRESS = {"href", "src", "action", "formaction"}
KEYS = {"url", "thumb", "next", "previous", "image"}


def addresses_in(answer) -> Iterator[str]:
    """Each address that the answer names, in its headers or its body."""
    yield from (answer.headers[name] for name in ("Location",) if name in answer.headers)
    yield from re.findall("<([^>]*)>", answer.headers.get("Link", ""))
    if answer.content_type == "text/html":
        for element in answer.html.find_all(True):
            yield from (element[name] for name in ADDRESS & element.attrs.keys())
        yield from IN_TEXT.findall(answer.html.get_text())
    elif answer.content_type.endswith("json"):
        yield from in_json(answer.json)


def in_json(value, key="") -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            is_described = name in ("example", "examples", "schema", "schemas", "properties")
            yield from () if is_described else in_json(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from in_json(each, key)
    elif key in KEYS and isinstance(value, str) and value.startswith("/"):
        yield value


def walk(browser, prefix) -> tuple[int, set[tuple[str, str]]]:
    """How many addresses there are, and those that leave, each with the page that has it."""
    queue, seen, leaving, count = [prefix + path for path in BEGIN], set(), set(), 0
    while queue:
        page = queue.pop()
        answer = browser.get(page, expect_errors=True)
        for found in addresses_in(answer):
            target = urlsplit(urljoin(f"http://localhost:80{page}", found))
            count += 1
            if target.netloc.removesuffix(":80") != "localhost" or not f"{target.path}/".startswith(f"{prefix}/"):
                leaving.add((page, found))
                continue
            place = target.path + (f"?{target.query}" if target.query else "")
            kind = re.sub("[0-9]+|[0-9a-f]{32}", "#", place)
            if "{" not in place and kind not in seen:
                seen.add(kind)
                queue.append(place)
    return count, leaving
