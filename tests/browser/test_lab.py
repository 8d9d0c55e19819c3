"""The lab in a real browser: what a click became, a loop of queries in a student's own model, a list that grows."""

import shutil
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import SCREENS, check
from tests.server import free_port, server

MOON = '''"""Moons, and who found them."""

from peewee import CharField, ForeignKeyField

from models import Resource, User


class Moon(Resource):
    name = CharField(max_length=40)
    user = ForeignKeyField(User, backref="moons")

    def read(self):
        finders = [moon.user.name for moon in Moon.select()]
        return super().read() | {"finders": len(finders)}


def init_moons():
    for user in User.select():
        Moon.create(name=f"Moon of {user.uid}", user=user)
'''
LINE = MOON.splitlines().index("        finders = [moon.user.name for moon in Moon.select()]") + 1


NOT_MOVED = "Transition was aborted"  # from one page to the next, as the test was too quick for it


def ask(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read()


@pytest.fixture(params=[(screen, scheme) for screen in SCREENS for scheme in ("light", "dark")], ids="-".join)
def page(request, open_page, site):
    screen, scheme = request.param
    page, complaints = open_page(viewport=SCREENS[screen], color_scheme=scheme, base_url=site), []
    page.on("console", lambda message: complaints.append(f"{message.text} {message.location}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert [each for each in complaints if not each.startswith(NOT_MOVED)] == []


def add_ada(page):
    page.goto("/users/new")
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("User id").fill("ada")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/users/11?added")


def test_adding_a_user_shows_its_way_to_the_row_and_back(page):
    add_ada(page)
    page.goto("/lab/requests")
    check(page)
    page.get_by_role("link", name="POST /users").click()
    check(page)
    way = page.get_by_role("region", name="Its way")
    for code in ("add_user", "User.create", "User.problems"):
        expect(way.get_by_role("link", name=code, exact=True)).to_be_visible()
    expect(way.get_by_role("link", name='INSERT INTO "users" …')).to_have_count(1)
    expect(way.get_by_text("users 11 is added")).to_be_visible()
    expect(way.get_by_text("the browser goes on to /users/11?added")).to_be_visible()
    expect(way.get_by_text("password=•••").first).to_be_visible()
    assert "correct horse" not in page.content()
    for fold in page.locator("details > summary").all():
        if fold.is_visible():
            fold.click()
    check(page)
    way.get_by_role("link", name="add_user", exact=True).click()
    expect(page.locator("mark")).to_have_text("def add_user() -> str | HTTPResponse:")
    check(page)


def test_the_list_grows_while_somebody_looks_at_it(open_page, site):
    page = open_page(base_url=site)
    page.goto("/lab/requests")
    expect(page.get_by_text("Nothing has been asked yet")).to_be_visible()
    page.evaluate("document.isTheSame = true")
    ask(f"{site}/posts")
    link = page.get_by_role("link", name="GET /posts")
    expect(link).to_be_visible()
    link.focus()
    ask(f"{site}/jokes")
    expect(page.get_by_role("link", name="GET /jokes")).to_be_visible()
    expect(link).to_be_focused()
    assert page.evaluate("document.isTheSame")
    page.get_by_role("button", name="Pause").click()
    ask(f"{site}/users")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("link", name="GET /users")).to_be_visible()
    assert page.locator("#requests tbody tr").count() == 3


def test_where_the_site_cannot_tell_the_page_asks(open_page, site):
    page = open_page(base_url=site)
    page.route("**/lab/requests/events*", lambda route: route.fulfill(status=503))
    page.goto("/lab/requests")
    ask(f"{site}/posts")
    expect(page.get_by_role("link", name="GET /posts")).to_be_visible()


def test_without_a_script_the_pages_are_the_same(open_page, site):
    page = open_page(base_url=site, java_script_enabled=False)
    page.goto("/posts")
    page.get_by_role("link", name="see how").click()
    expect(page.get_by_role("link", name="show_posts", exact=True)).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="All requests").click()
    page.get_by_label("Address").fill("posts")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#requests")).to_contain_text("kept")


def test_a_loop_of_queries_in_a_model_of_ones_own_is_named_with_its_file_and_line(
    open_page, house, lesson_volumes, tmp_path
):
    (house.models / "moon.py").write_text(MOON)
    shutil.copytree(lesson_volumes, tmp_path / "volumes")
    port = free_port()
    with server(tmp_path, port, house=house.models.parent, SAMPLE_DATA="lesson"):
        page = open_page(base_url=f"http://127.0.0.1:{port}")
        ask(f"http://127.0.0.1:{port}/api/moons/1")
        page.goto("/lab/requests")
        page.get_by_role("link", name="GET /api/moons/1").click()
        warned = page.locator(".lab-warning")
        expect(warned).to_contain_text("n+1")
        expect(warned).to_contain_text("10 times User, for the 10 rows of Moon")
        expect(warned).to_contain_text("Moon.select(Moon, User).join(User)")
        check(page)
        warned.get_by_role("link", name=f"models/moon.py:{LINE}").click()
        expect(page.locator("mark")).to_have_text("        finders = [moon.user.name for moon in Moon.select()]")
        check(page)
