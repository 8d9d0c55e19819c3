"""A student's model with all that the lesson asks for, and the same with one mistake each."""

GOOD = '''"""Planets: what goes around a star."""

from collections.abc import Iterator

from peewee import CharField, DateField

from models import IntegerField, Resource


class Planet(Resource):
    """One that goes around a star."""

    name = CharField(max_length=100, unique=True)
    moons = IntegerField(minimum=0)
    found = DateField(null=True)

    def problems(self) -> Iterator[tuple[str, str]]:
        if self.name == "Pluto":
            yield "name", "is no planet"

    def add_moon(self) -> "Planet":
        return self.update(moons=self.moons + 1)


def init_planets() -> None:
    Planet.create(name="Mars", moons=2)
    Planet.create(name="Jupiter", moons=95, found="1610-01-07")
'''
GOOD_TEST = """import pytest

from models.planet import Planet
from models.shared.database import database


@pytest.fixture
def mars(visitor):
    with database.connection_context():
        yield Planet.get(name="Mars")


def test_a_moon_is_added(mars):
    mars.add_moon()
    assert Planet.get(name="Mars").moons == 3
"""
CLASS, FIELDS, INIT = "class Planet(Resource):", "    found = DateField(null=True)\n", "def init_planets() -> None:\n"
IN_CLASS = "        return self.update(moons=self.moons + 1)\n"
TESTED = "    mars.add_moon()\n"


def changed(*pairs):
    """The good file, in which each first text has become the second one."""
    text = GOOD
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def added(lines):
    """The good class with more in it."""
    return GOOD.replace(IN_CLASS, IN_CLASS + "\n" + lines)


