"""Pictures of models of your own. Run by `tests/routes/test_resources.py`."""

from io import BytesIO

import pytest
from models.library import Cover, Medal
from openapi_spec_validator import OpenAPIV31SpecValidator
from PIL import Image
from webtest import Upload

from commands.sweep import sweep
from models.shared.database import database
from models.shared.picture_rows import all_files
from models.shared.storage import storage
from tests.drawn import gif, png
from tests.forgotten import forget_history

BEARER = {"content_type": "application/octet-stream"}


def files():
    """Of all rows as they are now, and of the folder: they are the same once no history names those of before."""
    forget_history()
    with database.connection_context():
        kept = sorted(all_files())
    assert list(storage.names()) == kept
    return kept


@pytest.fixture
def before(member):
    """How many files there are of the sample posts."""
    return len(files())


@pytest.fixture
def cover(member, before):
    """A cover of user 2, with a picture that they have chosen in the form."""
    form = member.get("/covers/new").forms["new"]
    form["name"], form["front"] = "Dune", Upload("dune.png", png(), "image/png")
    page = form.submit(status=303).follow()
    return member.get("/api/covers/1").json | {"page": page}


def test_a_form_takes_a_picture_and_the_row_shows_it(member, cover):
    front = cover["front"]
    assert set(front) == {"url", "thumb", "width", "height", "type", "bytes"}
    assert Image.open(BytesIO(member.get(front["url"]).body)).size == (front["width"], front["height"])
    image = cover["page"].html.main.find("img")
    assert (image["src"], image["alt"]) == (front["thumb"], "Front of Dune")
    assert cover["page"].html.find("a", class_="picture")["href"] == front["url"]
    assert member.get("/covers").html.main.find("img")["src"] == front["thumb"]
    assert "front_name" not in cover


def test_what_a_picture_is_made_of_is_no_field(member, cover):
    for name in ("front_name", "front_width", "front_height", "front_bytes"):
        assert member.patch_json("/api/covers/1", {name: 1}, status=422).json["problems"] == {name: "is not a field"}
    assert "Front name" not in member.get("/covers/new")


def test_a_bad_picture_is_refused_beside_its_field_and_nothing_is_kept(member, before):
    form = member.get("/covers/new").forms["new"]
    form["name"], form["front"] = "Dune", Upload("dune.png", b"no picture", "image/png")
    answer = form.submit(status=422)
    assert answer.html.select_one("#front-problem").text == "Front must be a .jpg, .png or .gif picture that is whole"
    assert len(files()) == before


def test_another_picture_takes_the_place_of_the_old_one(member, cover, before):
    form = member.get("/covers/1/edit").forms["edit"]
    form["front"] = Upload("other.gif", gif(), "image/gif")
    form.submit(status=303)
    assert member.get("/api/covers/1").json["front"]["type"] == "image/gif"
    member.get(cover["front"]["url"], status=404)
    assert len(files()) == before + 2


def test_a_form_without_a_new_picture_keeps_the_old_one_and_a_box_removes_it(member, cover, before):
    form = member.get("/covers/1/edit").forms["edit"]
    form["name"] = "Dune Messiah"
    form.submit(status=303)
    assert member.get("/api/covers/1").json["front"] == cover["front"]
    form = member.get("/covers/1/edit").forms["edit"]
    form["remove-front"] = True
    form.submit(status=303)
    assert member.get("/api/covers/1").json["front"] is None
    assert len(files()) == before


def test_a_program_puts_and_deletes_it(member, other, visitor, before):
    cover = member.post("/api/covers", {"name": "Emma"}, upload_files=[("front", "e.png", png())], status=201).json
    assert cover["front"]["type"] == "image/png"
    assert member.put("/api/covers/1/front", gif(), status=200, **BEARER).json["front"]["type"] == "image/gif"
    assert member.put("/api/covers/1/front", b"x", status=422, **BEARER).json["problems"].keys() == {"front"}
    for browser, status in ((visitor, 401), (other, 403), (member, 204), (member, 404)):
        browser.delete("/api/covers/1/front", status=status)
    other.put("/api/covers/1/front", gif(), status=403, **BEARER)
    assert len(files()) == before
    assert member.post_json("/api/covers", {"name": "Faust"}, status=201).json["front"] is None


def test_a_picture_goes_with_its_row_and_with_what_takes_it_along(member, cover, before):
    medal = member.post("/api/medals", {"name": "Gold"}, upload_files=[("back", "b.png", png())], status=201).json
    member.patch_json("/api/covers/1", {"medal": medal["id"]}, status=200)
    assert len(files()) == before + 4
    member.delete("/api/medals/1", status=204)
    assert len(files()) == before
    member.post("/api/medals", {"name": "Gold"}, upload_files=[("back", "b.png", png())], status=201)
    member.delete("/api/users/2", status=204)
    files()


def test_whoever_may_not_read_a_row_does_not_see_its_picture(visitor, member, other, admin):
    medal = member.post("/api/medals", {"name": "Gold"}, upload_files=[("back", "b.png", png())], status=201).json
    url = medal["back"]["url"]
    for browser, status in ((visitor, 303), (other, 404), (member, 200), (admin, 200)):
        answer = browser.get(url, status=status)
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_who_reads_a_row_sees_its_picture(visit, visitor, cover):
    assert "immutable" in visitor.get(cover["front"]["url"], status=200).headers["Cache-Control"]
    visit(directory="members").get(cover["front"]["url"], status=303)


def test_what_is_left_behind_is_swept(member, cover):
    storage.delete(cover["front"]["url"].rpartition("/")[2])
    with database.connection_context():
        assert list(sweep(delete=True)) == ["covers 1: the front is missing"]
        row = Cover.get()
        assert (row.front, row.front_name, row.name) == (None, None, "Dune")


def test_the_description_is_valid_and_knows_pictures(member, cover):
    api = member.get("/api/openapi.json").json
    OpenAPIV31SpecValidator(api).validate()
    assert api["components"]["schemas"]["Cover"]["properties"]["front"]["required"]
    assert {"put", "delete"} <= api["paths"]["/api/covers/{id}/front"].keys()
    assert "multipart/form-data" in api["paths"]["/api/covers"]["post"]["requestBody"]["content"]


def test_the_columns_follow_the_class_in_its_order():
    assert list(Medal.shows) == ["id", "owner", "front", "name", "back"]
    assert list(Medal.open_fields()) == ["front", "name", "back"]
    assert "front_name" not in (*Medal.sorts, *Medal.filters, *Medal.searched)
