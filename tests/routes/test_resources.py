"""A file in `models/` is all that a table, its JSON and its pages take: tried in a copy of the house."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.server import HOUSE

PARTS = 4  # which several processes can run beside each other


@pytest.mark.parametrize("part", range(PARTS))
def test_models_of_your_own_have_all_that_users_have(house, part):
    house.add_own_models()
    files = sorted(str(file.relative_to(HOUSE)) for file in HOUSE.glob("tests/own_model/test_*.py"))[part::PARTS]
    code, printed, errors = house("-m", "pytest", "-q", "-p", "no:cacheprovider", *files)
    assert code == 0, printed + errors


START = ("-c", "from app import create_app; create_app()")
STAR = """from peewee import *
from models.shared.resource import Resource


class Star(Resource):
    name = CharField(max_length=20)
    light = IntegerField()
    FIELDS


def init_stars():
    Star.create(name="Sun", light=1)
    Star.create(name="Sirius", light=25)
"""
LATER_FIELDS = """code = IntegerField(null=True, unique=True)
    kind = CharField(default="A")
    seen = DateField(null=True)
    place = ForeignKeyField("self", null=True)
    far = BooleanField(default=True, null=True)"""


def stars(house):
    with closing(sqlite3.connect(house.volumes / "sqlite.db")) as program:
        return program.execute("select * from stars").fetchall()


@pytest.fixture
def star(house):
    """Call it with more fields of the class, and words to replace, for a start with that file."""

    def write(more="", *replaced, command=START, **environ):
        text = STAR.replace("FIELDS", more)
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        (house.models / "star.py").write_text(text)
        return house(*command, **environ)

    return write


def test_an_old_database_gets_the_new_table_and_the_fields_that_are_added_later(house, star):
    assert house(*START) == (0, "", "")
    assert star() == (0, "", "")
    assert stars(house) == [(1, "Sun", 1), (2, "Sirius", 25)]
    code, printed, errors = star(LATER_FIELDS)
    assert (code, errors) == (0, "")
    assert printed.splitlines() == [
        f"The table stars has a new column {name}, as Star has a new field."
        for name in ("code", "kind", "seen", "place_id", "far")
    ]
    assert stars(house) == [(1, "Sun", 1, None, "A", None, None, 1), (2, "Sirius", 25, None, "A", None, None, 1)]
    assert star(LATER_FIELDS) == (0, "", "")


PLANETS = """from peewee import *
from models import Resource
from models.star import Star


class Planet(Resource):
    name = CharField(unique=True)
    star = ForeignKeyField(Star, on_delete="CASCADE")


def init_planets():
    for name in ("Mars", "Venus", "Vulcan"):
        Planet.create(name=name, star=1)
    Planet.get(name="Vulcan").delete()
