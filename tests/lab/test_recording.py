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
