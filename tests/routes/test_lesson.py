"""The dialect of the lesson's own pages, row by row: as a visitor, as a member and as the admin."""

import logging
from base64 import b64decode

import pytest
from playhouse.test_utils import assert_query_count
from webtest import TestApp

from models.post import Post
from models.shared.database import database
from models.shared.fields import utc_now
from models.user import User
from routes.shared import lesson_rows
from tests.server import on_two_processes_too

FRIEND = "https://friend.example"
ADA = {"name": "Ada Lovelace", "uid": "ada"}
USERS = ["/lesson/api/users", "/lesson/api/users/"]
LOG_IN = [f"/lesson/api/{path}{slash}" for path in ("authenticate", "users/authenticate") for slash in ("", "/")]
NIKO = {"uid": "niko", "password": "123niko"}


def both(path):
    return [path, f"{path}/"]


@pytest.mark.parametrize("path", USERS)
def test_the_users_are_a_bare_list_with_their_posts(visitor, path):
    users = visitor.get(path, status=200).json
    assert [user["uid"] for user in users][:3] == ["toby", "niko", "lex"]
    assert list(users[0]) == ["id", "name", "uid", "dob", "age", "posts"]
    assert [user["dob"] for user in users[-2:]] == ["03-01-0012", "01-01-0010"]
    assert [set(post) for post in users[1]["posts"]] == [{"id", "userID", "note", "image", "base64"}] * 2
    assert "Link" not in visitor.get(path).headers
    assert visitor.head(path).body == b""


def test_a_post_carries_its_thumbnail_as_base64(visitor):
    posts = [post for user in visitor.get("/lesson/api/users").json for post in user["posts"]]
    pictures = [post for post in posts if post["image"]]
    assert len(pictures) == 4
    for post in pictures:
        assert (
            b64decode(post["base64"])
            == visitor.get(f"/uploads/{post['image']}".replace(".", "-thumb.", 1).replace(".gif", ".png")).body
        )
    assert {post["base64"] for post in posts if not post["image"]} == {""}


def test_an_answer_has_only_so_much_of_pictures(visitor, monkeypatch):
    whole = [post["base64"] for user in visitor.get(USERS[0]).json for post in user["posts"] if post["image"]]
    monkeypatch.setattr(lesson_rows.Pictures, "left", len(whole[0]) + 1)
    less = [post["base64"] for user in visitor.get(USERS[0]).json for post in user["posts"] if post["image"]]
    assert less == [whole[0], "", "", ""]


def test_a_picture_whose_file_is_lost_is_as_none(visitor, settings):
    for file in (settings.volumes / "uploads").iterdir():
        file.unlink()
    assert {post["base64"] for user in visitor.get(USERS[0]).json for post in user["posts"]} == {""}


def test_there_are_at_most_500_and_a_link_to_the_next(visitor):
    with database.connection_context(), database.atomic():
        User.insert_many([{"name": f"N{n}", "uid": f"n{n}", "role": "user"} for n in range(1000)]).execute()
        rows = [{"user": 20, "note": f"{n}", "created": utc_now()} for n in range(15)]
        Post.insert_many(rows).execute()
    pages, path = [], USERS[0]
    while path:
        with assert_query_count(2):
            answer = visitor.get(path)
        pages.append([user["id"] for user in answer.json])
        link = answer.headers.get("Link", "")
        assert not link or link.endswith('>; rel="next"')
        path = link.partition(">")[0][1:]
    assert [len(ids) for ids in pages] == [500, 500, 10]
    assert [number for ids in pages for number in ids] == list(range(1, 1011))
    (twentieth,) = [user for user in visitor.get(USERS[0]).json if user["id"] == 20]
    assert [post["note"] for post in twentieth["posts"]] == [f"{n}" for n in range(14, 4, -1)]


@pytest.mark.parametrize("after", ["x", "-", "9" * 30, "1.5"])
def test_a_place_that_makes_no_sense_is_400(visitor, after):
    assert list(visitor.get(f"{USERS[0]}?after={after}", status=400).json) == ["message"]


@pytest.mark.parametrize("path", [*USERS, *both("/lesson/api/users/create")])
@pytest.mark.parametrize("dob", ["1815-12-10", "12-10-1815"])
def test_somebody_is_added_with_a_date_either_way_round(visitor, path, dob):
    user = visitor.post_json(path, ADA | {"dob": dob}, status=200).json
    assert user | {"age": 0} == ADA | {"id": 11, "dob": "12-10-1815", "age": 0, "posts": []}
    assert visitor.get("/api/users/11").json["dob"] == "1815-12-10"


