"""What would take too long, too much room, or reach what is not to be reached."""

import errno
import hashlib
import os
import shutil
import sqlite3

import pytest

from lab.sql import ending, running
from lab.sql import reading_copy as copies_of_database
from lab.sql.limits import MOST_LETTERS_OF_SQL
from lab.sql.running import run_all_sql, run_sql
from tests.lab.sql import fuzz

ENDLESS = "WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a {}) SELECT {} FROM a"
STOPPED, TOO_LARGE, ONLY_HERE = "so it was stopped", "more than 16 MiB", "That is not done here: "
REASONS = {
    "SELECT length(zeroblob(1000000000))": TOO_LARGE,
    "SELECT hex(zeroblob(15000000))": TOO_LARGE,
    "SELECT * FROM users WHERE _name REGEXP '(a+)+$'": "LIKE 'a%'",
    f"SELECT {'(' * 5000}1{')' * 5000}": "parser stack overflow",
    f"SELECT 1{',1' * 40_000}": "too many columns",
    f"SELECT '{',' * 1_000_000}'": "at most 100,000 letters",
    "SELECT load_extension('x')": f"{ONLY_HERE}load_extension",
    "SELECT readfile('/etc/passwd')": "no such function: readfile",
    "PRAGMA database_list": "It would say where the file is.",
    "SELECT file FROM pragma_database_list": f"{ONLY_HERE}database_list",
    "ATTACH '/tmp/x.db' AS x": "ATTACH would open another file.",
    "DETACH main": "here is this database only",
    "VACUUM INTO '/tmp/x.db'": "VACUUM changes no row",
    "PRAGMA writable_schema = 1": "break the file",
    "PRAGMA main.writable_schema = 1": "break the file",
    "PRAGMA journal_mode = wal": "It would change how the database works",
    "EXPLAIN PRAGMA writable_schema = 1": "EXPLAIN does not explain a PRAGMA, but does it.",
    "UPDATE sqlite_master SET sql = 'x'": "may not be modified",
    "CREATE VIRTUAL TABLE t USING csv(filename='/etc/passwd')": "SQLite says|That is not done here",
    "SELECT 'half": "unrecognized token",
    "SELECT 1\0": "There is a NUL in it",
    "SELECT '\ud800'": "half of a letter",
    "": "There is no statement in it.",
    "-- nothing\n;;": "There is no statement in it.",
    "SELECT 1;" * 60: "at most 50 are run at once",
    "SELECT ?": "write the value itself",
}


def test_it_is_refused_with_a_reason(here):
    for sql, reasons in REASONS.items():
        answer = here.post_json("/lab/sql", {"sql": sql}, headers={"Accept": "application/json"}, status=422)
        assert answer.content_type == "application/problem+json"
        assert any(reason in answer.json["detail"] for reason in reasons.split("|")), sql[:60]


@pytest.mark.parametrize(
    "sql",
    [
        ENDLESS.format("", "count(*)"),
        f"{ENDLESS.format('LIMIT 10000', 'count(*)')}, a AS b, a AS c",
        "SELECT instr(printf('%.*c', 8000000, 'a'), printf('%.*c', 4000000, 'a') || 'b')",  # one function
    ],
)
def test_what_takes_too_long_is_stopped(here, sql, monkeypatch):
    monkeypatch.setattr(ending, "SECONDS_TO_STOP", 0.1)
    resource = pytest.importorskip("resource")  # Windows has none
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert STOPPED in run_all_sql([(sql, [])], seconds=0.05)["problem"]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime < before + 5  # long before the system itself ends it


def test_what_takes_too_much_memory_is_stopped(here):
    large = "SELECT CAST(zeroblob(9000000) AS TEXT) || posts.id || users.id AS x FROM posts, users"
    many = f"SELECT count(*) FROM (SELECT DISTINCT x FROM ({large}))"
    assert "more memory than the 384 MiB" in run_all_sql([(many, [])], seconds=60)["problem"]


def test_a_copy_does_not_grow_without_end(here, monkeypatch, copies):
    many = "CREATE TABLE big AS SELECT randomblob(1000000) AS x FROM posts, users"
    assert "more than a copy may grow by" in run_all_sql([(many, [])], seconds=60)["problem"]


