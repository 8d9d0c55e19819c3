"""The lines work, and the table has every request that there is."""

import json
import re

from models.joke import Joke
from models.shared.listing import LARGEST_PAGE, USUAL_PAGE
from models.shared.loading import all_resources
from routes import all_sections
from routes.shared.deletions import DELETION, SOME_ROWS
from tests.docs.pages import blocks, run_sh, text_of

PAGE = "docs/json.md"
REQUEST = re.compile(r"`(GET|POST|PUT|PATCH|DELETE)( /[^`]*)?`")


def test_the_lines_read_list_and_add_users(site, tmp_path):
    answers = run_sh(blocks(PAGE, "sh"), tmp_path, site)[0].splitlines()
    one, some, added = map(json.loads, answers)
    assert one["uid"] == "toby"
    assert [user["dob"] for user in some["users"]] == ["1914-11-09", "1914-11-09", "1906-12-09"]
    assert added["uid"] == "ada"


def test_the_refusal_is_one_of_the_sites(visitor):
    _counts, _late, _deletion, shown = map(json.loads, blocks(PAGE, "json"))
    visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"}, status=201)
    assert visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"}, status=422).json == shown


def test_who_comes_too_late_is_told_what_the_page_says(visitor, admin):
    _counts, shown, _deletion, _refusal = map(json.loads, blocks(PAGE, "json"))
    tag = visitor.get("/api/users/2").headers["ETag"]
    admin.patch_json("/api/users/2", {"name": "Ada King"}, status=200)
    assert admin.patch_json("/api/users/2", {"name": "Ada"}, headers={"If-Match": tag}, status=412).json == shown


def test_a_deletion_is_told_as_the_page_shows_it():
    _counts, _late, deletion, _refusal = map(json.loads, blocks(PAGE, "json"))
    assert set(deletion) == set(DELETION)
    assert set(deletion["in_the_way"][0]) == set(SOME_ROWS)


def test_the_table_has_every_request_of_the_site():
    yours = {model.plural for model in all_resources() if model is not Joke}
    routes = [route for section in all_sections() for route in section.routes]
    asked = [route for route in routes if route.rule.startswith("/api/") or route.rule == "/health"]
    here = {
        f"{route.method} {route.rule.replace('<id:int>', '<id>')}"
        for route in asked
        if not yours & set(route.rule.split("/"))
    }
    assert set(requests_of(text_of(PAGE))) == here


def test_the_limits_of_a_list_are_those_of_the_code():
    assert f"`limit`: 1–{LARGEST_PAGE} rows, else {USUAL_PAGE};" in text_of(PAGE)


def requests_of(text):
    """Each request of the table: of “`GET`, `POST /api/users`” both."""
    for line in text.splitlines():
        methods = []
        for method, path in REQUEST.findall(line.split(" | ")[0]) if line.startswith("| `") else ():
            methods.append(method)
            if path:
                yield from (f"{each}{path}" for each in methods)
                methods = []
