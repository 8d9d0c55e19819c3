"""The planet of the page changes as it says, and comes back."""

from textwrap import dedent

from tests.docs.pages import blocks, run_sh

PAGE = "docs/change-a-table.md"
HEAD = "from peewee import *\nfrom models import Resource\n\n\n"
INIT = "\n\ndef init_planets():\n    Planet.create(name='Mars', moons=2)\n    Planet.create(name='Venus', moons=0)\n"
START = 'python -c "from app import create_app; create_app()"'
ROWS = 'sqlite3 volumes/sqlite.db "select * from {}"'


def test_a_table_changes_as_the_page_says(place):
    before, today, named = map(dedent, blocks(PAGE, "python"))
    plain, answered, undo = map(dedent, blocks(PAGE, "sh"))
    model = place / "models" / "planet.py"
    model.write_text(HEAD + before + INIT)
    run_sh([START], place)
    model.write_text(HEAD + today)
    told = run_sh([f"{plain.strip()} 2>&1 || true"], place)[0]
    assert "Say --rename moons=satellites, or --drop moons" in told
    assert "Planet.rings is new and has no default; 2 rows need a value. Say --default rings=…" in told
    changed, started, rows = run_sh([answered, START, ROWS.format("planets")], place)
    assert 'migrator.rename_column("planets", "moons", "satellites")' in changed
    assert "Rehearsed on a copy in" in changed
    assert (started, rows) == ("", "1|Mars|2|0\n2|Venus|0|0")
    assert "As before: planets." in run_sh([undo], place)[0]
    model.write_text(HEAD + named)
    changed, started, rows = run_sh([plain, START, ROWS.format("worlds")], place)
    assert "World has the table planets, which is called worlds from now on." in changed
    assert (started, rows) == ("", "1|Mars|2\n2|Venus|0")
