#!/bin/sh
# Peewee: when its migrator makes a table anew, the id of a row that was deleted last is given out again.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check peewee==4.5.3

venv/bin/python - <<'END'
import sqlite3
import sys

import peewee
from playhouse.migrate import SqliteMigrator, migrate

database = peewee.SqliteDatabase("rows.db")
database.execute_sql("CREATE TABLE planet (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, moons INTEGER)")
database.execute_sql("INSERT INTO planet (name) VALUES ('Mars'), ('Earth'), ('Pluto')")
database.execute_sql("DELETE FROM planet WHERE name = 'Pluto'")
migrate(SqliteMigrator(database).add_not_null("planet", "name"), SqliteMigrator(database).drop_not_null("planet", "name"))
sql = database.execute_sql("SELECT sql FROM sqlite_master WHERE name = 'planet'").fetchone()[0]
database.execute_sql("INSERT INTO planet (name) VALUES ('Venus')")
new_id = database.execute_sql("SELECT id FROM planet WHERE name = 'Venus'").fetchone()[0]
print("version: peewee", peewee.__version__, "with SQLite", sqlite3.sqlite_version)
print("expected: the table still says AUTOINCREMENT, and the new row has the id 4, which was never used")
print("seen:", "AUTOINCREMENT" in sql, "and the id", new_id)
sys.exit(not ("AUTOINCREMENT" in sql and new_id == 3))
END
