"""The list of the last requests: it is filtered by its address, grows while somebody looks, and forgets when asked."""

import pytest

ELSEWHERE = "https://page.example"


def listed(answer):
    return [" ".join(link.text.split()) for link in answer.html.select("#requests td a")]


def test_the_newest_is_the_first_and_each_leads_to_its_page(here):
    here.get("/users")
    here.get("/posts")
    answer = here.get("/lab/requests")
    assert listed(answer) == ["GET /posts", "GET /users"]
    assert "show_posts" in answer.click("/posts", href="/lab/requests/")


def test_the_lab_does_not_record_itself(here):
    for path in ("/lab/requests", "/lab/requests.json", "/lab/requests/1", "/lab", "/lab/nothing"):
        here.get(path, expect_errors=True)
    assert here.get("/lab/requests.json").json == {"requests": [], "newest": 0}


def test_the_lab_does_not_record_itself_behind_a_prefix_either(site):
    here = site(prefix="/class")
    here.get("/class/users")
    here.get("/class/lab/requests")
    (only,) = here.get("/class/lab/requests.json").json["requests"]
    assert (only["path"], only["href"]) == ("/users", "/class/lab/requests/1.json")
    assert "/class/lab/requests/1" in here.get("/class/lab/requests")


def test_an_empty_list_says_what_to_do(here):
    assert "Nothing has been asked yet" in here.get("/lab/requests")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("path=USERS", ["GET /users/999", "GET /users"]),
        ("path=/nothing", []),
        ("failed=yes", ["GET /users/999"]),
        ("failed=yes&path=posts", []),
        (f"origin={ELSEWHERE}", ["GET /api/posts"]),
        ("origin=ours", ["GET /users/999", "GET /users"]),
        ("", ["GET /users/999", "GET /api/posts", "GET /users"]),
    ],
)
def test_the_address_chooses(site, asked, found):
    here = site(origins=(ELSEWHERE,))
    here.get("/users")
    here.get("/api/posts", headers={"Origin": ELSEWHERE})
    here.get("/users/999", status=404)
    answer = here.get(f"/lab/requests?{asked}")
    assert [each.removesuffix(f" from {ELSEWHERE}") for each in listed(answer)] == found
    assert len(here.get(f"/lab/requests.json?{asked}").json["requests"]) == len(found)
    if not found:
        assert "None of the 3 requests is like that" in answer


def test_the_form_fills_in_what_was_chosen_and_works_without_a_script(here):
    here.get("/users")
    here.get("/posts")
    form = here.get("/lab/requests").forms["choose"]
    form["path"], form["failed"] = "post", "yes"
    again = form.submit().forms["choose"]
    assert (again["path"].value, again["failed"].checked, again["slow"].checked) == ("post", True, False)


def test_a_slow_one_is_found(here):
    here.get("/users")
    here.get("/posts")
    for number, milliseconds in ((1, 250), (2, 20)):
        here.app.records.get(number).ms = milliseconds  # as nobody knows how quick this machine is
    assert listed(here.get("/lab/requests?slow=yes")) == ["GET /users"]
    assert "slow" in here.get("/lab/requests").html.select_one("#requests").text


def test_programs_ask_for_what_is_newer(here):
    here.get("/users")
    here.get("/posts")
    answer = here.get("/lab/requests.json?after=1").json
    assert [each["path"] for each in answer["requests"]] == ["/posts"]
    assert answer["newest"] == 2
    assert len(here.get("/lab/requests.json?after=-x").json["requests"]) == 2


def test_all_can_be_forgotten_but_what_is_kept(here):
    here.get("/users")
    here.get("/posts")
    kept = here.get("/lab/requests/1").forms["keep"].submit().follow()
    assert "Let it go" in kept
    assert listed(here.get("/lab/requests").forms["forget"].submit().follow()) == ["GET /users"]
    kept.forms["keep"].submit().follow()
    assert listed(here.get("/lab/requests").forms["forget"].submit().follow()) == []


