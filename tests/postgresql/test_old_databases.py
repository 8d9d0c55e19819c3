"""A database of PostgreSQL that stands at any migration opens with the program of today."""

import os
from pathlib import Path

import pytest

from app import create_app
from config import Settings
from models.shared.alteration.differences import differences_between
from models.shared.alteration.table_and_class import facts_of_class, facts_of_table
from models.shared.database import bind_database, database
from models.shared.loading import all_models
from models.shared.migrating import MIGRATIONS, drop_tables, runner

URL = os.environ["TEST_DATABASE_URL"]
STAGES = sorted(file.stem for file in MIGRATIONS.glob("[0-9]*.py"))


@pytest.fixture
def bound():
    bind_database(Path(), URL)
    with database.connection_context():
        drop_tables()
    yield
    database.close_all()


@pytest.mark.usefixtures("bound")
@pytest.mark.parametrize("stage", STAGES)
def test_it_opens_with_its_rows_and_gets_the_tables_of_today(tmp_path, stage):
    with database.connection_context():
        runner().up(stage)
        for sql in (
            "INSERT INTO users (_name, _uid, _role) VALUES ('Žofie Kovářová', 'zofie', 'user')",
            "INSERT INTO posts (note, \"userID\", created) VALUES ('Jaro', 1, '2026-03-01 10:00:00')",
        ):
            database.execute_sql(sql)
    database.close_all()
    create_app(Settings(volumes=tmp_path, database_url=URL))
    with database.connection_context():
        found = database.execute_sql('SELECT users.id, _name, note FROM users JOIN posts ON "userID" = users.id')
        assert found.fetchall() == [(1, "Žofie Kovářová", "Jaro")]
        for model in all_models():
            there, wanted = facts_of_table(model._meta.table_name), facts_of_class(model)
            assert list(differences_between(model, there, wanted)) == []
