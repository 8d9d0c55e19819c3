"""A Resource's table follows its class, or the start says what differs."""

import re

import pytest

from models.joke import Joke
from models.shared.database import bind_database, database
from models.shared.resource_tables import BACK, COMMAND
from models.shared.schema import prepare
from models.shared.start_errors import Unusable

SAVED = f"{BACK}, or {COMMAND}"


@pytest.fixture
def alter(tmp_path):
    """Call it with SQL that makes of the table what an older class would have left behind; then it starts again."""
    bind_database(tmp_path / "sqlite.db")
    prepare()
    with database.connection_context():
        Joke.delete().execute()
        Joke.create(joke="Knock, knock.")

    def run(*statements):
        with database.connection_context():
            for statement in statements:
                database.execute_sql(statement)
        prepare(with_rows=True)

    yield run
    database.close_all()


@pytest.fixture
def jokes():
    """Call it for the rows."""

    def read():
        with database.connection_context():
            return list(database.execute_sql("select * from jokes").fetchall())

    return read


def test_a_missing_table_is_made_with_its_sample_rows(alter, jokes):
    alter("drop table jokes")
    assert len(jokes()) > 5


def test_a_new_field_with_a_default_gets_its_column(alter, jokes, capsys):
    alter("alter table jokes drop column haha")
    assert capsys.readouterr().out == "The table jokes has a new column haha, as Joke has a new field.\n"
    assert [sorted(map(str, joke)) for joke in jokes()] == [["0", "0", "1", "Knock, knock."]]


@pytest.mark.parametrize(
    ("statements", "difference"),
    [
        (["alter table jokes add column moons integer"], "has a column moons, and the class has no such field"),
        (["alter table jokes rename column joke to pun"], "has no column joke yet, which must differ in each row"),
        (["drop index jokes_joke"], "lacks a unique index on joke"),
        (["create unique index strange on jokes (haha)"], "has a unique index on haha"),
        (
            ["alter table jokes drop column haha", "alter table jokes add column haha text not null default 0"],
            "has haha as TEXT, not as INTEGER",
        ),
        (
            ["alter table jokes drop column haha", "alter table jokes add column haha integer"],
            "has haha with null=True",
        ),
    ],
)
def test_what_cannot_be_mended_here_is_told_in_two_lines_and_changes_nothing(alter, jokes, statements, difference):
    with pytest.raises(Unusable) as refusal:
        alter(*statements)
    assert str(refusal.value) == f"models/joke.py, line 11: the table jokes {difference}.\n{SAVED}"
    assert len(jokes()) == 1


def test_a_column_that_no_migration_makes_is_told_in_two_lines_and_a_seed_may_make_it(alter):
    with pytest.raises(Unusable) as refusal:
        alter("alter table posts drop column alt")
    where, remedy = str(refusal.value).splitlines()
    assert re.fullmatch(r"models/post\.py, line [0-9]+: the table posts has no column alt, and .*\.", where)
    assert remedy.endswith("python -m models change")
    assert prepare(follow=False) is False
