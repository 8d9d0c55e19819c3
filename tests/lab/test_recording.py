"""What a request leaves in the lab."""


def own(record):
    return [call["name"] for call in record["calls"] if not call["shared"]]


def add_ada(browser):
    form = browser.get("/users/new").forms[0]
    form["name"], form["uid"], form["password"] = "Ada Lovelace", "ada", "correct horse battery"
    return form.submit()


def test_a_list_leaves_its_route_its_view_its_statements_and_its_bytes(here, last):
    answer = here.get("/users")
    record = last(here)
    assert (record["method"], record["path"], record["status"]) == ("GET", "/users", 200)
    assert record["route"]["handler"] == "show_users"
    assert record["route"]["file"] == "routes/users.py"
    assert record["guards"][0]["name"] == "readers_only"
    assert record["view"] == "views/users/list.tpl"
    assert record["answer"]["bytes"] == len(answer.body)
    assert [each["sql"].split()[0] for each in record["statements"]] == ["SELECT", "SELECT"]
    assert sorted(each["rows"] for each in record["statements"]) == [1, 10]


def test_adding_a_user_shows_the_handler_the_verb_its_rules_and_one_insert_without_the_password(here, last):
    assert add_ada(here).status_int == 303
    record = last(here)
    calls = {call["number"]: call for call in record["calls"]}
    names = own(record)
    assert [name for name in names if name in ("add_user", "User.create", "User.problems")] == [
        "add_user",
        "User.create",
        "User.problems",
    ]
    (inserted,) = [each for each in record["statements"] if each["sql"].startswith('INSERT INTO "users"')]
    assert inserted["new_id"] == 11
    assert inserted["by"].startswith("routes/users.py:")
    assert calls[inserted["call"]]["name"] == "User.create"
    assert "•••" in inserted["values"]
    assert "correct horse" not in here.get("/lab/requests/2.json").text
    assert record["body"]["password"] == "•••"
    assert record["answer"]["location"] == "/users/11?added"


def test_nothing_that_is_kept_of_a_login_opens_anything(here):
    form = here.get("/login").forms[0]
    form["uid"], form["password"] = "toby", "123toby"
    form.submit()
    token = here.cookies["session"]
    here.get("/account")
    for each in here.get("/lab/requests.json").json["requests"]:
        kept = here.get(each["href"]).text
        assert "123toby" not in kept
        assert token not in kept
        assert "pbkdf2" not in kept


def test_an_answer_from_memory_says_so_and_has_the_two_headers_and_its_tag(here, last):
    first = here.get("/api/users")
    again = here.get("/api/users")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["X-Request"] == "/lab/requests/2"
    record = last(here)
    assert (record["statements"], record["answer"]["remembered"]) == ([], True)
    assert not last(here, number=1)["answer"]["remembered"]


def test_a_page_that_says_what_it_took_is_made_anew_and_has_no_tag(here, last):
    for _ in range(2):
        answer = here.get("/users")
        assert "ETag" not in answer.headers
        assert len(last(here)["statements"]) == 2
    assert f'href="/lab/requests/{last(here)["number"]}"' in answer.text


def test_files_of_the_site_and_the_lab_itself_are_not_recorded(here):
    for path in ("/static/style.css", "/lab/requests", "/lab/requests.json"):
        here.get(path)
    assert here.get("/lab/requests.json").json["requests"] == []


def test_who_asked_from_where_is_known_and_what_came_with_it(here, last):
    here.get("/api/users?search=ada", headers={"Origin": "https://page.example"})
    record = last(here)
    assert (record["origin"], record["query"]) == ("https://page.example", "search=ada")
    assert record["headers"]["Host"] == "localhost:8086"


def test_after_a_form_the_page_leads_to_the_click(here):
    add_ada(here).follow()
    newest = here.get("/lab/requests.json").json["requests"][0]
    assert newest["path"] == "/users/11"
    page = here.get(f"/lab/requests/{newest['number']}")
    assert "Before it" in page.text
    assert page.click("POST /users").html.h1.text.split() == ["POST", "/users", "303"]
    here.get("/users/11")
    assert "Before it" not in here.get(f"/lab/requests/{newest['number'] + 1}").text
