"""`python -m models check`: which models it looks at, what it says, and where it runs nothing."""

import json

import pytest

from lab.checking.student_process import MOST_PROCESSES
from tests.lab.checking.planted import CLASS, GOOD, GOOD_TEST
from tests.lab.checking.test_planted import needs_a_closed_place

# As on a system that makes no closed place for anybody.
NOWHERE = """
import sys
import lab.checking.sandbox

def refuse(flags):
    raise PermissionError(1, "Operation not permitted")

lab.checking.sandbox.unshare = refuse
from commands import main
main(sys.argv[1:])
"""


@pytest.fixture
def planet(house):
    """A model of one's own, in the house."""
    (house.models / "planet.py").write_text(GOOD)
    (house.models.parent / "tests" / "models" / "test_planet.py").write_text(GOOD_TEST)
    return house


def test_all_models_of_the_house_are_those_that_did_not_come_with_it(planet):
    code, printed, said = planet("-m", "models", "check", "--all")
    assert (code, printed.splitlines()[0], said) == (0, "planet: 13 of 13", "")


def test_a_model_of_the_house_is_found_by_each_of_its_names(planet):
    names = ["planet", "planets", "Planet", "models/planet.py"]
    script = f"from lab.checking.handed_in import own_handed_in; print({{own_handed_in(n).file for n in {names}}})"
    assert planet("-c", script)[1] == "{'models/planet.py'}\n"


def test_what_is_to_do_has_its_file_and_line(planet):
    (planet.models / "planet.py").write_text(GOOD.replace("return self.update(moons=self.moons + 1)", "pass"))
    code, printed, _ = planet("-m", "models", "check", "planet")
    assert code == 1
    assert "to do            A method of your own is there, and called\n" in printed
    assert "models/planet.py:21: add_moon() does nothing yet." in printed


@pytest.mark.parametrize("name", ["moon", "joke", ""])
def test_without_such_a_model_it_says_which_there_are(planet, name):
    code, printed, said = planet("-m", "models", "check", *([name] if name else []))
    assert (code, printed) == (2, "")
    assert "planet" in said


def test_where_nothing_can_be_closed_off_only_own_files_run_and_that_is_said(planet, tmp_path):
    code, printed, said = planet("-c", NOWHERE, "check", "planet")
    assert (code, printed.splitlines()[0]) == (0, "planet: 13 of 13")
    assert said == "Nothing closes a file off on this system, so your file runs as you.\n"
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.py").write_text(GOOD)
    code, printed, said = planet("-c", NOWHERE, "check", str(tmp_path / "class"))
    assert (code, printed) == (2, "")
    assert said == "This system lets us make no closed place, so only files of this house are run here.\n"


def test_what_one_has_open_besides_counts_for_nothing_where_the_file_runs_as_oneself(planet):
    few = f"import resource\n\nassert resource.getrlimit(resource.RLIMIT_NPROC)[0] != {MOST_PROCESSES}\n\n\n"
    (planet.models / "planet.py").write_text(GOOD.replace(CLASS, few + CLASS))
    code, printed, _ = planet("-c", NOWHERE, "check", "planet")
    assert (code, printed.splitlines()[0]) == (0, "planet: 13 of 13")


@needs_a_closed_place
def test_a_folder_may_have_files_folders_and_whole_copies_of_the_house(house, tmp_path):
    place = tmp_path / "class"
    for student in ("bob", "cem/models", "cem/tests/models", "dana"):
        (place / student).mkdir(parents=True)
    (place / "ada.py").write_text(GOOD)
    (place / "test_ada.py").write_text(GOOD_TEST)
    (place / "bob" / "planet.py").write_text(GOOD)
    (place / "bob" / "test_planet.py").write_text(GOOD_TEST)
    (place / "cem" / "models" / "planet.py").write_text(GOOD)
    (place / "cem" / "models" / "user.py").write_text("nonsense")
    (place / "cem" / "tests" / "models" / "test_planet.py").write_text(GOOD_TEST)
    (place / "eve.py").symlink_to(place / "ada.py")
    code, printed, _ = house("-m", "models", "check", str(place), "--json")
    verdicts = {verdict["student"]: verdict for verdict in json.loads(printed)}
    assert code == 1
    assert {name: verdict["done"] for name, verdict in verdicts.items()} == {"ada": 13, "bob": 13, "cem": 13, "dana": 0}
    assert verdicts["dana"]["lines"][0]["says"] == "dana has no model: a file like dana/planet.py"


@needs_a_closed_place
def test_several_are_a_table(house, tmp_path):
    place = tmp_path / "class"
    for student in ("ada", "bob"):
        (place / student).mkdir(parents=True)
        (place / student / "planet.py").write_text(GOOD)
    (place / "ada" / "test_planet.py").write_text(GOOD_TEST)
    _, printed, _ = house("-m", "models", "check", str(place))
    assert printed.splitlines()[:3] == [
        "student  model   done      to do",
        "ada      planet  13 of 13",
        "bob      planet  11 of 13  method, test",
    ]
