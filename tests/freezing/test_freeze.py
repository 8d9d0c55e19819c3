"""What a freeze makes: every public page, which leads only to files, and nothing that is somebody's own."""

import json
import re
from xml.etree import ElementTree

import pytest

from models.group import Group
from models.hidden_post import HiddenPost
from models.joke import Joke
from models.post import Post
from models.session import Session
from models.user import User
from tests.freezing.conftest import files_in
from tests.freezing.links import broken


def many_posts():
    for number in range(45):
        Post.create(user=2, note=f"Note {number}")


def test_each_page_leads_to_files_only(freeze, out, rows):
    rows(many_posts)
    done = freeze()
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Froze ")
    bad, seen = broken(out)
    assert not bad
    assert {"/users/", "/users/2/", "/users/2/page/3/", "/posts/page/4/", "/posts/by/created/page/2/"} <= seen
    assert {"/jokes/1/", "/docs/", "/users/by/-name/", "/users/chart/by/dob/", "/api/posts.csv"} <= seen


def test_of_very_many_posts_of_one_user_each_is_reached(freeze, out, rows, request, monkeypatch):
    many = request.config.getoption("--posts")
    monkeypatch.setattr("routes.shared.lists.LAST_NUMBER", 2)  # where pages stop to be reached by counting
    monkeypatch.setattr("routes.shared.list_place.LAST_NUMBER", 2)
    rows(lambda: Post.insert_many([{"note": f"Note {number}", "user": 2} for number in range(many)]).execute())
    assert freeze().code == 0
    pages = [*(out / "users/2").glob("index.html"), *(out / "users/2/page").glob("*/index.html")]
    found = re.findall(r'class="note">(Note \d+)<', "".join(page.read_text() for page in pages))
    assert sorted(found) == sorted(f"Note {number}" for number in range(many))
    assert len(list((out / "api/posts").glob("*.json"))) == many + 19
    assert not broken(out)[0]


def test_below_a_base_too(freeze, out):
    freeze("--base", "/class/")
    bad, seen = broken(out, "/class/")
    assert not bad
    assert "/class/users/2/" in seen
    assert 'href="/class/static/style.css"' in (out / "users/2/index.html").read_text()


def test_rows_are_json_and_lists_have_pages(freeze, out, rows):
    rows(many_posts)
    freeze()
    first = json.loads((out / "api/posts/page/1.json").read_text())
    assert (len(first["posts"]), first["next"]) == (20, "../../../api/posts/page/2.json")
    last = json.loads((out / "api/posts/page/4.json").read_text())
    assert (last["next"], last["previous"]) == (None, "../../../api/posts/page/3.json")
    assert json.loads((out / "api/users/2.json").read_text())["name"] == "Nikola Tesla"
    assert (out / "api/users.csv").read_text().startswith("id,name,")


def test_nothing_is_there_that_would_do_nothing(freeze, out):
    freeze()
    pages = {name: text.decode() for name, text in files_in(out).items() if name.endswith(".html")}
    for name, text in pages.items():
        assert 'method="post"' not in text, name
        assert "/login" not in text.replace("POST /login", ""), name
        assert "Write a post" not in text or name.startswith("docs/"), name
        assert "/lab/" not in text or name.startswith("docs/"), name
        assert "one-time-key" not in text, name


def test_nothing_of_somebody_is_there(freeze, out, rows, monkeypatch):
    made = {}

    def write():
        user = User.get_by_id(2)
        user.update(password="a password of his own")
        made["token"] = Session.start(user, "browser")[1]
        made["hash"] = User.get_by_id(2).password_hash

    rows(write)
    freeze("--site", "https://x.example/")
    whole = b"".join(files_in(out).values()).decode(errors="replace")
    for secret in (made["token"], made["hash"], "pbkdf2", "scrypt:", "a password of his own"):
        assert secret not in whole


def test_what_members_see_is_not_there_with_their_directory(freeze, out, monkeypatch):
    monkeypatch.setenv("DIRECTORY", "members")
    done = freeze("--site", "https://x.example/")
    assert done.out.endswith("Users and posts are for members here, so they are not among them.\n")
    assert not broken(out)[0]
    whole = b"".join(files_in(out).values()).decode(errors="replace")
    assert "Nikola Tesla" not in whole
    assert not (out / "users").exists()
    assert (out / "docs/index.html").exists()
    assert not (out / "feed.xml").exists()
    assert "feed.xml" not in whole


