"""The lab is a room that can be taken away: the core is the same without it."""

import pytest


@pytest.fixture
def bare(house):
    """A copy of the house without the lab."""
    house.take_away("lab")
    return house


def test_the_tests_of_the_core_pass_without_it(bare):
    names = ("jokes", "pages", "posts", "sessions", "users")
    core = ["tests/models/test_user.py", *(f"tests/routes/test_{name}.py" for name in names)]
    code, printed, _ = bare("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *core)
    assert code == 0, printed[-3000:]
    assert " passed" in printed


def test_without_it_the_lesson_is_served_and_its_commands_work(bare):
    code, _, said = bare("-m", "seed", SAMPLE_DATA="lesson")
    assert (code, said) == (0, "")
    script = (
        "from app import create_app; from config import Settings; from webtest import TestApp\n"
        "from pathlib import Path\n"
        "site = TestApp(create_app(Settings(volumes=Path('v'), sample_data='lesson', lab='on')))\n"
        "print('statements' in site.get('/users').text, site.get('/lab/requests', status=404).status_int)"
    )
    assert bare("-c", script)[:2] == (0, "False 404\n")


def test_without_it_show_says_what_is_missing(bare):
    code, _, said = bare("-m", "seed", "--show")
    assert (code, said) == (2, "--show needs the folder lab, which is not here\n")
    assert bare("-m", "seed")[0] == 0
    code, _, said = bare("-m", "models", "sweep", "--show")
    assert (code, said) == (2, "--show needs the folder lab, which is not here\n")