@pytest.mark.parametrize("more", [{}, {"dob": ""}, {"dob": None}, {"password": ""}, {"whatever": 1}])
def test_an_empty_value_is_none_given_and_others_are_passed_over(visitor, more):
    user = visitor.post_json(USERS[0], ADA | more, status=200).json
    assert (user["dob"], user["age"]) == ("", None)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"uid": "ada"}, "name is required"),
        ({"name": "Ada"}, "uid is required"),
        (ADA | {"name": "x" * 256}, "name must have at most 255 characters"),
        (ADA | {"uid": "a"}, "uid must have at least 2 characters"),
        (ADA | {"uid": "toby"}, "uid is already taken"),
        (ADA | {"uid": "TOBY"}, "uid is already taken"),
        (ADA | {"name": 5}, "name must be text"),
        (ADA | {"dob": "10.12.1815"}, "dob must be a date like 2008-04-05"),
        (ADA | {"dob": "13-40-1815"}, "dob must be a date like 2008-04-05"),
        (ADA | {"dob": 18151210}, "dob must be a date like 2008-04-05"),
        (ADA | {"dob": ["12-10-1815"]}, "dob must be a date like 2008-04-05"),
        (ADA | {"password": "short"}, "password must have at least 8 characters"),
        (ADA | {"password": ["long enough"]}, "password must be text"),
    ],
)
def test_what_cannot_be_used_is_400_with_a_message(visitor, values, message):
    assert visitor.post_json(USERS[0], values, status=400).json == {"message": message}
    assert len(visitor.get(USERS[0]).json) == 10


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"ada"', b"\xff", b"[" * 100_000, b'{"uid": "a", "uid": "b"}'])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", USERS[0]), ("PUT", USERS[0]), ("DELETE", USERS[0]), ("POST", LOG_IN[0]), ("POST", LOG_IN[2])],
)
def test_a_body_that_is_no_json_object_is_400(admin, method, path, body):
    headers = {"Content-Type": "application/json"}
    answer = admin.request(path, method=method, body=body, headers=headers, status=400)
    assert list(answer.json) == ["message"]
    assert answer.content_type == "application/json"


def test_another_type_and_too_much_are_400_too(visitor):
    assert list(visitor.post(USERS[0], ADA, status=400).json) == ["message"]
    visitor.post_json(USERS[0], ADA | {"name": "x" * 1_100_000}, status=400)


@on_two_processes_too
def test_of_two_who_take_one_uid_at_once_exactly_one_gets_it(visitor, at_once):
    statuses = []

    def sign_up():
        statuses.append(TestApp(visitor.app).post_json(USERS[0], ADA, status="*").status_int)

    at_once(*[sign_up] * 8)
    assert sorted(statuses) == [200] + [400] * 7


@pytest.mark.parametrize("path", USERS)
def test_the_owner_and_an_admin_change_a_user(member, admin, path):
    change = {"id": 2, "name": "N. T.", "dob": "07-11-1856", "role": "admin", "password": "not from here"}
    assert member.put_json(path, change, status=200).json["name"] == "N. T."
    user = admin.get("/api/users/2").json
    assert (user["dob"], user["role"]) == ("1856-07-11", "user")
    assert admin.put_json(path, {"id": "2", "dob": ""}, status=200).json["dob"] == ""
    assert member.put_json(path, {"id": 2, "uid": "toby"}, status=400).json == {"message": "uid is already taken"}


def test_others_do_not_change_a_user(visitor, other, admin):
    answer = visitor.put_json(USERS[0], {"id": 2, "name": "N. T."}, status=401).json
    assert set(answer) == {"message", "data", "error"}
    assert (answer["data"], answer["error"]) == (None, "Unauthorized")
    answer = other.put_json(USERS[0], {"id": 2, "name": "N. T."}, status=403).json
    assert (answer["data"], answer["error"]) == (None, "Forbidden")
    assert list(admin.put_json(USERS[0], {"id": 99}, status=404).json) == ["message"]
    for number in (None, "x", [2], 1.5, True, 10**30):
        admin.put_json(USERS[0], {"id": number}, status=400)
    assert visitor.get("/api/users/2").json["name"] == "Nikola Tesla"


