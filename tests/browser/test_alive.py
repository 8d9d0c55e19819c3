"""Frozen pages that ask a backend: up to date while it answers, and still there while it sleeps."""

import json
import re
import shutil
import socket
from contextlib import nullcontext
from http.client import HTTPConnection

import pytest
from playwright.sync_api import expect

import commands
from models.shared.database import database
from tests.browser.conftest import PASSWORD
from tests.browser.test_pages import LOOKS, MOVED, SCREENS, check
from tests.drawn import jpeg
from tests.server import free_port, server

PATHS = (
    "/users/",
    "/users/2/",
    "/posts/",
    "/jokes/",
    "/jokes/1/",
    "/login/",
    "/users/new/",
    "/posts/new/",
    "/jokes/new/",
)
LESSON = {"SAMPLE_DATA": "lesson", "LAB": "off"}
REDRAWN = """async (plural) => {
    const start = document.querySelector("a.brand").href;
    const { LiveList } = await import(new URL("static/freezing/lists.js", start));
    const { ask } = await import(new URL("static/freezing/backend.js", start));
    const { lists } = await (await fetch(new URL("alive.json", start))).json();
    const list = new LiveList(plural, lists, `/api/${plural}`, 1, true);
    const expand = lists[plural].expand ? `?expand=${lists[plural].expand}` : "";
    const rows = (await ask(`/api/${plural}${expand}`))[plural];
    const bare = (element) => element.outerHTML
        .replace(/ (href|src)="[^"]*\\//g, ' $1="').replace(/ alive"/g, '"').replace(/\\s+/g, "");
    return rows.map((row) => [list.elements().get(row.id), list.drawn(row, list.elements().get(row.id))].map(bare));
}"""


@pytest.fixture(scope="module")
def frozen_once(tmp_path_factory, lesson_volumes):
    """The files, and the port of the backend that they ask."""
    folder, port = tmp_path_factory.mktemp("alive") / "files", free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOLUMES", str(lesson_volumes))
        patch.setenv("SAMPLE_DATA", "lesson")
        commands.main(["freeze", str(folder), "--backend", f"http://127.0.0.1:{port}/"])
        database.close_all()
    return folder, port


@pytest.fixture
def port(frozen_once, tmp_path, lesson_volumes):
    """Where the backend of the files on the static host will be."""
    folder, port = frozen_once
    shutil.copytree(folder, tmp_path / "files", dirs_exist_ok=True)
    shutil.copytree(lesson_volumes, tmp_path / "volumes")
    return port


@pytest.fixture
def awake(port, tmp_path, static_host):
    """Call it for a backend that answers while the `with` lasts."""

    def start(**settings):
        return server(tmp_path, port, **{"SAMPLE_DATA": "lesson", "ORIGINS": static_host, "LAB": "off"} | settings)

    return start


@pytest.fixture
def backend(awake, port):
    """A backend that is awake; its address."""
    with awake():
        yield f"127.0.0.1:{port}"


@pytest.fixture
def page(open_page, static_host):
    """One whose console must stay empty, but for a backend that is not there, and what it refuses."""
    page, complaints = open_page(base_url=static_host, reduced_motion="reduce"), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert [each for each in complaints if not each.startswith("Failed to load resource")] == []


@pytest.fixture
def https_pages(https_site, tmp_path, monkeypatch):
    """The files at pages.test, which ask backend.test, another site."""
    monkeypatch.setenv("VOLUMES", str(tmp_path / "volumes"))
    monkeypatch.setenv("SAMPLE_DATA", "locked")
    commands.main(["freeze", str(tmp_path / "files"), "--site", "https://pages.test/", "--backend", https_site])
    database.close_all()


def send(backend, method, path, values=None, token=""):
    """As another program does meanwhile."""
    connection = HTTPConnection(backend, timeout=20)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    connection.request(method, path, json.dumps(values) if values is not None else None, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert answer.status < 400, content
    return json.loads(content) if content else None


def token_of(backend, uid):
    return send(backend, "POST", "/api/sessions", {"uid": uid, "password": f"123{uid}"})["token"]


def log_in(page, uid="niko"):
    page.goto("/login/")
    page.get_by_label("User id").fill(uid)
    page.get_by_label("Password").fill(f"123{uid}")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("status")).to_contain_text("Hello, ")


