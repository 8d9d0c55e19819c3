"""What the page adds to the README's planet: a rule, a method, a column, and the test that was written with it."""

from textwrap import indent

from tests.docs.pages import blocks, run_sh

PAGE = "docs/own-model.md"
TRY = """
from pathlib import Path
from models.planet import Planet
from models import Invalid
from models.shared.database import bind_database, database

bind_database(Path("volumes/sqlite.db"))
with database.connection_context():
    planet = Planet.get().add_moon()
    print(planet.read())
    try:
        planet.update(moons=-1)
    except Invalid as error:
        print(error)
"""


def test_a_rule_a_method_a_column_and_the_test(place):
    _install, test, _more = blocks(PAGE, "sh")  # the first one installs packages
    (lines,) = blocks(PAGE, "python")
    (new,) = [text for text in blocks("README.md", "sh") if " new planet " in text]
    start = 'python -c "from app import create_app; create_app()"'
    run_sh([new, start], place)
    model = place / "models" / "planet.py"
    text = model.read_text()
    head, tail = text.split("\n\n\ndef init_planets")
    head = head.replace("from peewee import ", "from collections.abc import Iterator\n\nfrom peewee import ")
    model.write_text(f"{head}\n\n{indent(lines, '    ')}\n\ndef init_planets{tail}")
    _, tried = run_sh([start, f"python - <<'END'{TRY}END\n"], place)
    row, refusal = tried.splitlines()
    assert "'moons': 4" in row
    assert refusal == "moons must not be negative"
    head, tail = model.read_text().split("\n\n    def problems")
    head = head.replace("import CharField", "import BooleanField, CharField")
    model.write_text(f"{head}\n    rings = BooleanField(default=False)\n\n    def problems{tail}")
    assert run_sh([start], place) == ["The table planets has a new column rings, as Planet has a new field."]
    assert " passed" in run_sh([test], place)[0]


def test_the_lines_that_say_more_start_and_their_tests_pass(place):
    _install, test, more = blocks(PAGE, "sh")
    start = 'python -c "from app import create_app; create_app()"'
    both = test.replace("tests/models/test_planet.py", "tests/models/test_shelf.py tests/models/test_book.py")
    made, started, tested = run_sh([more, start, both], place)
    assert "Several are called shelves, as the class says." in made
    assert started == ""
    assert " passed" in tested
