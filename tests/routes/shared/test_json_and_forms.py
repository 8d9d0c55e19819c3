"""What JSON means is taken as it is: nothing is trimmed, read out of text, or empty instead of null."""

import pytest

PASSWORD = "battery staple"


def test_every_reason_is_told_at_once(visitor):
    sent = {"name": "x" * 256, "uid": "toby", "password": "", "dob": ""}
    assert visitor.post_json("/api/users", sent, status=422).json["problems"] == {
        "name": "must have at most 255 characters",
        "uid": "is already taken",
        "password": "must have at least 8 characters",
        "dob": "must be a date like 2008-04-05",
    }


def test_a_form_is_read_leniently(visitor):
    values = {"name": "\ufeff Ada \u3000 Lovelace\u200b ", "uid": " Ada ", "password": "", "dob": ""}
    visitor.post("/users", values, status=303)
    ada = visitor.get("/api/users/11").json
    assert (ada["name"], ada["uid"], ada["dob"]) == ("Ada Lovelace", "ada", None)


def test_null_clears_and_empty_text_does_not(member):
    member.patch_json("/api/users/2", {"dob": ""}, status=422)
    assert member.patch_json("/api/users/2", {"dob": None}, status=200).json["dob"] is None


def test_an_order_that_is_empty_is_none_of_those_there_are(visitor):
    assert "must be one of" in visitor.get("/api/users?sort=", status=422).json["problems"]["sort"]
    visitor.get("/users?sort=&search=", status=200)


@pytest.mark.parametrize("path", ["/api/users/2", "/api/posts/4", "/api/posts/11", "/api/jokes/1"])
def test_a_whole_record_may_be_sent_back_as_it_was_read(admin, path):
    record = admin.get(path).json
    assert admin.patch_json(path, record, status=200).json == record
    form_of_another = path.replace("/api", "") + "/edit"
    admin.post(form_of_another, {"id": record["id"]}, status=422)


def test_what_is_changed_in_a_whole_record_is_changed(member):
    user = member.get("/api/users/2").json | {"name": "N. T."}
    assert member.patch_json("/api/users/2", user, status=200).json == user


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("/api/users/2", {"id": 3}),
        ("/api/users/2", {"age": 17, "posts_total": 0}),
        ("/api/users/2", {"posts": []}),
        ("/api/posts/4", {"user": 1, "created": "2026-01-05T09:30:00Z"}),
        ("/api/posts/4", {"image": {"url": "/uploads/x.png"}}),
        ("/api/jokes/1", {"haha": 1000}),
    ],
)
def test_what_only_the_program_sets_is_read_only(admin, path, changed):
    record = admin.get(path).json
    problems = admin.patch_json(path, record | changed, status=422).json["problems"]
    assert problems == dict.fromkeys(changed, "is read-only")
    assert admin.get(path).json == record


def test_a_new_row_takes_no_more_than_its_fields(member):
    problems = member.post_json("/api/posts", {"note": "Hello", "id": 4}, status=422).json["problems"]
    assert problems == {"id": "is not a field"}


@pytest.mark.parametrize("old", ["x" * 257, 5, "a\u0000b"])
def test_an_old_password_that_is_none_is_refused_also_where_none_is_needed(member, admin, old):
    for person, sent in ((member, {"name": "N. T."}), (admin, {"password": PASSWORD})):
        answer = person.patch_json("/api/users/2", sent | {"old_password": old}, status=422)
        assert list(answer.json["problems"]) == ["old_password"]
    assert member.get("/api/users/2").json["name"] == "Nikola Tesla"