"""


def test_an_old_table_gets_the_rule_of_its_class_and_keeps_all_else(house, star):
    (house.models / "planet.py").write_text(PLANETS)
    assert star() == (0, "", "")
    assert "on delete cascade" in definition(house, "planets")
    before = everything(house)
    (house.models / "planet.py").write_text(PLANETS.replace(', on_delete="CASCADE"', ""))
    said = "The table planets has star_id NO ACTION now, as Planet says.\n"
    assert house(*START) == (0, said, "")
    assert "on delete no action" in definition(house, "planets")
    assert everything(house) == before
    assert house(*START) == (0, "", "")
    with closing(sqlite3.connect(house.volumes / "sqlite.db")) as program:
        program.execute("pragma foreign_keys = 1")
        earth = "insert into planets (name, star_id) values ('Earth', 1) returning id"
        assert program.execute(earth).fetchone() == (4,)
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            program.execute("delete from stars where id = 1")


def definition(house, table):
    with closing(sqlite3.connect(house.volumes / "sqlite.db")) as program:
        (sql,) = program.execute("select lower(sql) from sqlite_master where name = ?", (table,)).fetchone()
        return sql


def everything(house):
    """The rows, the folded copies, the indexes and the triggers."""
    with closing(sqlite3.connect(house.volumes / "sqlite.db")) as program:
        others = "select name, sql from sqlite_master where tbl_name = 'planets' and type <> 'table' order by name"
        return [program.execute(sql).fetchall() for sql in ("select * from planets", "select * from folded", others)]


# (more fields, what is replaced and by what): how the table differs
DIFFERENCES = {
    ("mass = FloatField()",): "has no column mass yet, which is neither null=True nor has a default.",
    ("code = CharField(default='', unique=True)",): "has no column code yet, which must differ in each row.",
    ("", ("    light = IntegerField()\n", "")): "has a column light, and the class has no such field.",
    ("", ("IntegerField()", "FloatField()")): "has light as INTEGER, not as REAL.",
    ("", ("max_length=20", "max_length=30")): "has name as VARCHAR(20), not as VARCHAR(30).",
    ("", ("IntegerField()", "IntegerField(null=True)")): "has light without null=True.",
    ("", ("IntegerField()", "IntegerField(unique=True)")): "lacks a unique index on light.",
    ("class Meta: indexes = ((('name', 'light'), True),)",): "lacks a unique index on name, light.",
}


def test_what_a_start_cannot_change_ends_it_with_two_lines(house, star):
    star()
    before = stars(house)
    for changes, difference in DIFFERENCES.items():
        code, printed, errors = star(*changes)
        assert (code, printed) == (2, "")
        where, remedy = errors.splitlines()
        assert where == f"models/star.py, line 5: the table stars {difference}"
        assert remedy.endswith("python -m models change")
        assert stars(house) == before


def test_a_seed_makes_a_changed_table_again(house, star):
    star()
    changes = ("    light = IntegerField()\n", ""), (", light=1", ""), (", light=25", "")
    code, _, errors = star("mass = FloatField(default=1.5)", *changes, command=("-m", "seed", "--yes"))
    assert (code, errors) == (0, "")
    assert stars(house) == [(1, "Sun", 1.5), (2, "Sirius", 1.5)]


def test_sample_rows_that_fail_leave_neither_rows_nor_table(house, star):
    assert house(*START) == (0, "", "")
    for command in (START, ("app.py",), ("-m", "seed", "--yes"), ("-m", "models", "admin", "toby")):
        code, printed, errors = star("", ("light=25", "light='bright'"), command=command)
        assert (code, printed) == (2, "")
        assert errors.splitlines() == [
            "models/star.py, line 13: Invalid: light must be a whole number",
            "Mend that line, or move star.py away, and start again.",
        ]
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            stars(house)
    assert star() == (0, "", "")
    assert len(stars(house)) == 2


def test_a_sample_row_that_needs_somebody_who_has_been_deleted_is_two_lines(house, star):
    assert house(*START) == (0, "", "")
    with closing(sqlite3.connect(house.volumes / "sqlite.db")) as program:
        program.execute("delete from users where _uid = 'niko'")
        program.commit()
    code, printed, errors = star(
        "owner = ForeignKeyField(User, null=True)",
        (", light=25", ", light=User.get(uid='niko').id"),
        ("import Resource\n", "import Resource\nfrom models.user import User\n"),
    )
    assert (code, printed) == (2, "")
    assert errors.splitlines() == [
        "models/star.py, line 14: there is no such user, and a sample row needs one",
        "Take somebody who is there, like User.select().first(), or make it before. "
        "Mend that line, or move star.py away, and start again.",
    ]


def test_a_broken_file_is_two_lines_whatever_is_started(house):
    house(*START)
    (house.models / "star.py").write_text("def light(:\n")
    for command in (START, ("app.py",), ("-m", "seed"), ("-m", "models", "admin", "toby")):
        code, printed, errors = house(*command)
        assert (code, printed) == (2, "")
        assert errors.startswith("models/star.py, line 1: SyntaxError: ")
        assert errors.count("\n") == 2


def test_so_is_a_mistake_in_a_file_that_all_the_others_need(house):
    post = house.models / "post.py"
    post.write_text(post.read_text().replace("    note = TextField(", "    note = TextFeld("))
    for command in (START, ("app.py",), ("-m", "seed"), ("-m", "models", "new", "planet", "name:char")):
        code, printed, errors = house(*command)
        assert (code, printed) == (2, "")
        where, remedy = errors.splitlines()
        assert re.fullmatch(r"models/post\.py, line [0-9]+: NameError: name 'TextFeld' is not defined", where)
        assert remedy == "Mend that line, and start again."


@pytest.mark.parametrize("name", ["Chart", "Resource"])
def test_a_model_that_is_called_as_a_page_of_the_site_has_pages_of_its_own(house, star, name):
    first = "from webtest import TestApp; from app import create_app; print(TestApp(create_app()).get(ADDRESS))"
    command = ("-c", first.replace("ADDRESS", f"'/{name.lower()}s/1'"))
    code, printed, errors = star(
        "",
        ("Star(Resource)", f"{name}(Base)"),
        ("Star.create", f"{name}.create"),
        ("import Resource", "import Resource as Base"),
        ("init_stars", f"init_{name.lower()}s"),
        command=command,
    )
    assert code == 0, errors
    assert "Sun" in printed


def test_without_sample_data_a_new_table_is_empty(house, star):
    assert star(SAMPLE_DATA="none") == (0, "", "")
    assert stars(house) == []


def test_four_processes_that_start_at_once_make_a_new_table_once(house):
    house(*START)
    (house.models / "star.py").write_text(STAR.replace("FIELDS", ""))
    with ThreadPoolExecutor() as pool:
        assert list(pool.map(lambda _: house(*START), range(4))) == [(0, "", "")] * 4
    assert len(stars(house)) == 2


EVERY_TYPE = (
    "a:char b:text? c:int d:float? e:decimal f:bool? g:date? h:datetime i:uuid j:uuid? owner:user "
    "k:image told:joke m:int:1..5 n:choice:one/two o:dwarf_planet p:char:9:unique q:decimal:50.. größe:float:..1?"
)


@pytest.mark.parametrize("fields", ["name:char mass:float? found:date?", EVERY_TYPE], ids=["some", "every type"])
def test_the_file_that_the_command_writes_starts_and_its_test_passes(house, fields):
    code, printed, errors = house("-m", "models", "new", "dwarf_planet", *fields.split())
    assert (code, errors) == (0, "")
    assert "look at /dwarf_planets and /api/dwarf_planets" in printed
    assert house(*START) == (0, "", "")
    code, printed, errors = house("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/models/test_dwarf_planet.py")
    assert code == 0, printed + errors
    assert house("-m", "ruff", "check", "--no-cache", "models", "tests")[0] == 0


def test_a_model_that_cannot_be_is_not_written(house):
    before = sorted(house.models.iterdir())
    for arguments, reason in (
        ("2nd name:char", "2nd cannot be the name of a model"),
        ("class name:char", "class cannot be the name of a model"),
        ("../planet name:char", "../planet cannot be the name of a model"),
        ("user name:char", "user would have the address /users, which the site has already"),
        ("joke name:char", "joke is taken: Joke has the table jokes"),
        ("attempt name:char", "attempt is taken: Attempt has the table attempts"),
        ("shared name:char", "shared is there already: models/shared"),
        ("planet name", "name must be a name, a colon and one of char, text"),
        ("planet name:word", "name:word must be a name, a colon and one of char, text"),
        ("planet class:char", "class:char cannot be a field of that name"),
        ("planet update:char", "update:char cannot be a field of that name"),
        ("planet name:char owner:joke", "owner:joke refers to no user"),
        ("planet a.b:char", "a.b:char cannot be a field of that name"),
        ("planet name:char name:text", "planet has two fields of one name"),
    ):
        command = "import sys; from commands import main; main(sys.argv[1:])"
        code, printed, errors = house("-c", command, "new", *arguments.split())
        assert (code, printed) == (1, "")
        assert errors.startswith(f"Nothing was written: {reason}")
    assert sorted(house.models.iterdir()) == before