# What is called so: the line that fails, what is said of it, the file, and the test.
PLANTED = {
    "a_colon_is_missing": ("file", "expected ':'", changed((CLASS, CLASS[:-1])), GOOD_TEST),
    "an_import_is_missing": ("file", "DateField", changed(("CharField, DateField", "CharField")), GOOD_TEST),
    "it_never_ends": ("file", "too long", changed((CLASS, f"while True:\n    pass\n\n\n{CLASS}")), GOOD_TEST),
    "it_ends_the_program": ("file", "", changed((CLASS, f"import os\nos._exit(0)\n\n\n{CLASS}")), GOOD_TEST),
    "it_says_that_all_is_well": (
        "file",
        "",
        changed((CLASS, f"print('13 of 13, all passed')\nimport sys\nsys.exit(0)\n\n\n{CLASS}")),
        GOOD_TEST,
    ),
    "it_takes_all_memory": ("file", "", changed((CLASS, f"everything = ' ' * 10**10\n\n\n{CLASS}")), GOOD_TEST),
    "the_class_is_several": (
        "names",
        "Planet, not Planets",
        changed(("Planet(", "Planets("), ("Planet.create", "Planets.create"), ("init_planets", "init_planetses")),
        GOOD_TEST.replace("import Planet", "import Planets as Planet"),
    ),
    "the_table_is_one": (
        "names",
        'plural = "planets"',
        changed(
            ('star."""\n\n    name', 'star."""\n\n    plural = "planet"\n    name'), ("init_planets", "init_planet")
        ),
        GOOD_TEST,
    ),
    "two_fields": ("fields", "1 more", changed((FIELDS, ""), (', found="1610-01-07"', "")), GOOD_TEST),
    "fields_of_one_kind": (
        "fields",
        "CharField",
        changed(
            ("IntegerField(minimum=0)", "CharField(max_length=9)"),
            ("DateField(null=True)", "CharField(null=True)"),
            ("moons=2", 'moons="2"'),
            ("moons=95", 'moons="95"'),
            ("self.moons + 1", '"3"'),
        ),
        GOOD_TEST.replace("== 3", '== "3"'),
    ),
    "no_sample_rows": (
        "rows",
        "init_planets()",
        GOOD[: GOOD.index("def init")],
        GOOD_TEST.replace('Planet.get(name="Mars")\n\n', 'Planet.create(name="Mars", moons=2)\n\n', 1),
    ),
    "other_rows_each_time": (
        "rows",
        "moons is",
        changed((INIT, f"{INIT}    import random\n"), ("moons=95", "moons=random.randint(1, 10**9)")),
        GOOD_TEST,
    ),
    "nothing_can_be_added": (
        "create",
        "No row can be added",
        added(
            "    def before_write(self) -> None:\n"
            "        from models import Invalid\n\n"
            "        if self.name not in ('Mars', 'Jupiter'):\n"
            "            raise Invalid({'name': 'is unknown'})\n"
        ),
        GOOD_TEST,
    ),
    "create_only_says_so": (
        "create",
        "has 0 more",
        added(
            "    def write(self, is_new: bool = False) -> None:\n"
            "        if self.name in ('Mars', 'Jupiter'):\n"
            "            super().write(is_new)\n"
            "        else:\n"
            "            self.id = 3\n"
        ),
        GOOD_TEST,
    ),
    "create_never_ends": (
        "create",
        "too long",
        added(
            "    def before_write(self) -> None:\n"
            "        while self.name not in ('Mars', 'Jupiter'):\n"
            "            pass\n"
        ),
        GOOD_TEST,
    ),
    "read_says_something_else": (
        "read",
        "moons",
        added("    def read(self) -> dict:\n        return super().read() | {'moons': 1_000_000}\n"),
        GOOD_TEST,
    ),
    "update_forgets": (
        "update",
        "should change the row",
        added("    def update(self, **changes: object) -> 'Planet':\n        return self\n").replace(
            "return self.update(moons=self.moons + 1)", "return super().update(moons=self.moons + 1)"
        ),
        GOOD_TEST,
    ),
    "delete_keeps_it": ("delete", "has it still", added("    def delete(self) -> None:\n        pass\n"), GOOD_TEST),
    "delete_takes_too_much": (
        "delete",
        "has changed others",
        added("    def before_delete(self) -> None:\n        Planet.delete().where(Planet.id < 3).execute()\n"),
        GOOD_TEST,
    ),
    "a_wrong_value_is_taken": (
        "refuses",
        "which it should refuse",
        added(
            "    @classmethod\n"
            "    def create(cls, **values: object) -> 'Planet':\n"
            "        row = cls(**values)\n"
            "        row.save(force_insert=True)\n"
            "        return row\n"
        )
        .replace("DateField(null=True)", "BooleanField(default=False)")
        .replace("DateField", "BooleanField")
        .replace(', found="1610-01-07"', ""),
        GOOD_TEST,
    ),
    "its_name_fails": (
        "page",
        "ZeroDivisionError",
        added("    def __str__(self) -> str:\n        return str(1 / 0)\n"),
        GOOD_TEST,
    ),
    "its_view_fails": ("page", "", GOOD, GOOD_TEST),
    "no_method": (
        "method",
        "no method of your own",
        GOOD.replace('    def add_moon(self) -> "Planet":\n' + IN_CLASS, ""),
        GOOD_TEST.replace(TESTED, "    mars.update(moons=3)\n"),
    ),
    "the_method_does_nothing": (
        "method",
        "does nothing yet",
        GOOD.replace(IN_CLASS, "        pass\n"),
        GOOD_TEST.replace(TESTED, "    mars.add_moon()\n    mars.update(moons=3)\n"),
    ),
    "the_method_is_never_called": (
        "method",
        "never called",
        GOOD,
        GOOD_TEST.replace(TESTED, "    mars.update(moons=3)\n"),
    ),
    "no_test": ("test", "no test", GOOD + "\n\ndef more(planet: Planet) -> None:\n    planet.add_moon()\n", ""),
    "the_test_fails": ("test", "assert 3 == 4", GOOD, GOOD_TEST.replace("== 3", "== 4")),
    "the_test_says_nothing": (
        "test",
        "says nothing",
        GOOD + "\n\ndef more(planet: Planet) -> None:\n    planet.add_moon()\n",
        "def test_nothing(visitor):\n    assert True\n",
    ),
    "the_test_is_skipped": ("test", "skipped", GOOD, GOOD_TEST.replace("def test_", "@pytest.mark.skip\ndef test_")),
    "the_test_exits": (
        "test",
        "come to their end",
        GOOD,
        GOOD_TEST.replace(TESTED, f"{TESTED}    import os\n    os._exit(0)\n"),
    ),
    "the_test_never_ends": (
        "test",
        "too long",
        GOOD,
        GOOD_TEST.replace(TESTED, f"{TESTED}    while True:\n        pass\n"),
    ),
    "assert_is_patched": (
        "test",
        "says nothing",
        GOOD
        + (
            "\n\ndef more(planet: Planet) -> None:\n    planet.add_moon()\n\n\n"
            "import _pytest.python\n\n_pytest.python.Function.runtest = lambda self: None\n"
        ),
        GOOD_TEST,
    ),
}
VIEWS = {"its_view_fails": {"show.tpl": "{{row.nothing_of_that_name}}\n"}}
DONE_RIGHT = {"all_is_done": ("", "", GOOD, GOOD_TEST)}


def write_planted(folder, planted):
    """A folder for each student."""
    for name, (_line, _said, file, test) in planted.items():
        place = folder / name
        (place / "models").mkdir(parents=True)
        (place / "tests" / "models").mkdir(parents=True)
        (place / "models" / "planet.py").write_text(file)
        if test:
            (place / "tests" / "models" / "test_planet.py").write_text(test)
        for view, text in VIEWS.get(name, {}).items():
            (place / "views" / "planets").mkdir(parents=True, exist_ok=True)
            (place / "views" / "planets" / view).write_text(text)
