"""`--backend`: pages that may ask one program and nobody else, and an address that such pages could not ask."""

import json
import re

import pytest

from freezing.backend import checked_backend, policy_for
from models.post import Post
from tests.freezing.conftest import files_in
from tests.freezing.links import broken
from tests.freezing.test_target import states

BACKEND = "https://portfolio.example"


@pytest.mark.parametrize(
    ("backend", "why"),
    [
        ("javascript:alert(1)", "must begin with https:// or http://"),
        ("portfolio.example", "must begin with https:// or http://"),
        ("//portfolio.example", "must begin with https:// or http://"),
        ("https://", "must be like"),
        ("https://a b.example", "must be like"),
        ("https://portfolio.example:", "must be like"),
        ("https://portfolio.example:99999", "must be like"),
        ("https://portfolio.example/a;b 'none'", "must be like"),
        ("https://portfolio.example/?a=1", "must end before ? and #"),
        ("https://portfolio.example/#", "must end before ? and #"),
        ("http://[::1]:8086", "must have a name of the machine"),
        ("http://portfolio.example", "(mixed content)"),
    ],
)
def test_an_address_that_pages_could_not_ask_is_refused_with_the_reason(freeze, out, backend, why):
    done = freeze("--site", "https://class.example/", "--backend", backend)
    assert done.code == 2
    assert why in done.err
    assert not out.exists()


def test_a_password_in_it_is_refused_and_not_shown(freeze, out):
    done = freeze("--backend", "https://toby:secret@portfolio.example/")
    assert done.code == 2
    assert "must have no name and no password" in done.err
    assert "secret" not in done.err
    assert not out.exists()


def test_a_prefix_stays_and_a_slash_at_the_end_goes():
    assert checked_backend(f"{BACKEND}/class/", "") == f"{BACKEND}/class"
    assert checked_backend("http://127.0.0.1:8086/", "https://class.example/") == "http://127.0.0.1:8086"


def test_a_page_may_ask_its_backend_and_nobody_else():
    policy = dict(each.split(" ", 1) for each in policy_for("https://Portfolio.example:443/class").split("; "))
    assert policy["connect-src"] == "'self' https://portfolio.example"
    assert policy["img-src"] == "'self' blob: https://portfolio.example"
    assert policy["default-src"] == "'self'"
    assert "frame-ancestors" not in policy


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--site", "https://class.example/x/"), f"At {BACKEND}, ORIGINS must name https://class.example, else"),
        (("--site", f"{BACKEND}/x/"), "has the same origin as the pages"),
        ((), "ORIGINS must name the origin of the host"),
    ],
)
def test_it_is_said_what_origins_must_name(freeze, options, words):
    assert words in freeze("--backend", BACKEND, *options).out


def test_every_page_has_its_policy_and_its_scripts_and_leads_to_files(freeze, out):
    freeze("--backend", f"{BACKEND}/class/", "--site", "https://class.example/")
    bad, seen = broken(out)
    assert {link for _, link in bad} <= {f"{BACKEND}/class/{each}" for each in ("account", "login", "posts/new")} | {
        f"{BACKEND}/class/{each}" for each in ("users/new", "jokes/new", "users", "jokes")
    }
    assert {"/login/", "/users/new/", "/posts/new/", "/jokes/new/"} <= seen
    for name, content in files_in(out).items():
        if name.endswith(".html"):
            text = content.decode()
            assert f"connect-src &#039;self&#039; {BACKEND}" in text, name
            assert f'data-backend="{BACKEND}/class"' in text, name
            assert not re.search(r"<script(?! src=)|\son[a-z]+=|\sstyle=", text), name
            assert 'method="post"' not in text, name
    sitemap = (out / "sitemap.xml").read_text()
    assert "https://class.example/users/2/" in sitemap
    assert "/login/" not in sitemap
    assert "/users/row/" not in sitemap


def test_each_script_is_named_in_the_head_so_that_it_is_there(freeze, out):
    freeze("--backend", BACKEND)
    imported = set()
    for script in (out / "static/freezing").glob("*.js"):
        imported |= set(re.findall(r'from "\./(\w+\.js)"', script.read_text()))
    assert imported
    assert imported <= {file.name for file in (out / "static/freezing").iterdir()}


def test_without_it_a_frozen_page_knows_nothing_of_it(freeze, out):
    freeze()
    files = files_in(out)
    assert not [name for name in files if "alive" in name or name.startswith("login")]
    whole = b"".join(content for name, content in files.items() if name.endswith(".html"))
    for word in (b"alive", b"data-backend", b"Content-Security-Policy", b'class="you"', b'class="told"'):
        assert word not in whole


def test_again_only_the_moment_is_new(freeze, out):
    freeze("--backend", BACKEND)
    before = states(out)
    freeze("--backend", BACKEND)
    changed = {
        file.name for file, state in states(out).items() if before[file] != state and ".freeze" not in file.parts
    }
    assert changed <= {"alive.json"}


def test_what_scripts_are_told_holds_nothing_of_somebody(freeze, out, rows):
    rows(lambda: Post.create(user=2, note="Whatever"))
    freeze("--backend", BACKEND)
    told = json.loads((out / "alive.json").read_text())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["frozen"])
    assert set(told["lists"]) == {"users", "posts", "jokes"}
    assert told["lists"]["posts"]["last"] == 20
    assert told["lists"]["jokes"]["actions"] == ["haha", "boohoo"]
    assert "Whatever" not in json.dumps(told)


def test_with_the_directory_closed_there_is_a_login_and_no_form_for_others(freeze, out, monkeypatch):
    monkeypatch.setenv("DIRECTORY", "members")
    assert freeze("--backend", BACKEND).code == 0
    assert (out / "login/index.html").exists()
    assert not (out / "users").exists()
    assert not (out / "posts").exists()
    assert "users" not in json.loads((out / "alive.json").read_text())["lists"]


def test_what_the_site_counts_and_logs_is_no_matter_of_its_files(freeze, out, monkeypatch):
    for name, value in {"METRICS": "yes", "METRICS_TOKEN": "a" * 20, "LOG": "json"}.items():
        monkeypatch.setenv(name, value)
    done = freeze("--backend", BACKEND)
    assert (done.code, done.err) == (0, "")
    whole = b"".join(files_in(out).values())
    assert b"a" * 20 not in whole
    assert b'"/metrics"' not in whole


def test_where_nobody_may_sign_up_there_is_no_form_for_it(freeze, out, monkeypatch):
    monkeypatch.setenv("SIGN_UP", "closed")
    assert freeze("--backend", BACKEND).code == 0
    assert not (out / "users/new").exists()
    assert "users/new" not in (out / "users/index.html").read_text()
    assert "users/new" not in (out / "login/index.html").read_text()