@pytest.mark.parametrize("plural", ["users", "posts", "jokes"])
def test_a_row_is_drawn_as_the_site_itself_draws_it(page, backend, plural):
    page.goto(f"/{plural}/")
    pairs = page.evaluate(REDRAWN, plural)
    assert pairs
    for frozen, drawn in pairs:
        assert drawn == frozen


def test_rows_of_own_models_are_drawn_so_too_and_added(page, house, static_host, lesson_volumes, tmp_path):
    house.add_own_models()
    shutil.copytree(lesson_volumes, tmp_path / "volumes")
    port = free_port()
    with server(tmp_path, port, house=house.models.parent, SAMPLE_DATA="lesson", LAB="off", ORIGINS=static_host):
        frozen = house("-m", "models", "freeze", tmp_path / "files", "--backend", f"http://127.0.0.1:{port}", **LESSON)
        assert frozen[0] == 0, frozen
        told = json.loads((tmp_path / "files/alive.json").read_text())["lists"]
        for plural in told:
            page.goto(f"/{plural}/")
            for as_it_was, drawn in page.evaluate(REDRAWN, plural):
                assert drawn == as_it_was
        log_in(page)
        page.goto("/planets/new/")
        page.get_by_label("Name").fill("Sedna")
        page.get_by_label("Age").fill("9007199254740993")
        page.get_by_label("Mass").fill("0.5")
        page.get_by_label("Price").fill("9.90")
        page.get_by_label("Rings").select_option("true")
        page.get_by_label("Its star").select_option("2")
        page.get_by_role("button", name="Add this planet").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sedna")
        expect(page.locator(".facts")).to_contain_text("9007199254740993")
        expect(page.locator(".facts")).to_contain_text("Sirius")
        check(page)


def test_a_list_is_brought_up_to_date_and_what_is_the_same_stays(page, backend):
    token = token_of(backend, "toby")
    send(backend, "POST", "/api/users", {"name": "Ada <b>Lovelace</b>", "uid": "ada"})
    send(backend, "DELETE", "/api/users/4", token=token)
    send(backend, "PATCH", "/api/users/3", {"name": "Alec Bell"}, token)
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => (window.first = document.querySelector('#row-1')))"
    )
    page.goto("/users/by/-name/")
    expect(page.locator("#row-3 .name a")).to_have_text("Alec Bell")
    expect(page.locator("#row-4")).to_have_count(0)
    names = page.locator("td.name a").all_inner_texts()
    assert names == sorted(names, reverse=True)
    assert "Ada <b>Lovelace</b>" in names
    assert page.evaluate("window.first === document.querySelector('#row-1')")
    expect(page.locator(".count")).to_contain_text("10 users")
    page.get_by_role("link", name="Ada <b>Lovelace</b>").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada <b>Lovelace</b>")
    check(page)


def test_where_somebody_reads_nothing_moves(page, backend):
    page.goto("/posts/")
    page.wait_for_load_state("networkidle")
    page.locator("#row-17").hover()
    place = page.locator("#row-17").bounding_box()
    token = token_of(backend, "niko")
    send(backend, "POST", "/api/posts", {"note": "Newer than the page"}, token)
    send(backend, "DELETE", "/api/posts/19", token=token_of(backend, "toby"))
    with page.expect_response("**/api/posts*"):
        page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("status").last).to_have_text("1 new, 1 gone")
    assert page.locator("#row-17").bounding_box() == place
    expect(page.locator("#row-19")).to_have_count(1)
    check(page)
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".post").first).to_contain_text("Newer than the page")
    expect(page.locator("#row-19")).to_have_count(0)
    expect(page.get_by_role("button", name="Show")).to_be_hidden()


def test_what_is_on_the_next_page_by_now_is_not_called_gone(page, backend):
    token = token_of(backend, "niko")
    for number in range(3):  # there were 19, and a page has 20
        send(backend, "POST", "/api/posts", {"note": f"Newer {number}"}, token)
    page.goto("/posts/#row-5")
    expect(page.get_by_role("status").last).to_have_text("3 new")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".post")).to_have_count(20)
    expect(page.locator("#row-1")).to_have_count(0)


