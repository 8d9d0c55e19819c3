"""A user's picture: given by a form or by a program, seen wherever the person is, and gone with them."""

import io

import pytest
from PIL import Image

from models.shared.database import database
from models.shared.picture_rows import all_files
from models.user import User
from tests.drawn import NO_PICTURES, gif, jpeg, photo, png, saved
from tests.forgotten import forget_history

IMAGE = "/api/users/2/image"


@pytest.fixture
def uploads(settings):
    return settings.volumes / "uploads"


def files_and_row(uploads):
    with database.connection_context():
        return {file.name for file in uploads.iterdir()}, User.select().where(User.id == 2).dicts().get()


def opened(browser, address):
    return Image.open(io.BytesIO(browser.get(address).body))


def test_one_gives_oneself_a_picture_in_the_form_and_everyone_sees_it(member, visitor):
    form = member.get("/account").click("portrait").forms["edit-user"]
    form["image"] = ("me.png", png(600, 300))
    page = form.submit(status=303).follow()
    picture = page.html.select_one("main img.portrait")
    assert (picture["width"], picture["height"], picture["alt"]) == ("96", "96", "")
    assert opened(visitor, picture["src"]).size == (256, 256)
    for path in ("/users", "/users/2", "/posts"):
        assert picture["src"] in [each["src"] for each in visitor.get(path).html.select("main img.portrait")]


def test_the_small_picture_is_the_middle_of_the_large_one(member, visitor):
    wide = Image.new("RGB", (900, 300), "blue")
    wide.paste("red", (298, 0, 602, 300))
    image = member.put(IMAGE, saved(wide, "PNG")).json["image"]
    assert opened(visitor, image["thumb"]).getcolors() == [(256 * 256, (255, 0, 0))]
    assert opened(visitor, image["url"]).size == (900, 300)


@pytest.mark.parametrize(
    ("content", "side"),
    [(png(30, 500), 30), (png(1, 1), 1), (photo(), 40), (gif(3, (300, 90)), 90), (jpeg(256, 257), 256)],
)
def test_the_small_picture_is_a_square_and_never_larger_than_the_picture(member, visitor, content, side):
    image = member.put(IMAGE, content).json["image"]
    assert opened(visitor, image["thumb"]).size == (side, side)


def test_a_program_gives_a_picture_reads_all_about_it_and_takes_it_away_once(member, visitor, uploads):
    before = set(uploads.iterdir())
    user = member.put(IMAGE, upload_files=[("image", "x.jpg", jpeg())]).json
    stem = user["image"]["url"].removesuffix(".jpg")
    assert user["image"] == {
        "url": f"{stem}.jpg",
        "thumb": f"{stem}-thumb.jpg",
        "width": 60,
        "height": 40,
        "type": "image/jpeg",
        "bytes": len(visitor.get(f"{stem}.jpg").body),
    }
    assert visitor.get("/api/users/2").json == user
    assert visitor.get("/api/users").json["users"][1]["image"] == user["image"]
    assert member.patch_json("/api/users/2", user | {"name": "N. T."}).json["image"] == user["image"]
    assert member.patch_json("/api/users/2", {"image": None}, status=422).json["problems"] == {"image": "is read-only"}
    member.delete(IMAGE, status=204)
    assert visitor.get("/api/users/2").json["image"] is None
    forget_history()
    assert set(uploads.iterdir()) == before
    member.delete(IMAGE, status=404)


def test_a_new_picture_takes_the_place_of_the_old_one_and_its_files(member, uploads):
    member.put(IMAGE, png())
    before = set(uploads.iterdir())
    form = member.get("/users/2/edit").forms["edit-user"]
    form["image"] = ("y.gif", gif())
    form.submit(status=303)
    assert member.get("/api/users/2").json["image"]["type"] == "image/gif"
    forget_history()
    assert len(set(uploads.iterdir()) - before) == len(before - set(uploads.iterdir())) == 2


