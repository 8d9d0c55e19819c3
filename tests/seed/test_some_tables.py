"""`python -m seed planet`: one table again, and the others as they are."""

import sqlite3
from contextlib import closing

import pytest

STAR = """from peewee import *
from models import ImageField, Resource, User


class Star(Resource):
    name = CharField(unique=True)
    picture = ImageField()


def init_stars():
    Star.create(name="Sun")
"""
PLANET = """from peewee import *
from models import Resource
from models.star import Star


class Planet(Resource):
    name = CharField()
    star = ForeignKeyField(Star)


def init_planets():
    Planet.create(name="Mars", star=Star.get())
"""


@pytest.fixture
def sky(house):
    """A house with stars and planets, of which each has a row more."""
    (house.models / "star.py").write_text(STAR)
    (house.models / "planet.py").write_text(PLANET)
    assert house("-c", "from app import create_app; create_app()") == (0, "", "")
    run(house, "insert into stars (name) values ('Sirius')", "insert into planets (name, star_id) values ('X', 2)")
    run(house, "insert into jokes (joke, haha, boohoo) values ('Mine', 0, 0)")
    return house


def run(house, *statements):
    with closing(sqlite3.connect(house.volumes / "sqlite.db")) as program:
        found = [program.execute(statement).fetchall() for statement in statements]
        program.commit()
        return found[-1]


@pytest.mark.parametrize("name", ["planet", "planets", "Planet"])
def test_one_table_is_made_again_and_the_others_stay(sky, name):
    code, printed, errors = sky("-m", "seed", name)
    assert (code, errors) == (0, "")
    assert printed.startswith("Made again: planets (1 row). The others are as they were.\nThe old rows are in ")
    assert run(sky, "select id, name from planets") == [(1, "Mars")]
    assert run(sky, "select name from stars order by id") == [("Sun",), ("Sirius",)]
    assert run(sky, "select count(*) from jokes where joke = 'Mine'") == [(1,)]
    assert run(sky, "select distinct place from folded where place like 'planets%'") == [("planets.name",)]


def test_a_changed_class_gets_its_table(sky):
    planet = sky.models / "planet.py"
    planet.write_text(
        PLANET.replace("name = CharField()", "name = TextField()\n    moons = IntegerField()").replace(
            'name="Mars"', 'name="Mars", moons=2'
        )
    )
    assert sky("-c", "from app import create_app; create_app()")[0] == 2
    assert sky("-m", "seed", "planet", "--yes")[0] == 0
    assert run(sky, "select name, moons from planets") == [("Mars", 2)]
    assert sky("-c", "from app import create_app; create_app()") == (0, "", "")


def test_a_table_to_which_others_must_refer_is_made_again_with_them(sky):
    code, printed, errors = sky("-m", "seed", "star", "--yes")
    said = "Rows of planets must refer to stars. Make both again: python -m seed stars planets\n"
    assert (code, printed, errors) == (2, "", said)
    assert run(sky, "select count(*) from stars") == [(2,)]
    assert sky("-m", "seed", "star", "planet", "--yes")[0] == 0
    assert run(sky, "select count(*) from stars") == run(sky, "select count(*) from planets") == [(1,)]


def test_what_need_not_refer_to_it_is_emptied(sky):
    planet = sky.models / "planet.py"
    planet.write_text(PLANET.replace("ForeignKeyField(Star)", "ForeignKeyField(Star, null=True)"))
    assert sky("-m", "seed", "planet", "--yes")[0] == 0
    assert sky("-m", "seed", "star", "--yes")[0] == 0
    assert run(sky, "select name, star_id from planets") == [("Mars", None)]


@pytest.mark.parametrize("name", ["user", "posts", "galaxy", "sessions"])
def test_no_other_table_is_made_again_alone(sky, name):
    code, printed, errors = sky("-m", "seed", name)
    assert (code, printed) == (2, "")
    said = f"{name} is no model that has a table of its own to be made again. There are: jokes, stars, planets.\n"
    assert errors == said


def test_sample_rows_that_fail_leave_the_old_ones(sky):
    planet = sky.models / "planet.py"
    planet.write_text(PLANET.replace('name="Mars"', "name=3"))
    code, _, errors = sky("-m", "seed", "planet", "--yes")
    assert code == 2
    assert errors.startswith("models/planet.py, line 12: Invalid: name must be text\n")
    assert run(sky, "select count(*) from planets") == [(2,)]