def test_one_that_is_kept_outlasts_two_hundred_others(here):
    here.get("/users/1")
    here.post("/lab/requests/1/keep", {"keep": "yes"})
    for _ in range(201):
        here.get("/health")
    numbers = [each["number"] for each in here.get("/lab/requests.json").json["requests"]]
    assert (len(numbers), numbers[-2:]) == (201, [3, 1])


def test_only_so_many_are_kept(here):
    for number in range(1, 22):
        here.get("/health")
        answer = here.post(f"/lab/requests/{number}/keep", {"keep": "yes"}, expect_errors=True)
    assert answer.status_int == 409


@pytest.mark.parametrize("path", ["/lab/requests/forget", "/lab/requests/1/keep", "/lab/machinery"])
@pytest.mark.parametrize("site_said", ["cross-site", "same-site"])
def test_only_a_page_of_ours_changes_anything(here, path, site_said):
    here.get("/users")
    led = {"Sec-Fetch-Site": site_said, "Sec-Fetch-Mode": "navigate"}
    here.post(path, {"keep": "yes", "record": "yes"}, headers=led, status=403)
    here.post(path, {"keep": "yes", "record": "yes"}, headers={"Origin": ELSEWHERE}, expect_errors=True)
    assert not here.app.records.get(1).is_kept
    assert not here.app.watcher.is_all


def test_what_is_recorded_of_the_machinery_is_folded_until_it_is_asked_for(here, last):
    here.get("/users")
    assert not any(each["shared"] for each in last(here)["calls"])
    here.get("/lab/requests").forms["machinery"].submit()
    try:
        here.get("/users")
    finally:
        here.get("/lab/requests").forms["machinery"].submit()
    assert any(each["shared"] for each in last(here)["calls"])
    assert "page_of" not in here.get("/lab/requests/2")
    assert "page_of" in here.get("/lab/requests/2?shared")
    here.get("/users")
    assert not any(each["shared"] for each in last(here)["calls"])


def events(answer):
    return [line.removeprefix("data: ") for line in answer.text.splitlines() if line.startswith("data: ")]


def test_a_page_is_told_of_what_is_new(here):
    here.app.listeners.seconds = 0
    here.get("/users")
    answer = here.get("/lab/requests/events?after=0")
    assert answer.content_type == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert events(answer) == ["1"]
    assert events(here.get("/lab/requests/events?after=1")) == []
    assert events(here.get("/lab/requests/events?after=0", headers={"Last-Event-ID": "1"})) == []
    assert events(here.get("/lab/requests/events?after=57")) == ["1"]  # the site was started again


def test_it_is_told_while_it_listens(here, at_once):
    stream = iter(here.app.listeners.events(here.app.records, 0))
    here.app.listeners.enter()
    assert next(stream).startswith("retry")
    told = []
    at_once(lambda: told.append(next(stream)), lambda: here.get("/health"))
    assert told == ["id: 1\ndata: 1\n\n"]
    stream.close()
    assert here.app.listeners.now == 0


def test_few_listen_at_once_and_the_others_are_told_to_ask(here):
    for _ in range(4):
        assert here.app.listeners.enter()
    assert here.get("/lab/requests/events", status=503).headers["Retry-After"] == "5"
    here.app.listeners.leave()
    here.app.listeners.seconds = 0
    here.get("/lab/requests/events")
    assert here.app.listeners.now == 3


def test_where_there_are_few_threads_nobody_listens(site):
    site(threads=4).get("/lab/requests/events", status=503)


@pytest.mark.parametrize("path", ["/lab/requests", "/lab/requests.json", "/lab/requests/1", "/lab/requests/1.json"])
def test_no_browser_and_no_memory_keeps_what_the_lab_shows(here, path):
    here.get("/users")
    headers = here.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert "ETag" not in headers
    here.head(path)
