"""A class changes as a student changes it, and the command follows: each time it is a new start."""

import sqlite3
from contextlib import closing

import pytest

HEAD = "from peewee import *\nfrom models import Resource, User\n"
BEFORE = """
class Planet(Resource):
    name = CharField(max_length=20)
    moons = CharField(max_length=20)
    size = IntegerField(null=True)
    star = IntegerField(default=1, index=True)

def init_planets():
    Planet.create(name="Mars", moons="2")
    Planet.create(name="venus", moons="0", size=9)
"""
AFTER = """
class World(Resource):
    renamed_from = "Planet"
    name = CharField(max_length=20, collation="NOCASE")
    satellites = IntegerField(renamed_from="moons", constraints=[Check("satellites >= 0")])
    size = IntegerField(default=4)
    sun = ForeignKeyField(User, renamed_from="star")
    found = DateField(null=True)
World.add_index(World.size, where=World.size > 2, name="large")
"""


@pytest.fixture
def start(house):
    """Call it with the text of models/planet.py and a command; it gives how that ends and what it says."""

    def run(text, *command, **environ):
        (house.models / "planet.py").write_text(HEAD + text)
        return house(*(command or ("-c", "from app import create_app; create_app()")), **environ)

    return run


def rows(house, sql):
    with closing(sqlite3.connect(house.volumes / "sqlite.db")) as program:
        return program.execute(sql).fetchall()


CHANGE = ("-m", "models", "change")


def test_a_class_that_says_its_old_names_needs_no_answer(start, house):
    assert start(BEFORE)[0] == 0
    code, _said, errors = start(AFTER)
    assert code == 2
    assert "the table planets is called worlds by now, as World says" in errors
    assert errors.strip().endswith("python -m models change")
    code, said, errors = start(AFTER, *CHANGE)
    assert (code, errors) == (0, "")
    for line in (
        "World has the table planets, which is called worlds from now on.",
        "World.moons is called satellites from now on.",
        "World.star is called sun_id from now on.",
        "World.name was in the order of bytes, and becomes NOCASE; each value can be turned.",
        "World.satellites was VARCHAR(20), and becomes INTEGER; each value can be turned.",
        "World.size may no longer be empty: 1 row gets 4.",
        "World.sun refers to users.",
        "World asks for satellites >= 0 in each row.",
        "World.found is new: 2 rows get nothing there.",
        "World gets an index on",
    ):
        assert line in said
    found = rows(house, "SELECT id, name, satellites, size, sun_id, found FROM worlds ORDER BY name")
    assert found == [(1, "Mars", 2, 4, 1, None), (2, "venus", 0, 9, 1, None)]
    assert start(AFTER)[0] == 0
    assert start(AFTER, *CHANGE)[1] == "Every table fits its class: there is nothing to change.\n"
    assert start(BEFORE, *CHANGE, "--undo")[0] == 0
    assert start(BEFORE)[0] == 0
    assert rows(house, "SELECT id, name, moons, size, star FROM planets") == [
        (1, "Mars", "2", None, 1),
        (2, "venus", "0", 9, 1),
    ]


def test_what_only_rules_and_conditions_say_is_compared_too(start, house):
    first = """
class Planet(Resource):
    name = CharField(constraints=[Check("length(name) > 1")])
    moons = IntegerField(default=0)
Planet.add_index(Planet.name, where=Planet.moons > 3, name="planets_some")
Planet.add_index(SQL('CREATE INDEX "planets_plain" ON "planets" ("moons")'))
def init_planets():
    Planet.create(name="Mars", moons=2)
    Planet.create(name="Jo", moons=95)
"""
    assert start(first)[0] == 0
    assert start(first) == (0, "", "")
    assert start(first, *CHANGE)[1] == "Every table fits its class: there is nothing to change.\n"
    second = first.replace("Planet.moons > 3", "Planet.moons > 4").replace("(name) > 1", "(name) > 0")
    second = second.replace('("moons")\'', '("moons" DESC)\'')
    assert start(second)[0] == 2
    code, said, errors = start(second, *CHANGE, "--rehearse")
    assert (code, errors) == (0, "")
    assert (said.count("Planet gets an index on"), said.count("Planet loses an index on")) == (2, 2)
    assert "no longer asks for length(name) > 1" in said
    assert "asks for length(name) > 0 in" in said
    code, _said, errors = start(first.replace("> 1", "> 3"), *CHANGE)
    assert code == 1
    assert "1 row of planets is against the rule length(name) > 3: 2. Change them first." in errors


def test_a_key_to_rows_that_are_not_there_names_them(start):
    first = "\nclass Planet(Resource):\n    name = CharField()\n    star_id = IntegerField()\n"
    init = "\ndef init_planets():\n    Planet.create(name='Mars', star_id=77)\n"
    assert start(first + init)[0] == 0
    code, _said, errors = start(
        "\nclass Planet(Resource):\n    name = CharField()\n    star = ForeignKeyField(User)\n", *CHANGE
    )
    assert code == 1
    assert "1 row of planets has a star that is no row of users: 1. Change them first." in errors


def test_a_table_of_the_house_gets_a_migration_which_other_databases_apply(start, house):
    planet = "\nclass Planet(Resource):\n    name = CharField()\n"
    assert start(planet)[0] == 0
    older = (house.volumes / "sqlite.db").read_bytes()
    user = house.models / "user.py"
    kept = user.read_text()
    field = "    karma = IntegerField(default=7)\n\n    plural"
    user.write_text(
        kept.replace("    plural", field, 1).replace("from peewee import ", "from peewee import IntegerField, ", 1)
    )
    code, _said, errors = start(planet)
    assert code == 2
    assert errors.strip().endswith("python -m models change")
    code, said, errors = start(planet, *CHANGE)
    assert (code, errors) == (0, "")
    (file,) = (house.models / "migrations").glob("*_change_users.py")
    assert f"Wrote models/migrations/{file.name}: keep it with the program." in said
    assert 'migrator.add_column("users", "karma", IntegerField(default=7)),' in file.read_text()
    assert rows(house, "SELECT DISTINCT karma FROM users") == [(7,)]
    assert start(planet)[0] == 0
    for log in house.volumes.glob("sqlite.db-*"):
        log.unlink()
    newer = (house.volumes / "sqlite.db").read_bytes()
    (house.volumes / "sqlite.db").write_bytes(older)
    assert start(planet)[0] == 0
    assert rows(house, "SELECT DISTINCT karma FROM users") == [(7,)]
    (house.volumes / "sqlite.db").write_bytes(newer)
    code, said, errors = start(planet, *CHANGE, "--undo")
    assert (code, errors) == (0, "")
    assert not file.exists()
    user.write_text(kept)
    assert start(planet)[0] == 0