def test_the_form_takes_it_away_or_leaves_it(member, uploads):
    before = set(uploads.iterdir())
    image = member.put(IMAGE, png()).json["image"]
    form = member.get("/users/2/edit").forms["edit-user"]
    form["name"] = "N. T."
    form.submit(status=303)
    assert member.get("/api/users/2").json["image"] == image
    form = member.get("/users/2/edit").forms["edit-user"]
    form["remove"] = True
    form.submit(status=303)
    user = member.get("/api/users/2").json
    assert (user["name"], user["image"]) == ("N. T.", None)
    forget_history()
    assert set(uploads.iterdir()) == before
    assert "remove" not in member.get("/users/2/edit").forms["edit-user"].fields


def test_an_admin_takes_somebodys_picture_away_and_others_do_not(member, other, admin):
    member.put(IMAGE, png())
    other.put(IMAGE, png(), status=403)
    other.delete(IMAGE, status=403)
    form = admin.get("/users/2/edit").forms["edit-user"]
    form["remove"] = True
    form.submit(status=303)
    assert member.get("/api/me").json["image"] is None


def test_with_the_person_their_picture_goes_and_those_of_their_posts(member, uploads):
    member.put(IMAGE, png())
    member.put("/api/posts/4/image", png())
    member.delete("/api/users/2", status=204)
    with database.connection_context():
        assert {file.name for file in uploads.iterdir()} == set(all_files())


def test_a_deletion_that_fails_keeps_the_picture(member, uploads):
    member.put(IMAGE, png())
    before = files_and_row(uploads)
    with database.connection_context():
        database.execute_sql("create trigger no before delete on users begin select raise(abort, 'no'); end")
    member.delete("/api/users/2", status=500)
    assert files_and_row(uploads) == before


@pytest.mark.parametrize("content", [*NO_PICTURES.values(), b""], ids=[*NO_PICTURES, "nothing"])
def test_what_is_no_picture_is_refused_by_its_name_and_leaves_no_trace(member, uploads, content):
    member.put(IMAGE, png())
    before = files_and_row(uploads)
    assert list(member.put(IMAGE, content, status=422).json["problems"]) == ["image"]
    form = member.get("/users/2/edit").forms["edit-user"]
    form["name"], form["image"] = "N. T.", ("x.png", content)
    if content:
        page = form.submit(status=422)
        assert page.html.select_one("#image-problem").text.startswith("Portrait ")
        assert page.forms["edit-user"]["name"].value == "N. T."
    assert files_and_row(uploads) == before


def test_where_users_are_for_members_so_are_their_pictures(visit, member, visitor):
    image = member.put(IMAGE, png()).json["image"]
    visitor.app = member.app = visit(directory="members").app
    assert visitor.get(image["thumb"], status=303).headers["Location"].startswith("/login")
    assert member.get(image["thumb"]).headers["Cache-Control"] == "private, no-cache"


def test_a_picture_whose_file_is_lost_shows_so(member, visitor, uploads):
    image = member.put(IMAGE, png()).json["image"]
    (uploads / image["thumb"].rsplit("/")[-1]).unlink()
    assert visitor.get("/users/2").status_int == 200
    assert visitor.get(image["thumb"], status=404).content_type == "image/svg+xml"


@pytest.mark.parametrize("name", ["../../etc/passwd", "x.png", "", "0" * 32 + ".svg"])
def test_a_name_that_somebody_typed_into_the_table_is_no_picture(visitor, name):
    with database.connection_context():
        User.update(image_name=name).where(User.id == 2).execute()
    assert visitor.get("/api/users/2").json["image"] is None
    assert visitor.get("/users/2").html.select_one("main svg.portrait").text == "NT"


def test_a_picture_that_changes_is_a_new_version_of_its_person(member):
    seen = member.get("/api/users/2").headers["ETag"]
    member.put(IMAGE, png(), headers={"If-Match": seen})
    assert member.get("/api/users/2").headers["ETag"].partition("-")[0] != seen.partition("-")[0]
    member.put(IMAGE, png(), headers={"If-Match": seen}, status=412)
