"""One bad row never takes a list down: what somebody typed into the tables of users, posts and jokes."""

import sqlite3
from contextlib import closing

import pytest

from models.shared.database import database
from models.user import User
from tests.pages import walked

LISTS = ("/users", "/posts", "/jokes", "/users/2", "/api/users", "/api/posts", "/api/jokes", "/api/users/2/posts")
LESSON = ("/lesson/api/users", "/lesson/api/jokes")
OTHERS = ("/posts/4/edit", "/posts/4/delete", "/users/2/edit", "/users/2/delete", "/jokes/2", "/account", "/login")
BAD = ("x'ff00'", "cast(x'ff' as text)", "x'416461'", "'31/02'", "0.5", "''", "null", "9e999")
COLUMNS = {
    "users": ("_name", "_uid", "_password", "_dob", "_role"),
    "posts": ("note", "image", "userID", "created", "alt", "image_width", "image_height", "image_bytes"),
    "jokes": ("joke", "haha", "boohoo"),
}
IDS = {"users": 2, "posts": 4, "jokes": 2}


@pytest.fixture
def type_in(settings):
    """Call it with lines of SQL, as somebody types them into a viewer that minds no rule."""

    def run(*lines):
        with closing(sqlite3.connect(settings.database_path)) as program:
            program.execute("pragma writable_schema = 1")
            program.execute("update sqlite_master set sql = replace(sql, ' NOT NULL', '') where type = 'table'")
            program.execute("pragma schema_version = 1000")
            program.commit()
            for line in lines:
                program.execute(line)
            program.commit()

    return run


@pytest.mark.parametrize("value", BAD)
def test_whatever_is_typed_every_list_has_its_other_rows(admin, member, type_in, value):
    lines = [
        f"update {table} set {column} = {value} where id = {IDS[table]}"
        for table in COLUMNS
        for column in COLUMNS[table]
    ]
    type_in(*lines)
    for path in LISTS:
        assert admin.get(path, status=200)
    for path in LESSON:
        admin.get(path, status=200)
    assert [user["id"] for user in admin.get("/api/users?limit=100").json["users"]] == list(range(1, 11))
    assert len(admin.get("/lesson/api/users").json) == 10
    assert len(admin.get("/api/jokes").json["jokes"]) == len(admin.get("/lesson/api/jokes").json) == 7
    for path in OTHERS:
        assert admin.get(path, expect_errors=True).status_int in (200, 404), path
    for sort in ("name", "-name", "uid", "-uid", "dob", "-dob"):
        there = walked(admin, f"/api/users?limit=1&sort={sort}", "next")
        assert sorted(there) == list(range(1, 11)), sort


def test_a_page_marks_what_cannot_be_read_and_shows_the_rest(admin, type_in):
    type_in(
        "update users set _dob = '31/02', _name = x'416461' where id = 2",
        "update posts set created = 'once', note = x'ff' where userID = 2",
        "update jokes set haha = 'many' where id = 2",
    )
    for path, marks in {
        "/users": ("“31/02” (cannot be read)", "“Ada” (cannot be read)", "niko", "Thomas Edison"),
        "/users/2": ("“31/02” (cannot be read)", "“Ada” (cannot be read)", "niko", "“once” (cannot be read)"),
        "/posts": ("“once” (cannot be read)", "“\ufffd” (cannot be read)", "“Ada” (cannot be read)"),
        "/jokes": ("“many” (cannot be read)", "never lonely"),
    }.items():
        for mark in marks:
            assert mark in admin.get(path).html.text, (path, mark)


def test_json_says_null_and_the_lesson_keeps_its_shape(visitor, type_in):
    type_in(
        "update users set _dob = '31/02', _name = x'ff' where id = 2", "update posts set note = x'ff' where userID = 2"
    )
    user = visitor.get("/api/users/2").json
    assert (user["dob"], user["age"], user["name"], user["posts"][0]["note"]) == (None, None, None, None)
    user = visitor.get("/lesson/api/users").json[1]
    assert (user["dob"], user["age"], user["name"], user["posts"][0]["note"]) == ("", None, "", "")


def test_a_bad_value_is_mended_by_the_form(admin, type_in):
    type_in("update users set _dob = '31/02', _name = x'ff' where id = 2")
    form = admin.get("/users/2/edit").forms["edit-user"]
    form["name"], form["dob"] = "Nikola Tesla", "1856-07-10"
    page = form.submit(status=303).follow()
    assert "cannot be read" not in page
    with database.connection_context():
        assert User.get_by_id(2).dob.year == 1856
