"""What the site tells of itself is a room that can be taken away, and costs nothing where nobody asks for it."""

import pytest

NOT_LOADED = (
    "import sys; from app import create_app; from webtest import TestApp\n"
    "site = TestApp(create_app()); site.get('/users/page/1'); site.get('/made-up', status=404)\n"
    "print([name for name in sys.modules if name.split('.')[0] in ('metrics', 'prometheus_client')])\n"
    "print(type(site.app).__mro__[0].__name__)"
)


@pytest.fixture
def bare(house):
    """A copy of the house without the room."""
    house.take_away("metrics")
    return house


def test_the_tests_of_the_core_pass_without_it(bare):
    core = [f"tests/routes/test_{name}.py" for name in ("access", "pages", "sessions")]
    core += [f"tests/routes/shared/test_{name}.py" for name in ("errors", "log", "remembered")]
    code, printed, _ = bare("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *core)
    assert code == 0, printed[-3000:]
    assert " passed" in printed


@pytest.mark.parametrize("asked", [{"METRICS": "yes"}, {"LOG": "json"}])
def test_without_it_a_setting_that_asks_for_it_ends_the_start(bare, asked):
    code, _, said = bare("app.py", **asked)
    assert (code, said) == (2, "METRICS and LOG=json need the folder metrics, which is not here\n")


def test_where_nobody_asks_for_it_nothing_is_loaded(house):
    code, printed, said = house("-c", NOT_LOADED)
    assert (code, printed) == (0, "[]\nSite\n"), said


def test_the_library_is_loaded_with_the_first_scrape(house):
    lines = NOT_LOADED.replace("('metrics', 'prometheus_client')", "('prometheus_client',)")
    code, printed, said = house("-c", lines, METRICS="yes", LOG="json")
    assert (code, printed) == (0, "[]\nMeasuredSite\n"), said