def test_rows_and_bytes_are_cut_and_that_is_said(here):
    (answer,) = run_sql(ENDLESS.format("LIMIT 5000", "x"))["statements"]
    assert (len(answer["rows"]), answer["cut"]) == (1000, "Only the first 1,000 rows are shown.")
    (answer,) = run_sql(ENDLESS.format("LIMIT 100", "printf('%.*c', 90000, 'x')"))["statements"]
    assert len(answer["rows"]) == 23
    assert answer["cut"] == "Only the first 23 rows are shown: they are 2 MiB."


def test_names_with_quotes_and_all_kinds_of_values_are_shown_as_they_are(here):
    sql = """SELECT 1 AS "a""b", 'it''s; -- no end' AS [c d], x'00ff', NULL, 1e999, '<b>&' AS `e`"""
    (answer,) = run_sql(sql)["statements"]
    assert answer["columns"][:2] == ['a"b', "c d"]
    assert answer["rows"] == [[1, "it's; -- no end", "<2 bytes>", None, "inf", "<b>&"]]
    assert "&lt;b&gt;&amp;" in here.post("/lab/sql", {"sql": sql})


def test_a_process_that_is_ended_from_outside_is_told(here, monkeypatch):
    monkeypatch.setattr(ending.sys, "executable", "/bin/false")
    assert run_sql("SELECT 1")["problem"].startswith("It ended without a result")


def test_more_than_two_at_once_wait_and_are_told(here, monkeypatch):
    monkeypatch.setattr(running, "SECONDS_IN_LINE", 0.01)
    with running.places, running.places:
        here.post("/lab/sql", {"sql": "SELECT 1"}, status=503)
    here.post("/lab/sql", {"sql": "SELECT 1"})


@pytest.mark.parametrize("sql", ["SELECT 1", "DELETE FROM jokes"])
def test_a_full_disk_is_told_and_nothing_is_left(here, copies, monkeypatch, sql):
    monkeypatch.setattr(copies_of_database, "has_room", lambda folder, size: False)
    answer = here.post("/lab/sql", {"sql": sql}, status=503)
    assert "The disk is full, so there is no room for a copy" in answer
    assert list(copies.iterdir()) == []


def test_a_disk_that_gets_full_within_the_copy_is_told_and_nothing_is_left(here, copies, monkeypatch):
    def full(path, blanked, secrets_of):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(copies_of_database, "blank_copy", full)
    assert "no room for a copy" in run_sql("SELECT 1")["problem"]
    assert list(copies.iterdir()) == []


def test_no_place_at_all_is_told(here, monkeypatch):
    def no_place():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(copies_of_database, "sql_folder", no_place)
    assert run_sql("SELECT 1")["problem"] == "There is no place for the copy: No space left on device."


def test_a_text_that_is_too_long_meets_no_process(here, monkeypatch):
    monkeypatch.setattr(running, "in_place", None)
    assert "too long" in run_sql("x" * (MOST_LETTERS_OF_SQL + 1))["problem"]


def test_statements_that_nobody_would_think_of_change_nothing_and_show_no_secret(tmp_path):
    """`python -m tests.lab.sql.fuzz 5000` runs more of them."""
    live, copy = fuzz.with_secrets(tmp_path / "volumes"), tmp_path / "copy.db"
    shutil.copy(live, tmp_path / "secrets.db")
    parts = fuzz.secrets_in(live)
    assert fuzz.seen_in(fuzz.run_them(tmp_path / "secrets.db", 60)[0], parts)  # it would see one
    fuzz.blank_copy(tmp_path / "secrets.db", copy, fuzz.secrets_of_site)
    before = [hashlib.sha256(file.read_bytes()).digest() for file in (live, copy)]
    said, done, refused = fuzz.run_them(copy, 120)
    assert fuzz.seen_in(said, parts) == []
    assert [hashlib.sha256(file.read_bytes()).digest() for file in (live, copy)] == before
    assert min(done, refused) > 10
    assert not [part for part in parts if part.encode() in copy.read_bytes()]
