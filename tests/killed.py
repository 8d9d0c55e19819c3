"""A process that is killed in the middle: `python -m tests.killed VOLUMES SAMPLE_DATA form|json`.

A request is killed before its n-th statement, for each n, and at last with its answer unsent. A new process sends it
again. For each n there is a line of JSON: how many rows there were after the kill, the second answer, and how many
there are in the end.
"""

import json
import os
import re
import sqlite3
import sys
from functools import partial
from itertools import count as count_from
from pathlib import Path

from webtest import TestApp

from app import create_app
from config import Settings
from models.session import Session
from models.shared.database import database
from models.shared.sqlite_file import SqliteFile
from models.user import User

KILLED = 9


def main(volumes, sample_data, kind):
    site = create_app(Settings(volumes=Path(volumes), sample_data=sample_data))
    with database.connection_context():
        token = Session.start(User.get(uid="niko"), "browser")[1]
    send(site, token, kind, "What is imported late is here now")
    database.close_all()  # each child has connections of its own
    for statement in count_from(1):
        note = f"Killed at {statement}"
        first = in_a_process(partial(send, site, token, kind, note), killed_before=statement)
        again = in_a_process(partial(look, site, token, kind, note))
        if first != KILLED or again:
            sys.exit(first or again)


def in_a_process(work, killed_before=0, told=None):
    """Its exit code. `told` is a file that it writes to how many statements there were."""
    pid = os.fork()
    if not pid:
        seen, code = kill_before(killed_before), 1
        try:
            work()
            code = 0
        finally:
            if told is not None:
                os.write(told, str(len(seen)).encode())
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def kill_before(number):
    """End this process before the statement with this number, of all connections together, whatever is bound."""
    seen, hooks = [], SqliteFile._add_conn_hooks

    def count(statement):
        seen.append(statement)
        if len(seen) == number:
            os._exit(KILLED)

    def watch(bound, connection):
        hooks(bound, connection)
        connection.set_trace_callback(count)

    SqliteFile._add_conn_hooks = watch
    return seen


def send(site, token, kind, note):
    browser = TestApp(site)
    browser.set_cookie("session", token)
    if kind == "form":
        return browser.post("/posts", {"note": note, "one-time-key": note})
    return browser.post_json("/api/posts", {"note": note}, headers={"Idempotency-Key": note})


def look(site, token, kind, note):
    """Send it again, and say what there was before, what was answered, and what there is now."""
    before = count_posts(note)
    answer = send(site, token, kind, note)
    location = re.sub("change=[0-9]+", "change=*", answer.headers["Location"])
    if kind == "json":
        assert answer.json["note"] == note
        location = location.replace(str(answer.json["id"]), "*")
    print(json.dumps([before, answer.status_int, location, count_posts(note)]), flush=True)


def count_posts(note):
    with sqlite3.connect(database.database) as connection:
        return connection.execute("select count(*) from posts where note = ?", (note,)).fetchone()[0]


if __name__ == "__main__":
    main(*sys.argv[1:])
