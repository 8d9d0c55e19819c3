"""Statements that nobody would think of, against the copy that is read.

`python -m tests.lab.sql.fuzz 5000` runs so many; the tests run some. None may change a byte of the copy or of the
database, and none may show a secret, whole or in part, as it is or in hexadecimal.
"""

import contextlib
import hashlib
import io
import json
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from app import create_app
from config import Settings
from lab.sql.blanks import blank_copy
from lab.sql.inside import NotRun, Run, opened_copy
from lab.sql.permissions import Permissions
from lab.sql.pieces import pieces_of
from lab.sql.secret_columns import secrets_of_site
from models.draft import Draft
from models.known_browser import KnownBrowser
from models.receipt import Receipt
from models.session import Session
from models.shared.database import database
from models.user import User

SHORTEST_PART = 12  # letters of a secret
SECONDS_EACH = 0.2
COLUMNS = {
    "users": "id _name _uid _password _dob _role".split(),
    "posts": "id note userID image".split(),
    "jokes": "id joke haha".split(),
    "sessions": "id digest user_id label".split(),
    "receipts": "id digest content body location".split(),
    "drafts": "id texts path known_browser_id".split(),
    "known_browsers": "id digest user_id".split(),
    "attempts": "id uid address".split(),
    "folded": "id place text".split(),
    "sqlite_master": "name sql".split(),
    "sqlite_sequence": "name seq".split(),
    "pragma_table_info('users')": "name".split(),
    "pragma_database_list": "file".split(),
    "dbstat": "name".split(),
    "sqlite_dbpage": "data".split(),
    "json_each('[1,2]')": "value".split(),
    "nowhere": "id".split(),
}
TABLES = list(COLUMNS)
WITH_ONE = (
    "upper lower hex quote length typeof unicode group_concat max min count json_quote json_group_array trim".split()
)
WITH_TWO = "instr replace printf nullif ifnull glob like substr group_concat max json_array".split()
STRANGE = (
    "load_extension readfile writefile fts3_tokenizer sqlite_compileoption_get zeroblob randomblob nth_value json char"
).split()
PRAGMAS = (
    "writable_schema database_list query_only journal_mode table_info integrity_check temp_store_directory mmap_size "
    "wal_checkpoint schema_version trusted_schema data_store_directory cell_size_check page_size function_list"
).split()