@pytest.mark.parametrize("path", USERS)
def test_only_an_admin_deletes_a_user_by_uid(visitor, member, admin, path):
    assert visitor.delete_json(path, {"uid": "niko"}, status=401).json["error"] == "Unauthorized"
    assert member.delete_json(path, {"uid": "niko"}, status=403).json["error"] == "Forbidden"
    assert admin.delete_json(path, {"uid": "niko"}, status=204).body == b""
    admin.delete_json(path, {"uid": "niko"}, status=404)
    for uid in (None, 5, ["niko"]):
        admin.delete_json(path, {"uid": uid}, status=400)
    assert "admin" in admin.delete_json(path, {"uid": "toby"}, status=400).json["message"]


@pytest.fixture
def lesson_site(visit):
    return visit(sample_data="lesson")


@pytest.mark.parametrize("path", LOG_IN)
def test_a_browser_logs_in_by_its_cookie_and_out_again(lesson_site, path):
    assert lesson_site.post_json(path, NIKO, status=200).json["uid"] == "niko"
    for me in both("/lesson/api/id"):
        assert lesson_site.get(me, headers={"Authorization": "Bearer my-token"}).json["uid"] == "niko"
    assert lesson_site.get("/account", status=200)
    cookie = lesson_site.cookies["session"]
    lesson_site.delete("/lesson/api/authenticate", status=204)
    assert "session" not in lesson_site.cookies
    lesson_site.set_cookie("session", cookie)  # the login itself is over, not only the browser's
    assert lesson_site.get("/lesson/api/id", status=401).json["error"] == "Unauthorized"


@pytest.mark.parametrize(
    "values", [NIKO | {"password": "wrong"}, NIKO | {"uid": "nobody"}, {}, {"uid": 5, "password": []}]
)
def test_a_wrong_login_is_401_with_the_lessons_words(visitor, values):
    answer = visitor.post_json(LOG_IN[0], values, status=401)
    assert answer.json == {"message": "Invalid user id or password"}
    assert "Set-Cookie" not in answer.headers


def test_guesses_here_and_elsewhere_are_counted_together(visitor):
    wrong = NIKO | {"password": "wrong"}
    for _ in range(5):
        visitor.post_json("/api/sessions", wrong, status=401)
        visitor.post_json(LOG_IN[0], wrong, status=401)
    answer = visitor.post_json(LOG_IN[2], wrong, status=429)
    assert list(answer.json) == ["message"]
    assert int(answer.headers["Retry-After"]) > 0
    visitor.post_json("/api/sessions", wrong, status=429)


def test_where_the_directory_is_for_members_a_visitor_sees_nobody(visit, member):
    visitor = visit(directory="members")
    for path in USERS:
        assert visitor.get(path, status=401).json["error"] == "Unauthorized"
    browser = TestApp(visitor.app, cookiejar=member.cookiejar)
    assert len(browser.get(USERS[0]).json) == 10


def test_where_sign_up_is_closed_only_an_admin_adds_users(visit, member, admin):
    visitor = visit(sign_up="closed")
    assert visitor.post_json(USERS[0], ADA, status=401).json["error"] == "Unauthorized"
    member.app = admin.app = visitor.app
    assert member.post_json(USERS[0], ADA, status=403).json["error"] == "Forbidden"
    admin.post_json(USERS[0], ADA, status=200)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (USERS[1], {"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"}),
        ("/lesson/api/id/", {"GET", "HEAD", "OPTIONS"}),
        (LOG_IN[1], {"DELETE", "OPTIONS", "POST"}),
    ],
)
def test_another_method_is_405(visitor, path, allowed):
    answer = visitor.patch_json(path, {}, status=405)
    assert list(answer.json) == ["message"]
    assert set(answer.headers["Allow"].split(",")) == allowed
    assert set(visitor.options(path, status=204).headers["Allow"].split(",")) == allowed


@pytest.mark.parametrize("path", ["/lesson/api/users//", "/lesson//", "/lesson//api/users", "/lesson/api//users/"])
def test_no_more_than_one_slash_is_passed_over_and_only_at_the_end(visitor, path):
    for method in ("GET", "POST", "PUT", "DELETE"):
        answer = visitor.request(path, method=method, status=404)
        assert (answer.content_type, list(answer.json)) == ("application/json", ["message"])


