"""A backup or a restore that is killed in the middle: `python -m tests.killed_backup FOLDER PLACES [COMMAND …]`.

FOLDER has `volumes/`, a site's data, `made.zip`, a backup of other rows, and `saved.zip`, the same as lines. Each
command is killed before its n-th call that reads or writes something, at so many PLACES in turn, each time on a new
copy of the data. Afterwards all rows and pictures of before are in the database or set aside, and the next run works.
For each place there is a line of JSON: the command, the call, how many there are, and whether the rows were old or new.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
import zipfile
from contextlib import closing, redirect_stdout
from io import StringIO
from pathlib import Path

import commands

CALLS = set("execute executemany backup fetchone fsync rename link unlink write open mkdir rmdir close chown".split())
TABLES = ("users", "posts", "jokes")


def main(folder, places, *names):
    folder = Path(folder)
    old, new = state_of(folder / "volumes"), state_of_backup(folder / "made.zip")
    assert old != new
    coming = [["restore", str(folder / "made.zip")], ["load", str(folder / "saved.zip")]]
    all_of_them = [["backup"], ["save", str(folder / "place" / "saved")], *coming]
    for command in [command for command in all_of_them if not names or command[0] in names]:
        total = in_a_child(folder, command)
        for number in range(1, int(places) + 1):
            call = max(1, total * number // (int(places) + 1))
            assert in_a_child(folder, command, killed_before=call) == -signal.SIGKILL
            found = look(folder, old, new)
            # What was saved may be there already.
            again = in_a_child(
                folder, ["save", f"{command[1]}-again"] if command[0] == "save" else command, fresh=False
            )
            assert again > 0, (command, call)
            assert look(folder, old, new) == ("new" if command in coming else "old")
            print(json.dumps([command[0], call, total, found]), flush=True)


def in_a_child(folder, command, killed_before=0, fresh=True):
    """How many calls it took, or the negative number of the signal that ended it."""
    place = folder / "place"
    if fresh:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(folder / "volumes", place)
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        os.environ.update(VOLUMES=str(place), SAMPLE_DATA="locked")
        os.write(writing, str(counted(command, killed_before)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        text = said.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code or int(text or 0)


def counted(command, killed_before):
    """Run it, and count; 0 when it failed."""
    calls = [0]

    def count(_frame, event, called):
        if event == "c_call" and called.__name__ in CALLS:
            calls[0] += 1
            if calls[0] == killed_before:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    try:
        with redirect_stdout(StringIO()):
            commands.main(command)
    except SystemExit as stop:
        print(stop, file=sys.stderr)
        return 0
    finally:
        sys.setprofile(None)
    return calls[0]


def look(folder, old, new):
    """Whether the rows are the old ones or the new ones, of which the old ones are set aside."""
    place = folder / "place"
    state = state_of(place)
    if state == old:
        return "old"
    assert state == new, "neither the old rows nor the new ones"
    asides = [state_of_backup(file) for file in (place / "backups").glob("before-*.zip")]
    for copy in (place / "backups").glob("before-*.db"):
        asides.append((rows_of(copy), pictures_in(place, copy)))
    assert old in asides, "what was there is not set aside"
    return "new"


def state_of(place):
    """The rows, and the pictures that they name."""
    return rows_of(place / "sqlite.db"), pictures_in(place, place / "sqlite.db")


def rows_of(path):
    with closing(sqlite3.connect(path)) as program:
        assert program.execute("pragma integrity_check").fetchall() == [("ok",)]
        return [program.execute(f"select * from {table} order by id").fetchall() for table in TABLES]


def pictures_in(place, database):
    with closing(sqlite3.connect(database)) as program:
        names = [name for (name,) in program.execute("select image from posts where image is not null order by id")]
    return {name: (place / "uploads" / name).read_bytes() for name in names}


def state_of_backup(path):
    place = path.with_suffix(".unpacked")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(place)
    state = rows_of(place / "database.sqlite"), pictures_in(place, place / "database.sqlite")
    shutil.rmtree(place)
    return state


if __name__ == "__main__":
    main(*sys.argv[1:])