def test_a_row_is_brought_up_to_date_and_one_that_is_gone_says_so(page, backend):
    token = token_of(backend, "toby")
    send(backend, "PATCH", "/api/users/2", {"name": "Nikola T.", "dob": "1856-07-11"}, token)
    send(backend, "DELETE", "/api/jokes/1", token=token)
    page.goto("/users/2/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nikola T.")
    expect(page.locator(".facts")).to_contain_text("1856-07-11")
    expect(page).to_have_title("Nikola T. · Bottle Portfolio")
    page.goto("/jokes/1/")
    expect(page.get_by_text("This joke is not there any more.")).to_be_visible()
    expect(page.locator(".facts")).to_have_count(0)
    check(page)


def test_asleep_from_the_start_it_says_how_old_it_is_and_lists(page, port):
    page.goto("/users/")
    expect(page.locator(".told")).to_contain_text("As of ")
    assert page.locator(".told time").inner_text()
    expect(page.locator("tbody tr")).to_have_count(10)
    check(page)
    page.get_by_role("searchbox").fill("tesla")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".asking [role=status]")).to_have_text("1 found:")


@pytest.mark.parametrize("path", ["/users/11/", "/users/row/#11"])
def test_of_a_row_that_the_files_do_not_have_it_says_so_while_the_backend_sleeps(page, awake, port, tmp_path, path):
    (tmp_path / "files/users/11").mkdir()
    shutil.copy(tmp_path / "files/404.html", tmp_path / "files/users/11/index.html")  # as such a host would show it
    page.goto(path)
    told = page.get_by_role("status").last
    expect(told).to_contain_text("This user is not in the pages of ")
    expect(told).to_contain_text("The site behind this page does not answer just now.")
    check(page)
    with awake():
        send(f"127.0.0.1:{port}", "POST", "/api/users", {"name": "Ada Lovelace", "uid": "ada"})
        page.get_by_role("button", name="Ask again").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ada Lovelace")
        expect(told).to_be_hidden()


def test_on_another_day_it_says_which(page, port, tmp_path):
    told = json.loads((tmp_path / "files/alive.json").read_text())
    (tmp_path / "files/alive.json").write_text(json.dumps(told | {"frozen": "2026-01-05T14:05:00Z"}))
    page.goto("/users/")
    expect(page.locator(".told")).to_contain_text("5")
    expect(page.locator(".told time")).to_have_attribute("datetime", "2026-01-05T14:05:00.000Z")
    expect(page.locator(".told time")).to_contain_text("January")


def test_killed_in_between_and_back_again(page, awake, port):
    page.clock.install()
    with awake():
        page.goto("/users/")
        page.wait_for_load_state("networkidle")
        expect(page.locator(".told")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".told")).to_contain_text("does not answer just now")
    with awake():
        send(f"127.0.0.1:{port}", "POST", "/api/users", {"name": "Ada", "uid": "ada"})
        page.clock.fast_forward(11_000)
        expect(page.get_by_role("link", name="Ada", exact=True)).to_be_visible()
        expect(page.locator(".told")).to_be_hidden()


def test_one_that_takes_a_connection_and_never_answers_is_waited_for_a_minute(page, port):
    page.clock.install()
    with socket.create_server(("127.0.0.1", port)):
        page.goto("/users/")
        expect(page.locator("tbody tr")).to_have_count(10)
        page.clock.fast_forward(2_500)
        expect(page.locator(".told")).to_contain_text("Asking the site behind this page")
        page.clock.fast_forward(60_000)
        expect(page.locator(".told")).to_contain_text("does not answer just now")
        page.get_by_role("searchbox").fill("tesla")
        page.get_by_role("button", name="Search").click()
        page.clock.fast_forward(1)
        page.clock.fast_forward(4_001)
        expect(page.locator(".asking [role=status]")).to_have_text("1 found:")


