"""The public pages as files, from PostgreSQL: one moment, in one transaction."""

import json
import os
from pathlib import Path

import psycopg
import pytest

from config import settings_from_environment
from freezing.making import Wishes, make_files
from freezing.moment import site_of_one_moment
from models.group import Group
from models.post import Post
from models.shared.database import bind_database, database
from models.shared.migrating import drop_tables
from seed import __main__ as seed
from tests.freezing.links import broken
from tests.typed import typed

URL = os.environ["TEST_DATABASE_URL"]


@pytest.fixture(autouse=True)
def _site(monkeypatch, tmp_path):
    """The sample rows on the server."""
    monkeypatch.setenv("SAMPLE_DATA", "locked")
    monkeypatch.setenv("VOLUMES", str(tmp_path / "server"))
    monkeypatch.setenv("DATABASE_URL", URL)
    bind_database(Path(), URL)
    with database.connection_context():
        drop_tables()
    seed.main(["--yes"])
    yield
    database.close_all()


def write(function):
    bind_database(Path(), URL)
    with database.connection_context():
        function()
    database.close_all()


def test_each_page_leads_to_files_and_the_texts_are_in_order(tmp_path, capsys):
    def many_posts():
        for number in range(45):
            Post.create(user=2, note=f"Note {number}")
        Post.create(user=2, note="For the group alone", group=Group.create(name="Owls"))

    write(many_posts)
    out = tmp_path / "out"
    done = typed(capsys, "freeze", out)
    assert (done.code, done.err) == (0, "")
    bad, seen = broken(out)
    assert not bad
    assert {"/users/2/page/3/", "/posts/by/created/page/2/", "/users/by/-name/", "/users/chart/by/dob/"} <= seen
    assert b"For the group alone" not in b"".join(each.read_bytes() for each in out.rglob("*") if each.is_file())
    assert "0 new or changed, 0 gone" in typed(capsys, "freeze", out).out


def test_what_others_write_meanwhile_is_in_no_file(capsys):
    files, wishes = {}, Wishes("", "", "/", "http://localhost")

    def keep(name, content):
        if not files:
            with psycopg.connect(URL) as other:
                other.execute("insert into posts (note, \"userID\", created) values ('Meanwhile', 2, now())")
                other.execute("delete from users where _uid = 'fred'")
        files[name] = content

    with site_of_one_moment(settings_from_environment(own_server=True)) as site:
        make_files(site, wishes, keep, lambda *_: None)
    assert b"Meanwhile" not in b"".join(files.values())
    assert json.loads(files["api/users/10.json"])["name"] == "Fred Flintstone"
    assert b"Fred Flintstone" in files["users/index.html"]
    write(lambda: Post.get(note="Meanwhile"))
