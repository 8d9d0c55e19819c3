"""Every route stands once and says who may call it, or the site does not start."""

import re
from collections import Counter
from functools import wraps
from inspect import getsourcelines

import pytest
from bottle import Bottle

from models.shared.start_errors import HOUSE, Unusable
from routes.shared.access import applied_guards, everyone, members_only
from routes.shared.section import Section
from routes.shared.site import Site


def show_all():
    """Somebody forgot to say who may see it."""


def twice(handler):
    @wraps(handler)
    def run(**values):
        handler(**values)
        return handler(**values)

    return run


def test_no_route_is_declared_twice(visit):
    """`/users/<id:int>` and `/users/<number:int>` are one: the later would take the place of the other."""
    rules = [(route.method, re.sub(r"<\w+", "<", route.rule)) for route in visit().app.routes]
    assert ("GET", "/users/<:int>") in rules
    assert [rule for rule, count in Counter(rules).items() if count > 1] == []


def test_no_route_ends_with_a_slash_that_is_taken_off(visit):
    site = visit().app
    for dialect in site.dialects:
        rules = [route.rule for route in site.routes if route.rule.startswith(dialect.prefix)]
        assert [rule for rule in rules if rule != dialect.path_to_match(rule)] == []


@pytest.mark.parametrize(
    "options",
    [{}, {"apply": []}, {"apply": twice}, {"apply": everyone.check}, {"apply": everyone, "skip": True}],
    ids=["nothing", "none", "a decorator", "a check alone", "a guard that is skipped"],
)
@pytest.mark.parametrize("add", [lambda: Section().route, lambda: Site().route], ids=["section", "site"])
def test_a_route_without_a_guard_is_refused_by_its_name_and_place(add, options):
    with pytest.raises(Unusable) as refused:
        add()("/all", "POST", show_all, **options)
    assert str(refused.value) == (
        f"tests/routes/test_routes.py, line {getsourcelines(show_all)[1]}: "
        "POST /all does not say who may call it\n"
        "Write apply=everyone there, or another guard of routes/shared/access.py."
    )


def test_a_decorator_beside_a_guard_is_none_of_the_guards():
    section = Section()
    section.get("/all", callback=show_all, apply=[members_only, twice, everyone])
    assert applied_guards(section.routes[0]) == [members_only, everyone]


def test_routes_of_no_section_are_refused_too():
    plain = Bottle()
    plain.get("/all", callback=show_all)
    with pytest.raises(Unusable, match="GET /all does not say who may call it"):
        Site().add(plain)


@pytest.mark.parametrize("file", ["users", "lesson", "docs"])
def test_the_start_ends_in_two_lines_that_name_the_route(house, file):
    place = house.models.parent / "routes" / f"{file}.py"
    before = place.read_text()
    place.write_text(f'{before}\n\n@routes.put("/all")\ndef show_all() -> str:\n    return ""\n')
    code, printed, told = house("-c", "from app import create_app; create_app()")
    assert (code, printed) == (2, "")
    assert told == (
        f"routes/{file}.py, line {len(before.splitlines()) + 3}: PUT /all does not say who may call it\n"
        "Write apply=everyone there, or another guard of routes/shared/access.py.\n"
    )


def test_only_its_routes_know_the_lessons_dialect_by_name():
    """All others get it from a Section, so a dialect can be taken out, or another one put in, with its own files."""
    files = [*HOUSE.glob("*.py"), *HOUSE.glob("routes/**/*.py"), *HOUSE.glob("models/**/*.py")]
    knowing = {file.name for file in files if "lesson_dialect" in file.read_text()}
    assert knowing == {"lesson.py", "lesson_people.py", "lesson_jokes.py"}
    assert all(file.name.startswith("lesson") for file in files if "shared.lesson_" in file.read_text())
