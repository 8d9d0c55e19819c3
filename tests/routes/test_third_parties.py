"""No page asks anybody else for anything: each is opened, and all looked at that a browser would ask for."""

import re
from collections import Counter
from contextlib import suppress
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bottle import HTTPError
from webtest import TestApp

from models.group import Group
from models.membership import Membership
from models.shared.database import database

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8086"}
OURS = "http://localhost:8086"
MOST = {"/static/<path:path>": 50}  # addresses of a route that are opened; of others it is two
STREAMS = ("/lab/requests/events",)  # no page, and it does not end
# What a browser asks for by itself, or where it sends what somebody has typed.
ASKED = {
    "src": "[src]",
    "href": "link[href], image[href], use[href], base[href], feimage[href]",
    "xlink:href": "[xlink\\:href]",
    "action": "form[action]",
    "formaction": "[formaction]",
    "data": "object[data]",
    "poster": "[poster]",
    "background": "[background]",
    "ping": "[ping]",
    "srcset": "[srcset]",
}
IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
IN_SCRIPT = re.compile(r"""["'`]((?:https?:|wss?:)?//[^"'`]*)""")
FETCHED = re.compile(r"\b(?:https?|wss?)://(?!www\.w3\.org/)[^\s\"'<>)]+")
TELLING = {
    "Link",
    "Report-To",
    "NEL",
    "Reporting-Endpoints",
    "Refresh",
    "SourceMap",
    "Content-Security-Policy-Report-Only",
}
EVIL = "<img src=https://elsewhere.example/a.png> ![a](https://elsewhere.example/b.png) https://elsewhere.example/c"


@pytest.fixture
def opened(visit):
    """Call it with the uid of somebody, or nobody's, for the pages that they can come to: an answer each."""
    site = visit(sample_data="lesson").app
    with database.connection_context():
        group = Group.create(name="Period 3")
        Membership.create(group=group, user=2, role="teacher")
        Membership.create(group=group, user=5)

    def walk(uid):
        browser = TestApp(site, extra_environ=HERE)
        if uid:
            browser.post("/login", {"uid": uid, "password": f"123{uid}"}, status=303)
            browser.post_json("/api/posts", {"note": EVIL})
        rules = [route.rule.replace("<id:int>", "1") for route in site.routes if route.method == "GET"]
        waiting, seen, opened_of = [rule for rule in rules if "<" not in rule], set(), Counter()
        while waiting:
            path = waiting.pop(0)
            rule = rule_of(site, path)
            if path in seen or path in STREAMS or opened_of[rule] == MOST.get(rule, 2):
                continue
            seen.add(path)
            opened_of[rule] += 1
            answer = browser.get(path, expect_errors=True)
            yield path, answer
            if answer.content_type == "text/html":
                links = [urldefrag(tag.get("href") or tag["src"]).url for tag in answer.html.select("[href], [src]")]
                waiting += [urljoin(path, link) for link in links if link and not urlsplit(link).netloc]

    return walk


def rule_of(site, path):
    """The rule of the route that answers; nothing where none does."""
    with suppress(HTTPError):
        return site.router.match({"PATH_INFO": urlsplit(path).path, "REQUEST_METHOD": "GET"})[0].rule
    return ""


def addresses_in(answer):
    """What somebody's browser asks for when it has got this."""
    kind = answer.content_type
    if kind == "text/html":
        for name, selector in ASKED.items():
            for tag in answer.html.select(selector):
                yield from tag[name].split() if name in ("srcset", "ping") else [tag[name]]
        yield from (tag["content"].partition("=")[2] for tag in answer.html.select("meta[http-equiv=refresh]"))
        yield from in_style("".join(map(str, answer.html.select("style, [style]"))))
    elif kind == "text/css":
        yield from in_style(answer.text)
    elif "javascript" in kind:
        yield from IN_SCRIPT.findall(answer.text)
    elif kind == "image/svg+xml":
        yield from FETCHED.findall(answer.text)


def in_style(text):
    return [one or other for one, other in IN_STYLE.findall(text)]


def is_ours(path, address):
    found = urlsplit(urljoin(OURS + path, address))
    return f"{found.scheme}://{found.netloc}" == OURS or found.scheme in ("data", "blob")


@pytest.mark.parametrize("uid", ["", "toby"])
def test_no_page_asks_anybody_else_for_anything(opened, uid):
    paths = []
    for path, answer in opened(uid):
        assert [each for each in addresses_in(answer) if not is_ours(path, each)] == [], path
        assert set(answer.headers) & TELLING == set(), path
        for policy in answer.headers["Content-Security-Policy"].split(";"):
            assert {*policy.split()[1:]} <= {"'self'", "'none'", "blob:"}, path
        for name in ("Location", "Link"):
            assert "://" not in answer.headers.get(name, ""), path
        paths.append(path)
    assert {"/", "/users", "/users/1", "/posts", "/account", "/docs", "/static/style.css"} <= {*paths}