@pytest.mark.parametrize("path", ["/api/users/", "/api/users/1/", "/users/"])
def test_elsewhere_a_slash_at_the_end_is_sent_on(visitor, path):
    assert visitor.get(path, status=308).headers["Location"] == path[:-1]


def test_the_prefix_alone_is_nothing(visitor):
    visitor.get("/lesson/", status=404)


def test_a_path_with_a_slash_is_logged_as_it_was_asked(visitor, caplog):
    with caplog.at_level(logging.INFO, "portfolio.access"):
        visitor.get(USERS[1])
    assert caplog.records[0].getMessage().startswith("GET /lesson/api/users/ 200 ")


def test_what_is_not_there_is_404_in_the_same_shape(visitor):
    for path in ("/lesson/api/nowhere", "/lesson/", "/lesson/api/users/nobody"):
        answer = visitor.get(path, status=404)
        assert (answer.content_type, list(answer.json)) == ("application/json", ["message"])


def test_a_fault_of_ours_is_500_in_the_same_shape(visitor):
    database.connect()
    database.execute_sql("drop table posts")
    database.close()
    answer = visitor.get(USERS[0], status=500)
    assert list(answer.json) == ["message"]
    assert "posts" not in answer


@pytest.mark.parametrize("path", [*USERS, *LOG_IN])
def test_a_page_of_another_origin_may_call_it_when_it_is_named(visit, settings, path):
    visitor = visit(origins=(FRIEND,))
    asked = {
        "Origin": FRIEND,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-origin",
    }
    answer = visitor.options(path, headers=asked, status=204)
    assert answer.headers["Access-Control-Allow-Origin"] == FRIEND
    assert answer.headers["Access-Control-Allow-Headers"] == "content-type, authorization, x-origin"
    headers = {"Origin": FRIEND, "Authorization": "Bearer my-token", "X-Origin": "client"}
    answer = visitor.post_json(path, ADA | {"password": "wrong"}, headers=headers, status="*")
    assert answer.headers["Access-Control-Allow-Origin"] == FRIEND
    evil = {"Origin": "https://evil.example"}
    answer = visitor.post_json(path, ADA, headers=evil, status=403)
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.json["error"] == "Forbidden"


def test_nothing_here_speaks_of_problem_details(visitor):
    answers = [
        visitor.post_json(USERS[0], {}, status=400),
        visitor.get("/lesson/api/id", status=401),
        visitor.get("/lesson/api/nowhere", status=404),
    ]
    for answer in answers:
        assert answer.content_type == "application/json"
        assert not {"title", "detail", "problems", "type", "status"} & set(answer.json)


@pytest.mark.parametrize("path", both("/lesson/api/jokes"))
def test_the_jokes_are_a_bare_list(visitor, path):
    jokes = visitor.get(path).json
    assert [list(joke) for joke in jokes] == [["id", "joke", "haha", "boohoo"]] * len(jokes)
    assert [visitor.get(f"{each}").json for each in both(f"{path.rstrip('/')}/1")] == [jokes[0]] * 2
    for count in both("/lesson/api/jokes/count"):
        assert visitor.get(count).json == {"count": len(jokes)}
    for any_one in both("/lesson/api/jokes/random"):
        assert visitor.get(any_one).json in jokes


@pytest.mark.parametrize(("act", "counter"), [("like", "haha"), ("jeer", "boohoo")])
def test_whoever_reads_a_joke_may_laugh_and_groan(visitor, act, counter):
    before = visitor.get("/lesson/api/jokes/1").json
    for path in both(f"/lesson/api/jokes/{act}/1"):
        visitor.put(path, status=200)
    assert visitor.get("/lesson/api/jokes/1").json == before | {counter: before[counter] + 2}
    assert list(visitor.put(f"/lesson/api/jokes/{act}/99", status=404).json) == ["message"]


def test_where_there_are_no_jokes_none_is_404(visit):
    visitor = visit(sample_data="none")
    assert visitor.get("/lesson/api/jokes/").json == []
    assert visitor.get("/lesson/api/jokes/count").json == {"count": 0}
    assert list(visitor.get("/lesson/api/jokes/random", status=404).json) == ["message"]


def test_where_the_directory_is_for_members_so_are_the_jokes(visit):
    visitor = visit(directory="members")
    assert visitor.get("/lesson/api/jokes/", status=401).json["error"] == "Unauthorized"
    assert visitor.put("/lesson/api/jokes/like/1", status=401).json["error"] == "Unauthorized"
