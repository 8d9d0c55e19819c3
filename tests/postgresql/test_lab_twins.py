"""Twins on PostgreSQL: the texts are there, and Python is not run, as there is no copy to run it on."""

import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from models.shared.database import database
from tests.postgresql.test_postgresql import URL, _empty_database  # noqa: F401 - a fixture

texts = pytest.importorskip("lab.twins.texts")  # the lab can be taken away
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}


@pytest.fixture
def here(tmp_path):
    return TestApp(create_app(Settings(volumes=tmp_path, database_url=URL, sample_data="lesson")), extra_environ=HERE)


def test_the_texts_are_shown_and_what_peewee_makes_of_a_query(here):
    answer = here.get("/lab/twins")
    peewee = answer.html.select("#filter .twin-sides > div")[1]
    assert 'WHERE ("t1"."_uid" = \'lex\')' in peewee.pre.text
    assert "On PostgreSQL this is not run" in answer.html.select_one("#create").text
    assert "Run all three" not in answer
    assert "ILIKE '%Alexander%'" in answer.html.select_one("#contains").text
    here.post("/lab/twins/users/create", status=409)


def test_what_a_person_would_write_is_sql_of_postgresql(here):
    with database.connection_context():
        models = texts.models_with_twins().values()
        for model in models:
            for twin in texts.twins_of(model):
                with database.atomic() as transaction:
                    database.execute_sql(twin.sql.replace("%", "%%"))
                    transaction.rollback()
        assert len(models) >= 3


def test_an_expression_becomes_sql_of_postgresql(here):
    answer = here.post(
        "/lab/twins", {"expression": "User.select(User.uid).where(User.name.contains('100%'))"}, status="*"
    )
    assert """ILIKE '%100\\%%'""" in answer.html.select_one("#result .twin-sql").text
    assert "LAB_DATABASE_URL" in answer.html.select_one("#result").text
