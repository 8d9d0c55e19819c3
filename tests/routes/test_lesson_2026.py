"""What the course's pages of 2026 call: signing up, logging in and the profile."""

import io
from base64 import b64decode, b64encode

import pytest
from PIL import Image
from playhouse.test_utils import assert_query_count
from webtest import TestApp

from models.shared.database import database
from models.user import User
from tests.drawn import gif, jpeg, png

PASSWORD = "battery staple"
ADA = {"name": "Ada Lovelace", "uid": "ada", "password": PASSWORD}
NOT_KEPT = {"email": "ada@example.org", "sid": "1234567", "school": "Somewhere", "kasm_server_needed": False}
NOTHING = {"email": "", "sid": "", "school": "", "class": [], "pfp": None}
KNOWN = "password must not be 123 and the user id, which everyone knows"
SIGN_UP = ["/lesson/api/user", "/lesson/api/users", "/lesson/api/users/create"]
ME = "/lesson/api/user"
PORTRAIT = "/lesson/api/id/pfp"


def test_somebody_signs_up_logs_in_and_is_known(visitor):
    user = visitor.post_json(ME, ADA | NOT_KEPT, status=200).json
    assert (user["id"], user["uid"], user["posts"]) == (11, "ada", [])
    assert {name: user[name] for name in NOTHING} == NOTHING
    visitor.post_json("/lesson/api/authenticate", {"uid": "ada", "password": PASSWORD}, status=200)
    assert visitor.get("/lesson/api/id").json == user | {"is_admin": False, "is_teacher": False}
    assert visitor.get(ME).json == user


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (ADA | {"password": "short"}, "password must have at least 8 characters"),
        (ADA | {"password": ""}, "password is required"),
        ({"name": "Ada", "uid": "ada"}, "password is required"),
        (ADA | {"uid": "toby"}, "uid is already taken"),
        (ADA | {"name": ""}, "name is required"),
    ],
)
def test_who_cannot_sign_up_is_told_why(visitor, values, message):
    assert visitor.post_json(ME, values, status=400).json == {"message": message}
    assert len(visitor.get("/lesson/api/users").json) == 10


@pytest.mark.parametrize("path", SIGN_UP)
@pytest.mark.parametrize("uid", ["ada", "ADA", "lovelace"])
def test_the_lessons_own_password_is_refused_by_its_name(visitor, path, uid):
    sent = ADA | {"uid": uid, "password": f"123{uid.lower()}"}
    assert visitor.post_json(path, sent, status=400).json == {"message": KNOWN}


@pytest.mark.parametrize("uid", ["niko", "nobody", "Niko "])
def test_a_login_with_the_lessons_own_password_is_told_that_it_is_not_good_here(visitor, uid):
    sent = {"uid": uid, "password": f"123{uid.strip().lower()}"}
    message = visitor.post_json("/lesson/api/authenticate", sent, status=401).json["message"]
    assert message == "The password 123 and the user id is known to everyone, so it is not accepted here"


def test_where_the_lessons_passwords_are_good_a_wrong_one_is_only_wrong(visit):
    site = visit(sample_data="lesson")
    message = site.post_json("/lesson/api/authenticate", {"uid": "nobody", "password": "123nobody"}, status=401).json
    assert message == {"message": "Invalid user id or password"}


def test_an_admin_reads_the_list_and_is_known_as_one(admin):
    users = admin.get(ME).json
    assert [user["uid"] for user in users][:3] == ["toby", "niko", "lex"]
    assert set(users[0]) > set(NOTHING)
    assert admin.get("/lesson/api/id").json["is_admin"] is True


def test_one_changes_oneself_with_or_without_the_uid(member, admin):
    assert member.put_json(ME, {"name": "N. T."} | NOT_KEPT, status=200).json["name"] == "N. T."
    assert member.put_json(ME, {"uid": "niko", "dob": "07-11-1856"}, status=200).json["dob"] == "07-11-1856"
    assert admin.put_json(ME, {"uid": "niko", "name": "Nikola"}, status=200).json["id"] == 2
    assert admin.put_json(ME, {"name": "T. E."}, status=200).json["id"] == 1


def test_others_are_not_changed(member, admin):
    answer = member.put_json(ME, {"uid": "toby", "name": "X Y"}, status=403).json
    assert (answer["data"], answer["error"]) == (None, "Forbidden")
    admin.put_json(ME, {"uid": "nobody", "name": "X Y"}, status=404)
    admin.put_json(ME, {"uid": 5, "name": "X Y"}, status=400)
    assert member.put_json(ME, {"role": "admin"}, status=200).json["uid"] == "niko"
    assert member.get("/lesson/api/id").json["is_admin"] is False


def test_a_new_password_ends_all_other_logins(member, log_in):
    elsewhere = log_in("niko")
    assert member.put_json(ME, {"password": "123niko"}, status=400).json == {"message": KNOWN}
    member.put_json(ME, {"password": PASSWORD}, status=200)
    elsewhere.get(ME, status=401)
    member.get(ME, status=200)
    member.post_json("/lesson/api/authenticate", {"uid": "niko", "password": PASSWORD}, status=200)


def test_a_scripts_token_gives_no_password(member):
    member.put_json(ME, {"password": PASSWORD}, status=200)
    token = member.post_json("/api/sessions", {"uid": "niko", "password": PASSWORD}).json["token"]
    script = TestApp(member.app)
    script.authorization = ("Bearer", token)
    script.put_json(ME, {"password": "another one"}, status=403)
    script.put_json(ME, {"name": "N. T."}, status=200)


