"""`python -m models restore`: rows and pictures as they were."""

import json
import resource
import shutil
import sqlite3
import threading
import urllib.request
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from models.post import Post
from models.receipt import Receipt
from models.session import Session
from models.shared import migrating
from models.shared.backup.at_work import alone_at_work
from models.shared.database import bind_database, database
from models.user import User
from tests.commands.conftest import manifest_of
from tests.server import free_port, server

TABLES = ("users", "posts", "jokes")


def rows(path, *tables):
    with closing(sqlite3.connect(path)) as program:
        return [program.execute(f"select * from {table} order by id").fetchall() for table in tables or TABLES]


def pictures(place):
    return {file.name: file.read_bytes() for file in (place / "uploads").iterdir()}


@pytest.fixture
def changed(place, made):
    """After the backup rows are deleted and added. It gives what there was, and what there is."""
    before = rows(place / "sqlite.db"), pictures(place)
    bind_database(place / "sqlite.db")
    with database.connection_context():
        User.get(uid="niko").delete()
        for post in Post.select().where(Post.image_name.is_null(False)):
            post.delete()
        User.create(name="Ada Lovelace", uid="ada")
    database.close_all()
    return before, (rows(place / "sqlite.db"), pictures(place))


def test_rows_and_pictures_are_as_they_were(run, place, made, changed):
    before, _after = changed
    answer = run("restore", made)
    assert answer.out.startswith(f"Restored {made} of ")
    assert "7 jokes, 19 posts, 10 users; 8 files of pictures" in answer.out
    assert "Admins: toby." in answer.out
    assert (rows(place / "sqlite.db"), pictures(place)) == before


def test_what_was_there_is_set_aside_and_the_line_brings_it_back(run, place, made, changed):
    _before, after = changed
    line = run("restore", made).out.splitlines()[-1]
    assert run(*line.split()[3:]).code == 0
    assert rows(place / "sqlite.db") == after[0]
    assert pictures(place).items() >= after[1].items()


def test_numbers_that_were_given_are_not_given_again(run, place, made, changed):
    with closing(sqlite3.connect(place / "sqlite.db")) as program:
        (highest,) = program.execute("select seq from sqlite_sequence where name = 'users'").fetchone()
    run("restore", made)
    with closing(sqlite3.connect(place / "sqlite.db")) as program:
        assert program.execute("select seq from sqlite_sequence where name = 'users'").fetchone() == (highest,)
    assert highest > 10


def test_no_login_and_no_one_time_key_of_the_backup_is_good(run, place, tmp_path):
    bind_database(place / "sqlite.db")
    with database.connection_context():
        Session.start(User.get(uid="toby"), "script", "A script")
        Receipt.keep("key", "1", content="0" * 64, status=303, body="")
    database.close_all()
    run("backup", tmp_path / "x.zip")
    run("restore", tmp_path / "x.zip")
    assert rows(place / "sqlite.db", "sessions", "receipts", "attempts", "drafts") == [[], [], [], []]
    assert "All logins have ended." in run("restore", tmp_path / "x.zip").out


def test_an_empty_place_gets_all_of_it(run, place, made, tmp_path, monkeypatch):
    monkeypatch.setenv("VOLUMES", str(tmp_path / "new"))
    assert run("restore", made).code == 0
    assert (rows(tmp_path / "new" / "sqlite.db"), pictures(tmp_path / "new")) == (
        rows(place / "sqlite.db"),
        pictures(place),
    )


def test_another_database_may_be_named(run, place, made, tmp_path):
    assert run("restore", made, "--to", f"sqlite:///{tmp_path}/other.db").code == 0
    assert rows(tmp_path / "other.db") == rows(place / "sqlite.db")
    assert "DATABASE_URL must be of PostgreSQL or SQLite" in run("restore", made, "--to", "mysql://x").err


def test_a_rehearsal_changes_nothing(run, place, made, changed):
    _before, after = changed
    assert "can be restored: 7 jokes, 19 posts, 10 users; 8 files of pictures" in run("restore", "--check", made).out
    assert (rows(place / "sqlite.db"), pictures(place)) == after
    assert [file.name for file in (place / "backups").iterdir()] == [".lock"]


def test_a_database_that_cannot_be_read_gives_place(run, place, made):
    before = rows(place / "sqlite.db")
    (place / "sqlite.db").write_bytes(b"not a database " * 1000)
    answer = run("restore", made)
    assert answer.out.startswith("The database could not be read: it is in ")
    assert rows(place / "sqlite.db") == before
    (damaged,) = (place / "backups").glob("damaged-*/sqlite.db")
    assert damaged.read_bytes().startswith(b"not a database")