def test_kept_out_by_its_origins_it_is_told_in_the_console(open_page, awake, static_host):
    page, told = open_page(base_url=static_host), []
    page.on("console", lambda message: told.append(message.text))
    with awake(ORIGINS="http://other.example"), page.expect_console_message(lambda each: each.type == "warning"):
        page.goto("/users/")
    expect(page.locator(".told")).to_contain_text("As of ")
    expect(page.locator("tbody tr")).to_have_count(10)
    assert any(f"Start it with ORIGINS={static_host}." in each for each in told)


def test_what_is_open_no_more_stays_as_it_was_and_says_why(page, awake):
    with awake(DIRECTORY="members"):
        page.goto("/users/")
        expect(page.locator(".told")).to_contain_text("By now the site shows this to those who are logged in.")
        expect(page.locator("tbody tr")).to_have_count(10)


def test_below_a_prefix_it_is_asked_there(page, awake, port, tmp_path):
    for file in (tmp_path / "files").rglob("*.html"):
        text = file.read_text()
        file.write_text(
            text.replace(f'data-backend="http://127.0.0.1:{port}"', f'data-backend="http://127.0.0.1:{port}/class"')
        )
    with awake(PREFIX="/class"):
        backend = f"127.0.0.1:{port}"
        token = send(backend, "POST", "/class/api/sessions", {"uid": "niko", "password": "123niko"})["token"]
        for number in range(5):
            send(backend, "POST", "/class/api/posts", {"note": f"Note {number}"}, token)
        page.goto("/posts/")
        page.get_by_role("button", name="More posts").click()
        expect(page.locator(".post")).to_have_count(24)
        log_in(page)


def test_a_search_asks_the_backend_and_finds_what_is_new(page, backend):
    send(backend, "POST", "/api/users", {"name": "Ada Lovelace", "uid": "ada"})
    page.goto("/users/")
    page.get_by_role("searchbox").fill("LOVELÁCE")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".asking [role=status]")).to_have_text("1 found:")
    check(page)
    page.locator(".found").get_by_role("link", name="Ada Lovelace").click()
    expect(page.locator(".facts")).to_contain_text("ada")


@pytest.fixture
def let_come(page):
    """The script waits for a file; call it to let that come."""
    held = []

    def hold(route):
        held.append(route)

    def let_come():
        held.pop().continue_()
        page.unroute("**/alive.json")

    page.route("**/alive.json", hold)
    return let_come


def test_a_search_that_was_quicker_than_the_script_is_asked_again(page, backend, let_come):
    send(backend, "POST", "/api/users", {"name": "Ada Lovelace", "uid": "ada"})
    page.goto("/users/")
    page.get_by_role("searchbox").fill("lovelace")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".asking [role=status]")).to_have_text("Nothing has that.")
    let_come()
    expect(page.locator(".asking [role=status]")).to_have_text("1 found:")


def test_who_is_quicker_than_the_script_sends_no_password_to_the_host_of_the_files(page, backend, let_come):
    page.goto("/login/")
    page.get_by_label("User id").fill("niko")
    page.get_by_label("Password").fill("123niko")
    page.get_by_label("Password").press("Enter")
    expect(page.get_by_role("button", name="Log in")).to_be_disabled()
    assert page.url.endswith("/login/")
    let_come()
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nikola Tesla")


def test_a_login_is_in_the_head_and_ends(page, backend):
    page.goto("/login/")
    page.get_by_label("User id").fill("niko")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_have_text("Invalid user id or password")
    check(page)
    log_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nikola Tesla")
    page.locator(".you summary").click()
    check(page)
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("status").last).to_have_text("You are logged out.")
    page.goto("/users/")
    expect(page.locator(".you").get_by_role("link", name="Log in")).to_be_visible()


def test_on_two_hosts_without_https_a_token_goes_along_in_place_of_the_cookie(page, awake, port, static_host):
    elsewhere = static_host.replace("127.0.0.1", "localhost")
    with awake(ORIGINS=elsewhere):
        page.goto(f"{elsewhere}/login/")
        page.get_by_label("User id").fill("niko")
        page.get_by_label("Password").fill("123niko")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Nikola Tesla")
        page.goto(f"{elsewhere}/jokes/new/")
        page.get_by_label("Joke").fill("Two hosts walk into a browser.")
        page.get_by_role("button", name="Add this joke").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Two hosts walk into a browser.")
        page.locator(".you summary").click()
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("status").last).to_have_text("You are logged out.")
        expect(page.locator(".you").get_by_role("link", name="Log in")).to_be_visible()
        assert page.evaluate("sessionStorage.length + localStorage.length") == 0


