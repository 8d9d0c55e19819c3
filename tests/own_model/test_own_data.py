"""Rows of one's own models in the file of one's own data."""

import io
import json
import zipfile

from models.branch import Branch, Cut
from models.planet import Planet

from models.shared.database import database


def rows_in_file(browser):
    archive = zipfile.ZipFile(io.BytesIO(browser.get("/account/export").body))
    names = [name for name in archive.namelist() if name.startswith("rows/")]
    return {name[5:-5]: json.loads(archive.read(name)) for name in names}


def test_rows_that_are_theirs_are_in_it_and_those_of_others_that_they_may_read_and_that_name_them(member):
    with database.connection_context():
        Cut.create(branch=1, owner=2, words="Mine")
        Cut.create(branch=1, owner=5, words="Not to be seen")
        Planet.create(owner=5, name="Vesta")
        named = [branch.name for branch in Branch.select() if 2 in (branch.author_id, branch.editor_id)]
    rows = rows_in_file(member)
    assert [row["name"] for row in rows["planets"]] == ["Mars", "Saturn"]
    assert [row["words"] for row in rows["delete"]] == ["Mine"]
    assert [row["name"] for row in rows["branches"]] == named


def test_what_cannot_be_read_is_there_as_it_is(member):
    with database.connection_context():
        database.execute_sql("update planets set moons = 'many' where name = 'Mars'")
    assert [row["moons"] for row in rows_in_file(member)["planets"]] == ["many", 274]


def test_what_was_done_to_a_row_that_names_them_is_for_its_owner(member, admin):
    admin.patch_json("/api/branches/1", {"name": "Stem"}, status=200)
    archive = zipfile.ZipFile(io.BytesIO(member.get("/account/export").body))
    assert [row for row in json.loads(archive.read("history.json")) if row["rows"] == "branches"] == []