def test_a_backup_of_a_newer_program_is_refused(run, place, with_database):
    before = rows(place / "sqlite.db")
    file = with_database("insert into schema_migration (name, applied) values ('9999_later', '')")
    answer = run("restore", file)
    assert (answer.code, answer.out) == (2, "")
    assert "was changed by a newer version of this program (9999_later)" in answer.err
    assert rows(place / "sqlite.db") == before


@pytest.fixture
def old_database(tmp_path, monkeypatch):
    """As the program made it when it had six migrations, with a user and a post."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in sorted(migrating.MIGRATIONS.glob("000[1-6]*.py")):
        shutil.copy(file, folder)
    with monkeypatch.context() as old:
        old.setattr(migrating, "MIGRATIONS", folder)
        bind_database(tmp_path / "old.db", readable_alone=True)
        with database.connection_context():
            migrating.runner().up()
            database.execute_sql("insert into users (_name, _uid, _role) values ('Ada', 'ada', 'admin')")
            database.execute_sql("insert into posts (note, created, userID) values ('Hello', '2026-01-01', 1)")
        database.close_all()
    return tmp_path / "old.db"


def test_a_backup_of_an_older_program_gets_the_tables_of_today(run, place, with_database, old_database):
    answer = run("restore", with_database(content=old_database.read_bytes()))
    assert "1 posts, 1 users" in answer.out
    assert "Admins: ada." in answer.out
    with closing(sqlite3.connect(place / "sqlite.db")) as program:
        assert program.execute("select _uid, _pfp from users").fetchall() == [("ada", None)]
        assert program.execute("select note from posts").fetchall() == [("Hello",)]
    assert run("admin", "ada").code == 0


def test_of_two_at_once_the_second_is_told(run, place, made):
    with alone_at_work(place / "backups"):
        assert "Another backup or restore is under way" in run("restore", made).err


@pytest.fixture
def with_database(another, tmp_path):
    """Call it with SQL for a backup in which that has been done, as its manifest says."""

    def make(*statements, content=None):
        counts, is_whole = {}, content is None

        def change(name, old):
            path = tmp_path / "changed.db"
            if name.startswith("uploads/"):
                return old if is_whole else None
            if name == "database.sqlite":
                path.write_bytes(old if is_whole else content)
                with closing(sqlite3.connect(path, isolation_level=None)) as program:
                    for statement in statements:
                        program.execute(statement)
                    tables = "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"
                    for (table,) in program.execute(tables).fetchall():
                        if not table.startswith("folded"):
                            (counts[table],) = program.execute(f"select count(*) from {table}").fetchone()
                return path.read_bytes()
            manifest, new = json.loads(old), path.read_bytes()
            files = manifest["files"] if is_whole else {}
            files["database.sqlite"] = [len(new), sha256(new).hexdigest()]
            return json.dumps(manifest | {"tables": counts, "files": files})

        return another(change)

    return make


@pytest.mark.parametrize("command", ["restore", "load"])
@pytest.mark.parametrize("limit", [1000, 30_000, 120_000, 200_000])
def test_a_full_disk_is_told_and_changes_nothing(run, place, made, command, limit):
    file = made.with_name("saved.zip") if command == "load" else made
    if command == "load":
        run("save", file)
    before = rows(place / "sqlite.db"), pictures(place)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        answer = run(command, file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert answer.code == 2
    assert answer.err
    assert (rows(place / "sqlite.db"), pictures(place)) == before
    assert run(command, file).code == 0


def test_who_reads_meanwhile_sees_the_old_rows_or_the_new_ones(run, place, made, changed, tmp_path):
    port, seen, stop = free_port(), [], threading.Event()

    def read():
        while not stop.is_set():
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/users?limit=100", timeout=10) as answer:
                said = json.load(answer)
            seen.append((said["total"], len(said["users"]), "ada" in {user["uid"] for user in said["users"]}))

    with server(tmp_path, port):
        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        assert run("restore", made).code == 0
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/users/2", timeout=10) as answer:
            assert json.load(answer)["uid"] == "niko"
        stop.set()
        for reader in readers:
            reader.join()
    assert set(seen) <= {(10, 10, True), (10, 10, False)}
    assert seen[0] == (10, 10, True)


# What is no backup, or is one no more.


@pytest.mark.parametrize("part", range(20))
def test_one_that_was_cut_anywhere_is_refused_by_name(run, place, made, part):
    before = rows(place / "sqlite.db"), pictures(place)
    content = made.read_bytes()
    made.write_bytes(content[: len(content) * part // 20])
    answer = run("restore", made)
    assert answer.code == 2
    assert "made.zip is damaged or cut" in answer.err
    assert (rows(place / "sqlite.db"), pictures(place)) == before


def test_one_in_which_a_byte_is_another_is_refused(run, made):
    content = bytearray(made.read_bytes())
    content[len(content) // 3] ^= 1
    made.write_bytes(content)
    assert "made.zip is damaged" in run("restore", made).err


def with_manifest(another, change):
    """A backup whose files are as they were, and whose manifest is changed."""

    def changed_content(name, content):
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        change(manifest)
        return json.dumps(manifest)

    return another(changed_content)


def test_digests_are_looked_at(run, another):
    file = with_manifest(another, lambda manifest: manifest["files"]["database.sqlite"].__setitem__(1, "0" * 64))
    assert "database.sqlite is not what was put into it" in run("restore", file).err


def test_counts_are_looked_at(run, another):
    file = with_manifest(another, lambda manifest: manifest["tables"].update(users=11))
    assert "other rows of users than its manifest says" in run("restore", file).err


@pytest.mark.parametrize(
    "name", ["../../evil.py", "/tmp/evil.py", "uploads/../../evil.png", "uploads\\..\\evil.png", "x"]
)
def test_a_name_that_leads_out_is_refused(run, another, tmp_path, name):
    file = another(lambda _name, content: content, more=[(name, "evil")])
    answer = run("restore", file)
    assert answer.code == 2
    assert "is not as its manifest says" in answer.err

    def say(manifest):
        manifest["files"][name] = [4, sha256(b"evil").hexdigest()]

    assert "its manifest cannot be read" in run("restore", with_manifest(another, say)).err
    assert not list(tmp_path.rglob("evil*"))


def test_what_unfolds_to_more_than_it_says_is_refused(run, another, made):
    """A hundred megabytes of nothing, in a hundred kilobytes."""
    size = manifest_of(made)["files"]["database.sqlite"][0]
    file = another(lambda name, content: None if name == "database.sqlite" else content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("database.sqlite", bytes(100 * 1024 * 1024))
    content = bytearray(file.read_bytes())
    for start in (content.rfind(b"database.sqlite") - 46,):
        content[start + 24 : start + 28] = size.to_bytes(4, "little")
    file.write_bytes(content)
    assert "another.zip is damaged" in run("restore", file).err


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"program": "another"}', "[" * 100_000, '{"program": 1e999}']
)
def test_a_manifest_that_is_none_is_refused(run, another, text):
    file = another(lambda name, content: text if name == "manifest.json" else content)
    answer = run("restore", file)
    assert (answer.code, answer.out) == (2, "")
    assert "another.zip is " in answer.err


def test_the_database_of_another_program_is_refused(run, with_database):
    answer = run("restore", with_database("drop table schema_migration"))
    assert "another.zip cannot be brought back: The database has a table" in answer.err
    assert "that this program did not make" in answer.err


def test_words_that_would_play_with_a_terminal_are_refused(run, another):
    file = with_manifest(another, lambda manifest: manifest["tables"].update({"x\x1b[2J\nRestored": 1}))
    assert "its manifest cannot be read" in run("restore", file).err


def test_a_backup_from_before_a_change_of_a_table_says_what_would_help(run, place, with_database):
    file = with_database(
        *(f"drop trigger {name}" for name in triggers_of(place, "jokes")),
        "drop index jokes_joke",
        "alter table jokes drop column joke",
    )
    answer = run("restore", file)
    assert answer.code == 2
    assert "put the class back as it was, restore, and then change the class and its table again" in answer.err
    assert "python -m models change" not in answer.err
    with closing(sqlite3.connect(place / "sqlite.db")) as program, program:
        program.execute("update jokes set joke = 'Knock' where id = 1")
    time = datetime.now(UTC).isoformat()
    assert "is from before a table was changed" in run("restore", file, "--at", time).err


def triggers_of(place, table):
    with closing(sqlite3.connect(place / "sqlite.db")) as program:
        sql = "select name from sqlite_master where type = 'trigger' and tbl_name = ?"
        return [name for (name,) in program.execute(sql, (table,))]


@pytest.mark.parametrize("file", ["sqlite.db", "nowhere.zip", "uploads"])
def test_what_is_no_backup_is_refused_by_name(run, place, file):
    answer = run("restore", place / file)
    assert answer.code == 2
    assert file in answer.err
