#!/bin/sh
# Peewee: a database that is closed inside its connection_context() makes leaving it fail.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check peewee==4.5.3

venv/bin/python - <<'END'
import sys

import peewee

database = peewee.SqliteDatabase("some.db")


def leave(*steps):
    try:
        with database.connection_context():
            for step in steps:
                step()
    except Exception as error:
        return type(error).__name__
    finally:
        database.close()
    return "nothing"


seen = [leave(database.close), leave(database.close, database.connect)]
print("version: Peewee", peewee.__version__)
print("expected: nothing is raised, as close() of a closed database only says False")
print("seen:", seen)
sys.exit(seen != ["IndexError", "IndexError"])
END
