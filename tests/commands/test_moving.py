"""`python -m models save` and `load`: the same rows in another place, whatever the engine is."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256

import pytest

from models.session import Session
from models.shared.database import bind_database, database
from models.user import User

ODD = ["", "a\x00b", 'quotes " and \\ and \n lines', "\u2028 \U0001f600 e\u0301", "1e5"]

POST = "note, created, userID"


def everything(place):
    """Each value of each row with its type, and the numbers that were given last."""
    with closing(sqlite3.connect(place / "sqlite.db")) as program:
        tables = "select name from sqlite_master where type = 'table' and name not like 'folded%' order by name"
        found = {}
        for (table,) in program.execute(tables).fetchall():
            columns = [row[1] for row in program.execute(f"pragma table_info({table})")]
            typed = ", ".join(f'quote("{column}")' for column in columns)
            found[table] = program.execute(f"select {typed} from {table} order by rowid").fetchall()
        found["sqlite_sequence"] = sorted(row for row in found["sqlite_sequence"] if "folded" not in row[0])
        found.pop("schema_migration")
        return found


def pictures(place):
    return {file.name: file.read_bytes() for file in (place / "uploads").iterdir()}


@pytest.fixture
def full(place):
    """Rows that were changed and deleted, a login, and texts that nobody would think of."""
    bind_database(place / "sqlite.db")
    with database.connection_context():
        User.create(name="Ada Lovelace", uid="ada").delete()
        User.get(uid="niko").update(password="correct horse", dob="0001-01-01")
        Session.start(User.get(uid="niko"), "script", "A script")
    database.close_all()
    with closing(sqlite3.connect(place / "sqlite.db")) as program, program:
        for text in ODD:
            program.execute(f"insert into posts ({POST}) values (?, '2026-01-01 00:00:00.123456', 2)", (text,))
        program.execute(f"insert into posts ({POST}) values (x'00ff', '2026-01-01', 3)")
        program.execute("update jokes set haha = 9223372036854775807 where id = 2")
    return place


@pytest.mark.parametrize("name", ["saved", "saved.zip"])
def test_another_place_gets_the_same_rows_byte_for_byte(run, full, tmp_path, monkeypatch, name):
    assert "25 posts, 10 users; 8 files of pictures" in run("save", tmp_path / name).out
    before = everything(full)
    monkeypatch.setenv("VOLUMES", str(tmp_path / "new"))
    assert run("load", tmp_path / name).out.startswith(f"Loaded {tmp_path / name} into ")
    assert everything(tmp_path / "new") == before
    uploads = [pictures(each) for each in (full, tmp_path / "new")]
    assert uploads[0] == uploads[1]


def test_what_is_saved_twice_is_the_same(run, full, tmp_path):
    run("save", tmp_path / "one")
    run("save", tmp_path / "two")
    folders = [tmp_path / name / "rows" for name in ("one", "two")]
    one, two = [{file.name: file.read_bytes() for file in folder.iterdir()} for folder in folders]
    assert one == two
    assert (tmp_path / "one" / "rows" / "users.jsonl").read_text().splitlines()[4].startswith('{"_dob":"1906-12-09"')


def test_what_was_there_is_set_aside(run, full, tmp_path):
    run("save", tmp_path / "saved")
    bind_database(full / "sqlite.db")
    with database.connection_context():
        User.create(name="Ada Lovelace", uid="ada")
    database.close_all()
    before = everything(full)
    line = run("load", tmp_path / "saved").out.splitlines()[-1]
    assert everything(full)["users"] != before["users"]
    assert run(*line.split()[3:]).code == 0
    assert everything(full)["users"] == before["users"]


def test_logins_move_along(run, full, tmp_path):
    run("save", tmp_path / "saved")
    run("load", tmp_path / "saved")
    assert len(everything(full)["sessions"]) == 1


def test_the_search_finds_what_was_loaded(run, full, tmp_path, monkeypatch, visit):
    run("save", tmp_path / "saved")
    monkeypatch.setenv("VOLUMES", str(tmp_path / "new"))
    run("load", tmp_path / "saved")
    here = visit(volumes=tmp_path / "new")
    assert [user["uid"] for user in here.get("/api/users?search=HEDY").json["users"]] == ["hedy", "heddy"]


@pytest.fixture
def saved(run, place, tmp_path):
    """Call it to change the lines of users; the manifest says what is there then."""
    run("save", tmp_path / "saved")

    def change(edit, **said):
        file, manifest = tmp_path / "saved" / "rows" / "users.jsonl", tmp_path / "saved" / "manifest.json"
        content = edit(file.read_bytes())
        file.write_bytes(content)
        says = json.loads(manifest.read_text())
        says["files"]["rows/users.jsonl"] = [len(content), sha256(content).hexdigest()]
        manifest.write_text(json.dumps(says | said))
        return tmp_path / "saved"

    return change


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b"\n", b"\n[]\n", "rows/users.jsonl, line 2 is no row"),
        (b'{"_dob"', b'{"_dob', "rows/users.jsonl, line 1 is no row"),
        (b'"_role"', b'"_rank"', "rows/users.jsonl: Line 1 has other columns than this program: _rank"),
        (b'"id":2', b'"id":1', "rows/users.jsonl does not fit into its table: UNIQUE constraint failed: users.id"),
        (b'"niko"', b"null", "rows/users.jsonl does not fit into its table: NOT NULL constraint failed: users._uid"),
        (b'"niko"', b"[1]", "rows/users.jsonl: Line 2 has a value that none of ours is"),
        (b'"niko"', b'{"base64":1}', "rows/users.jsonl: Line 2 has a value that none of ours is"),
        (b'"id":2', b'"id":99999999999999999999', "rows/users.jsonl does not fit into its table"),
        (b'"id":10}\n', b'"id":10}', "rows/users.jsonl ends within a line"),
    ],
)
def test_lines_that_do_not_fit_are_refused_with_their_number(run, saved, old, new, says):
    answer = run("load", saved(lambda content: content.replace(old, new, 1)))
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_what_is_refused_changes_nothing(run, place, saved):
    before = everything(place)
    assert run("load", saved(lambda _content: b"{}\n")).code == 2
    assert everything(place) == before


def test_other_counts_and_other_digests_are_refused(run, saved, tmp_path):
    folder = saved(lambda content: content[: content.rindex(b"\n", 0, -1) + 1])
    assert "other rows of users than its manifest says" in run("load", folder).err
    (tmp_path / "saved" / "rows" / "posts.jsonl").write_text("")
    assert "'rows/posts.jsonl' is not as its manifest says" in run("load", folder).err


def test_a_folder_that_is_there_is_not_written_into(run, tmp_path):
    (tmp_path / "there").mkdir()
    assert "is there already" in run("save", tmp_path / "there").err


def test_a_table_of_ones_own_is_saved_whatever_it_is_called(house, tmp_path):
    (house.models / "folded_paper.py").write_text(
        "from peewee import CharField\n\nfrom models import Resource\n\n\n"
        "class FoldedPaper(Resource):\n    name = CharField(max_length=20)\n\n\n"
        'def init_folded_papers():\n    FoldedPaper.create(name="Crane")\n'
    )
    assert house("-c", "from app import create_app; create_app()")[0] == 0
    assert house("-m", "models", "save", str(tmp_path / "saved"))[0] == 0
    assert '"name":"Crane"' in (tmp_path / "saved" / "rows" / "folded_papers.jsonl").read_text()