class Maker:
    """Makes statements, the same ones for the same number."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.one_of = self.random.choice
        self.columns = COLUMNS["users"]

    def statement(self):
        make = self.one_of([self.select] * 6 + [self.change, self.pragma, self.other, self.broken])
        return make()

    def expression(self, depth=0):
        kind = self.random.randrange(10 if depth < 3 else 3)
        deeper = lambda: self.expression(depth + 1)  # noqa: E731
        return [
            lambda: self.one_of(self.columns),
            lambda: f'"{self.one_of(self.columns)}"',
            lambda: self.one_of(["1", "'a'", "NULL", "x'00ff'", "1e400", "-9223372036854775808", "'scrypt:'"]),
            lambda: f"{self.one_of(WITH_ONE)}({deeper()})",
            lambda: f"{self.one_of(WITH_TWO)}({deeper()}, {deeper()})",
            lambda: f"({deeper()} {self.one_of(['=', '||', '<', '+', 'IS', 'LIKE', 'GLOB', 'AND'])} {deeper()})",
            lambda: f"CASE WHEN {deeper()} THEN {deeper()} ELSE {deeper()} END",
            lambda: f"({self.select(depth + 2)} LIMIT 1)",
            lambda: f"CAST({deeper()} AS {self.one_of(['TEXT', 'BLOB', 'INTEGER'])})",
            lambda: f"{self.one_of(STRANGE)}({deeper()})" if self.random.random() < 0.2 else deeper(),
        ][kind]()

    def select(self, depth=0):
        source = self.one_of(TABLES)
        before, self.columns = self.columns, COLUMNS[source]
        if self.random.random() < 0.3:
            source += f" {self.one_of(['JOIN', 'LEFT JOIN', 'NATURAL JOIN', ','])} {self.one_of(TABLES)}"
        elif self.random.random() < 0.2 and depth < 2:
            source = f"({self.select(depth + 1)})"
        what = self.one_of(["*", self.expression(depth + 1)] * (depth == 0) + [self.expression(depth + 1)])
        ends = ["", "", f" WHERE {self.expression(depth + 1)}", f" GROUP BY {self.one_of(self.columns)}"]
        end = self.one_of([*ends, " ORDER BY 1"])
        self.columns = before
        begin = self.one_of(["", "", "", "EXPLAIN ", "EXPLAIN QUERY PLAN "]) if depth == 0 else ""
        more = f" UNION ALL {self.select(1)}" if depth == 0 and self.random.random() < 0.1 else ""
        return f"{begin}SELECT {what} FROM {source}{end}{more}"

    def change(self):
        table = self.one_of(TABLES)
        self.columns = COLUMNS[table]
        return self.one_of(
            [
                f"DELETE FROM {table} WHERE {self.expression()}",
                f"UPDATE {table} SET {self.one_of(self.columns)} = {self.expression()}",
                f"INSERT INTO {table} SELECT * FROM {self.one_of(TABLES)}",
                f"EXPLAIN DELETE FROM {table}",
                f"WITH a AS ({self.select(1)}) DELETE FROM {table}",
            ]
        )

    def pragma(self):
        name = self.one_of(PRAGMAS)
        return self.one_of(
            [f"PRAGMA {name}", f"PRAGMA {name} = 1", f"PRAGMA main.{name}('/tmp')", f"EXPLAIN PRAGMA {name}"]
        )

    def other(self):
        return self.one_of(
            [
                "ATTACH '/etc/passwd' AS p",
                "ATTACH ':memory:' AS m",
                "VACUUM INTO '/tmp/stolen.db'",
                "VACUUM",
                "CREATE TABLE t AS SELECT * FROM users",
                "CREATE TEMP VIEW v AS SELECT _password FROM users",
                "CREATE VIRTUAL TABLE v USING fts5(a)",
                "CREATE TRIGGER t AFTER DELETE ON users BEGIN SELECT 1; END",
                "DROP TABLE users",
                "ALTER TABLE users RENAME TO others",
                "BEGIN",
                "COMMIT",
                "SAVEPOINT a",
                "REINDEX",
                "ANALYZE",
                "DETACH main",
                "SELECT load_extension('/tmp/x')",
            ]
        )

    def broken(self):
        whole = self.select()
        cut = self.random.randrange(1, len(whole))
        return whole[:cut] + self.one_of(["", "'", '"', "/*", "--", ")", ";", "\ud800", "é", "?"])


def secrets_in(path):
    """All that must not be seen, in parts."""
    queries = (
        "SELECT _password FROM users",
        "SELECT digest FROM sessions",
        "SELECT digest FROM known_browsers",
        "SELECT digest FROM receipts UNION SELECT content FROM receipts UNION SELECT body FROM receipts",
        "SELECT texts FROM drafts",
    )
    with closing(sqlite3.connect(path)) as live:
        texts = [text for query in queries for (text,) in live.execute(query) if text]
    parts = {text[place : place + SHORTEST_PART] for text in texts for place in range(len(text) - SHORTEST_PART + 1)}
    return parts - {part for part in parts if part.startswith("pbkdf2:sha25")}


def seen_in(said, parts):
    """The parts of secrets that stand in what was said."""
    return [part for part in parts if part in said or part.encode().hex() in said.lower()]


def run_them(copy, count, seed=1):
    """What was said for so many statements, how many gave rows, and how many did not run."""
    maker, said, done, refused = Maker(seed), io.StringIO(), 0, 0
    for _ in range(count):
        sql = maker.statement()
        with closing(opened_copy(copy, may_change=False)) as connection, contextlib.redirect_stdout(said):
            try:
                for piece in pieces_of(sql):
                    Run(connection, Permissions(False, {}), SECONDS_EACH).one(piece, [])
                done += 1
            except (NotRun, UnicodeEncodeError, sqlite3.ProgrammingError) as error:
                refused += 1
                said.write(f"{error}\n")
    return said.getvalue(), done, refused


def with_secrets(volumes):
    """A site with a secret of each kind; its database."""
    settings = Settings(volumes=volumes, sample_data="lesson")
    create_app(settings)
    with database.connection_context():
        niko = User.get(uid="niko")
        Session.start(niko, "browser")
        known = KnownBrowser.last_of(KnownBrowser.remember("", niko))
        Draft.keep(known, "/posts/new", {"note": "a draft that nobody else reads"})
        Receipt.keep("a key", "user 2", content="c" * 64, status=200, body="an answer that was given to Nikola")
    database.close_all()
    return settings.database_path


def digest_of_file(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(count):
    with tempfile.TemporaryDirectory() as place:
        live, copy = with_secrets(Path(place) / "volumes"), Path(place) / "copy.db"
        (Path(place) / "secrets.db").write_bytes(live.read_bytes())
        blank_copy(Path(place) / "secrets.db", copy, secrets_of_site)
        before, began = (digest_of_file(live), digest_of_file(copy)), time.monotonic()
        said, done, refused = run_them(copy, count)
        same = before == (digest_of_file(live), digest_of_file(copy))
        seen = seen_in(said, secrets_in(live))
    print(json.dumps({"statements": count, "done": done, "refused": refused, "bytes": len(said), "unchanged": same}))
    print(f"{time.monotonic() - began:.1f} s, secrets seen: {seen}")
    return 0 if same and not seen else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