def test_a_user_is_changed_and_deleted_by_number(member, other, admin):
    path = "/lesson/api/users/2"
    assert member.put_json(path, {"name": "N. T.", "dob": "07-11-1856"}, status=200).json["dob"] == "07-11-1856"
    other.put_json(path, {"name": "X Y"}, status=403)
    assert other.delete(path, status=403).json["error"] == "Forbidden"
    assert admin.delete(path, status=204).body == b""
    assert list(admin.put_json(path, {"name": "X Y"}, status=404).json) == ["message"]
    assert "admin" in admin.delete("/lesson/api/users/1", status=400).json["message"]


def in_base64(content):
    return b64encode(content).decode()


def test_one_gives_oneself_a_picture_and_takes_it_away(member, other):
    assert member.get(PORTRAIT, status=404).json == {"message": "You have no picture."}
    sent = in_base64(jpeg(300, 200))
    answer = member.put_json(PORTRAIT, {"pfp": sent}, status=200).json
    picture = Image.open(io.BytesIO(b64decode(answer["pfp"])))
    assert (picture.format, picture.size) == ("JPEG", (300, 200))
    assert member.get(PORTRAIT).json == answer
    name = member.get("/lesson/api/id").json["pfp"]
    assert b64decode(answer["pfp"]) == other.get(f"/uploads/{name}").body
    assert [user["pfp"] for user in other.get("/lesson/api/users?page=1").json["users"]][:2] == [None, name]
    assert member.delete(PORTRAIT, status=204).body == b""
    member.get(PORTRAIT, status=404)
    member.delete(PORTRAIT, status=204)
    assert member.get("/lesson/api/id").json["pfp"] is None


@pytest.mark.parametrize("before", ["data:image/png;base64,", "data:;base64,", "\n", ""])
def test_what_a_browser_puts_before_the_base64_is_no_matter(member, before):
    assert member.put_json(PORTRAIT, {"pfp": before + in_base64(png())}, status=200)


def test_a_photo_of_five_megabytes_is_taken_and_answered_small_where_it_is_too_much(member):
    content = png() + bytes(5 * 1024 * 1024 - len(png()))
    member.put_json(PORTRAIT, {"pfp": in_base64(content)}, status=200)
    large = gif() + bytes(5 * 1024 * 1024 - len(gif()))  # its bytes are kept
    answer = member.put_json(PORTRAIT, {"pfp": in_base64(large)}, status=200).json
    assert Image.open(io.BytesIO(b64decode(answer["pfp"]))).size == (40, 40)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"pfp": "no base64!"}, "pfp must be a picture, as plain base64"),
        ({"pfp": "ä"}, "pfp must be a picture, as plain base64"),
        ({"pfp": in_base64(b"no picture")}, "pfp must be a .jpg, .png or .gif picture that is whole"),
        ({"pfp": in_base64(png() + bytes(5 * 1024 * 1024))}, "pfp must have at most 5 MiB"),
        ({"pfp": ""}, "pfp is required"),
        ({"pfp": None}, "pfp is required"),
        ({"pfp": 5}, "pfp must be text"),
        ({}, "pfp is required"),
    ],
)
def test_what_is_no_picture_is_refused_and_the_old_one_stays(member, settings, sent, message):
    before = member.put_json(PORTRAIT, {"pfp": in_base64(png())}).json
    files = sorted((settings.volumes / "uploads").iterdir())
    assert member.put_json(PORTRAIT, sent, status=400).json == {"message": message}
    assert member.get(PORTRAIT).json == before
    assert sorted((settings.volumes / "uploads").iterdir()) == files


def test_more_than_the_largest_picture_is_not_even_read(member):
    assert "KiB" in member.put_json(PORTRAIT, {"pfp": "A" * 8_000_000}, status=400).json["message"]
    assert "KiB" in member.put_json(ME, {"name": "A" * 2_000_000}, status=400).json["message"]


def test_the_users_come_in_numbered_pages_where_one_is_asked_for(visitor):
    users = []
    for number in (1, 2, 3):
        with assert_query_count(3):
            page = visitor.get(f"/lesson/api/users?page={number}&per_page=4").json
        place = {"page": number, "per_page": 4, "total": 10, "has_next": number < 3, "has_prev": number > 1}
        assert page["pagination"] == place
        users += page["users"]
    assert [user["id"] for user in users] == list(range(1, 11))
    assert visitor.get("/lesson/api/users?page=1").json["pagination"]["per_page"] == 50
    assert visitor.get("/lesson/api/users?page=99").json["users"] == []
    assert len(visitor.get("/lesson/api/users?per_page=4").json) == 10


@pytest.mark.parametrize("asked", ["page=0", "page=x", "page=-1", "page=1&per_page=501", "page=1&per_page=", "page="])
def test_a_page_that_makes_no_sense_is_400(visitor, asked):
    assert list(visitor.get(f"/lesson/api/users?{asked}", status=400).json) == ["message"]


def test_each_path_is_described_once_and_so_is_each_operation(visitor):
    paths = visitor.get("/lesson/openapi.json").json["paths"]
    assert not [path for path in paths if path.endswith("/")]
    for path in (ME, "/lesson/api/users/{id}", PORTRAIT):
        assert path in paths


def test_where_sign_up_is_closed_only_an_admin_adds_users_here(visit, member, admin):
    visitor = visit(sign_up="closed")
    visitor.post_json(ME, ADA, status=401)
    member.app = admin.app = visitor.app
    member.post_json(ME, ADA, status=403)
    admin.post_json(ME, ADA, status=200)
    with database.connection_context():
        assert User.get(uid="ada").role == "user"