@pytest.mark.usefixtures("https_pages")
@pytest.mark.parametrize("cookies_of_others", [0, 1], ids=["allowed", "blocked"])
def test_from_another_site_over_https_a_login_stays_and_a_post_is_written(browser_with, front, cookies_of_others):
    page, asked = browser_with(cookie_controls_mode=cookies_of_others), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("https://pages.test/login/")
    page.get_by_label("User id").fill("niko")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nikola Tesla")
    page.goto("https://pages.test/posts/new/")
    page.get_by_label("Note").fill("From another site")
    page.get_by_label("Picture").first.set_input_files({"name": "red.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    page.get_by_role("button", name="Post it").click()
    expect(page.locator(".post").first).to_contain_text("From another site")
    assert page.locator(".post img").first.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    assert not [headers for *_, headers in front.asked if "Authorization" in headers]
    assert {url.split("/")[2] for url in asked if not url.startswith("blob:")} == {"pages.test", "backend.test"}


def test_who_signs_up_is_refused_at_the_field_then_added_and_logged_in(page, backend):
    page.goto("/users/")
    page.get_by_role("link", name="Add a user").click()
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("User id").fill("niko")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Add this user").click()
    expect(page.get_by_role("alert")).to_contain_text("User id is already taken")
    expect(page.locator("#uid-problem")).to_have_text("User id is already taken")
    expect(page.get_by_label("User id")).to_have_attribute("aria-invalid", "true")
    check(page)
    page.get_by_label("User id").fill("ada")
    page.get_by_role("button", name="Add this user").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Lovelace")
    expect(page.locator(".you .name")).to_have_text("Ada Lovelace")
    page.goto("/users/11/")  # which a plain host does not have
    page.mouse.move(0, 0)  # nothing moves under a pointer
    page.goto("/users/")
    expect(page.get_by_role("link", name="Ada Lovelace")).to_be_visible()


def test_a_post_with_a_picture_is_written_once_however_often_it_is_sent(page, backend):
    log_in(page)
    page.goto("/posts/new/")
    page.get_by_label("Note").fill("Look at this")
    page.get_by_label("Picture").first.set_input_files({"name": "red.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    expect(page.locator(".preview")).to_be_visible()
    page.route("**/api/posts", lambda route: (route.fetch(), route.abort()))  # it arrives, and no answer comes back
    page.get_by_role("button", name="Post it").click()
    expect(page.get_by_role("alert")).to_contain_text("What you wrote is still here")
    page.unroute("**/api/posts")
    page.get_by_role("button", name="Post it").dblclick()
    expect(page.locator(".post").first).to_contain_text("Look at this")
    expect(page.get_by_role("status").last).to_have_text("The post was added.")
    assert page.locator(".post img").first.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    assert [each["note"] for each in send(backend, "GET", "/api/posts")["posts"]].count("Look at this") == 1
    check(page)


def test_who_has_written_sees_it_at_once_wherever_the_pointer_is(page, backend):
    log_in(page)
    page.goto("/posts/new/")
    page.get_by_label("Note").fill("Look at this")
    page.route(re.compile(r"/api/posts\?"), lambda route: (page.locator("#row-17").hover(), route.continue_()))
    page.get_by_role("button", name="Post it").click()
    expect(page.locator(".post").first).to_contain_text("Look at this")
    expect(page.get_by_role("status").last).to_have_text("The post was added.")


def test_who_is_not_logged_in_finds_again_what_was_written(page, backend):
    page.goto("/posts/new/")
    page.get_by_label("Note").fill("Kept for later")
    page.get_by_label("Picture").first.set_input_files({"name": "red.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    page.get_by_role("button", name="Post it").click()
    expect(page.get_by_role("alert")).to_contain_text("you find what you wrote again, but the picture.")
    page.get_by_role("alert").get_by_role("link", name="Log in").click()
    page.get_by_label("User id").fill("niko")
    page.get_by_label("Password").fill("123niko")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_label("Note")).to_have_value("Kept for later")
    page.get_by_role("button", name="Post it").click()
    expect(page.locator(".post").first).to_contain_text("Kept for later")


def test_a_joke_is_laughed_at_in_the_list_and_on_its_page(page, backend):
    page.goto("/jokes/")
    page.locator("#row-2").get_by_role("button", name="Haha").click()
    expect(page.locator("#row-2 [data-head=Haha]")).to_have_text("1")
    expect(page.locator("#row-2").get_by_role("button", name="Haha")).to_be_focused()
    page.goto("/jokes/2/")
    page.get_by_role("button", name="Boohoo").click()
    expect(page.locator(".facts > div", has_text="Boohoo").locator("dd")).to_have_text("1")


def test_asleep_a_form_keeps_what_was_written(page, port):
    page.goto("/jokes/new/")
    page.get_by_label("Joke").fill("Nobody hears this")
    page.get_by_role("button", name="Add this joke").click()
    expect(page.get_by_role("alert")).to_contain_text("What you wrote is still here")
    expect(page.get_by_label("Joke")).to_have_value("Nobody hears this")
    check(page)


def test_pages_that_no_file_has_are_shown_in_the_list(page, backend):
    token = token_of(backend, "niko")
    for number in range(15):
        send(backend, "POST", "/api/posts", {"note": f"Note {number}"}, token)
    page.goto("/posts/")
    expect(page.locator(".post")).to_have_count(20)
    expect(page.locator(".count")).to_contain_text("1–20 of 34 posts")
    page.get_by_role("button", name="More posts").click()
    expect(page.locator(".post")).to_have_count(34)
    expect(page.get_by_role("button", name="More posts")).to_have_count(0)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_are_in_order(open_page, static_host, backend, screen, look):
    page = open_page(viewport=SCREENS[screen], reduced_motion="reduce", base_url=static_host, **LOOKS[look])
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PATHS:
        page.goto(path)
        check(page)
    assert {url for url in asked if not url.startswith((f"{static_host}/", f"http://{backend}/"))} == set()


@pytest.mark.parametrize("is_awake", [True, False])
def test_nothing_moves_while_a_page_becomes_alive(open_page, static_host, awake, is_awake):
    page = open_page(viewport=SCREENS["phone"], base_url=static_host)
    with awake() if is_awake else nullcontext():
        for path in PATHS:
            page.goto(path, wait_until="networkidle")
            assert page.evaluate(MOVED) == [], path


def test_the_foot_of_a_short_page_stays_when_the_backend_falls_asleep(open_page, static_host, awake):
    page = open_page(viewport={"width": 390, "height": 1000}, base_url=static_host)
    with awake():
        page.goto("/jokes/1/", wait_until="networkidle")
    place = page.locator("footer").bounding_box()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("status").last).to_contain_text("As of")
    assert page.locator("footer").bounding_box() == place


def test_a_host_that_shows_its_own_page_for_what_is_not_there_leads_on_to_a_new_row(page, backend, tmp_path):
    send(backend, "POST", "/api/users", {"name": "Ada Lovelace", "uid": "ada"})
    (tmp_path / "files/users/11").mkdir()
    shutil.copy(tmp_path / "files/404.html", tmp_path / "files/users/11/index.html")
    page.goto("/users/11/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Lovelace")
    assert page.url.endswith("/users/row/#11")


def test_without_scripts_the_pages_are_as_without_a_backend(open_page, static_host, backend):
    page, asked = open_page(base_url=static_host, java_script_enabled=False), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/jokes/")
    expect(page.locator("tbody tr")).to_have_count(7)
    for each in ("button", "form", ".you", ".told", "th.actions"):
        expect(page.locator(f"{each}:visible")).to_have_count(0)
    page.goto("/login/")
    expect(page.get_by_role("link", name="The one of the site itself")).to_have_attribute(
        "href", f"http://{backend}/login"
    )
    expect(page.locator("form:visible")).to_have_count(0)
    assert not [url for url in asked if backend in url]
