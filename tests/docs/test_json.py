"""The lines work, and the table has every request that there is."""

import json
import re

from models.joke import Joke
from models.shared.bars import MOST_RANGES
from models.shared.counts import MOST_FREQUENT
from models.shared.listing import LARGEST_PAGE, USUAL_PAGE
from models.shared.loading import all_resources
from routes import all_sections
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
    _, shown = map(json.loads, blocks(PAGE, "json"))
    visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"}, status=201)
    assert visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"}, status=422).json == shown


def test_the_counts_are_those_of_the_site(visitor):
    shown, _ = map(json.loads, blocks(PAGE, "json"))
    assert visitor.get("/api/users/counts?by=role").json == shown
    text = text_of(PAGE)
    assert f"the {MOST_FREQUENT} most frequent values" in text
    assert f"at most {MOST_RANGES + 1} ranges" in text


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
