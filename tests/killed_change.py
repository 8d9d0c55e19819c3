"""A change of tables that is killed in the middle: `python -m tests.killed_change ARGUMENTS`, as of the command.

It is killed before its n-th statement, for some n (KILLS of them) or each (KILLS=0), and at last not at all. For each n
there is a line of JSON: which table there is then, with its rows, and what SQLite says of the file in VOLUMES.
"""

import contextlib
import io
import json
import os
import sqlite3
import sys
from contextlib import closing
from functools import partial

import commands as command
from config import settings_from_environment
from tests.killed import KILLED, in_a_process

MOST = 100_000


def main(arguments, kills):
    path = settings_from_environment(own_server=True).database_path
    with closing(sqlite3.connect(path)) as program:
        program.execute("pragma wal_checkpoint(truncate)")
        kept = program.serialize()
    statements = count_statements(arguments)
    for log in path.parent.glob(f"{path.name}-*"):
        log.unlink()
    path.write_bytes(kept)  # as before: what follows is killed
    step = max(1, statements // kills) if kills else 1
    for number in (*range(1, statements, step), MOST):
        code = in_a_process(partial(change, arguments), number)
        if code not in (0, KILLED):
            sys.exit(code)
        found = state(path)
        print(json.dumps(found | {"before": number}), flush=True)
        if found["is_new"]:
            return


def change(arguments):
    with contextlib.redirect_stdout(io.StringIO()):
        command.main(["change", *arguments])


def count_statements(arguments):
    """How many there are, from beginning to end."""
    readable, writable = os.pipe()
    in_a_process(partial(change, arguments), MOST, writable)
    os.close(writable)
    with os.fdopen(readable) as told:
        return int(told.read())


def state(path):
    """What another program finds."""
    with closing(sqlite3.connect(path)) as program:
        columns = [row[1] for row in program.execute("pragma table_info(jokes)")]
        is_new = "haha" in columns and "puns" not in columns
        rows = program.execute(f"select id, joke, {'haha' if is_new else 'laughs'}, boohoo from jokes").fetchall()
        others = program.execute(
            "select count(*) from sqlite_master where name like '%\\_\\_new' escape '\\'"
        ).fetchone()[0]
        check = program.execute("pragma integrity_check").fetchall()
        return {"is_new": is_new, "rows": rows, "check": check if not others else ["a half table"]}


if __name__ == "__main__":
    main(sys.argv[1:], int(os.environ.get("KILLS", "0")))