def test_rows_that_every_visitor_may_change_are_frozen_without_a_form(freeze, out, monkeypatch):
    monkeypatch.setattr(Joke, "writers", "everyone")
    for options in ((), ("--backend", "https://portfolio.example")):
        done = freeze(*options)
        assert (done.code, done.err) == (0, "")
        assert not (out / "jokes/1/edit").exists()
        assert "/edit" not in (out / "jokes/index.html").read_text() + (out / "jokes/1/index.html").read_text()


def test_where_the_site_will_be_there_are_a_map_and_a_feed(freeze, out):
    freeze("--site", "https://x.example/class")
    places = [each.text for each in ElementTree.parse(out / "sitemap.xml").iter() if each.tag.endswith("loc")]
    assert {"https://x.example/class/", "https://x.example/class/users/2/"} <= set(places)
    feed = ElementTree.parse(out / "feed.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert (
        entries[0].find(f"{atom}content").text
        == "Born in the year 10, to see whether a program can count that far back."
    )
    assert entries[0].find(f"{atom}author/{atom}name").text == "Fred Flintstone"
    assert 'href="/class/static/style.css"' in (out / "404.html").read_text()
    assert 'href="./feed.xml"' in (out / "index.html").read_text()


def test_a_feed_has_no_sign_that_xml_forbids(freeze, out, rows):
    rows(lambda: Post.create(user=1, note="Half \ufffe of \uffff it \U0001f600"))
    freeze("--site", "https://school.example/")
    content = [each.text for each in ElementTree.parse(out / "feed.xml").iter("{http://www.w3.org/2005/Atom}content")]
    assert content[0] == "Half  of  it \U0001f600"


def test_without_a_place_there_is_neither(freeze, out):
    freeze()
    assert not (out / "sitemap.xml").exists()
    assert not (out / "feed.xml").exists()
    assert 'href="/static/style.css"' in (out / "404.html").read_text()
    assert (out / ".nojekyll").read_bytes() == b""


def test_a_search_knows_where_each_row_is(freeze, out, rows):
    rows(many_posts)
    freeze()
    users = json.loads((out / "users/search.json").read_text())
    assert users[1] == ["users/2/", "Nikola Tesla", "niko"]
    posts = {text: place for place, text, *_ in json.loads((out / "posts/search.json").read_text())}
    for note in ("Note 44", "Note 3"):
        place, _, anchor = posts[note].partition("#")
        page = (out / place / "index.html").read_text()
        assert f'id="{anchor}">\n  <p class="note">{note}</p>' in page


def test_a_picture_that_is_lost_has_its_note(freeze, out, place):
    lost = next(file for file in (place / "uploads").iterdir() if file.name.endswith(".gif"))
    lost.unlink()
    freeze()
    assert "This picture is missing" in (out / "uploads" / f"{lost.name}.svg").read_text()
    assert not broken(out)[0]


def test_a_page_that_fails_is_named_and_nothing_is_made(freeze, out, monkeypatch):
    monkeypatch.setattr(Joke, "__str__", lambda joke: 1 / 0)  # somebody's mistake in a class of their own
    done = freeze()
    assert done.code.startswith("/jokes")
    assert "leads, is answered with 500." in done.code
    assert not out.exists()


@pytest.mark.parametrize("options", [("--site", "x.example"), ("--base", "class"), ("--base", '/"/')])
def test_an_address_that_cannot_be_is_refused(freeze, out, options):
    assert freeze(*options).code == 2
    assert not out.exists()


def test_a_post_that_looks_like_an_address_stays_as_it_is(freeze, out, rows):
    rows(lambda: Post.create(user=2, note="See /users/1 and /api/users?sort=name"))
    freeze()
    assert "See /users/1 and /api/users?sort=name" in (out / "posts/index.html").read_text()
    assert "See /users/1 and /api/users?sort=name" in (out / "api/posts/page/1.json").read_text()


def test_what_only_a_group_sees_and_what_is_hidden_is_not_there(freeze, out, rows):
    def write():
        Post.create(user=2, note="For the group alone", group=Group.create(name="Owls of the third floor"))
        HiddenPost.hide(Post.create(user=2, note="Hidden from all"), "It is unkind", by=User.get_by_id(1))

    rows(write)
    freeze("--site", "https://x.example/")
    whole = b"".join(files_in(out).values()).decode(errors="replace")
    for words in ("For the group alone", "Hidden from all", "It is unkind", "Owls of the third floor"):
        assert words not in whole
    assert not broken(out)[0]
