"""The page names what is there."""

import re

from models.joke import Joke
from models.shared.resource import Resource
from tests.docs.pages import blocks, run_sh, text_of

PAGE = "docs/history.md"


def test_the_lines_show_who_did_what(site, tmp_path):
    sign_up = f"curl --output /dev/null http://{site}/users --data name=Ada --data uid=ada"
    _, printed = run_sh([sign_up, *blocks(PAGE, "sh")], tmp_path, site)
    assert "|POST /users" in printed
    assert '|users|11|create||{"_name":"Ada"' in printed


def test_what_a_class_says_is_there():
    first, second = blocks(PAGE, "python")
    assert "history = False" in first
    assert hasattr(Resource, "history")
    assert f"counters = {Joke.counters}".replace("'", '"') == second.strip()


def test_the_link_is_as_an_answer_has_it(member):
    answer = member.patch_json("/api/posts/5", {"note": "Hello"}, status=200)
    assert f"Link: {re.sub('[0-9]+', '17', answer.headers['Link'])}" in text_of(PAGE)
