"""The page names what is there."""

from models.joke import Joke
from models.shared.resource import Resource
from tests.docs.pages import blocks, run_sh

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
