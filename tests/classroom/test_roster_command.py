"""`python -m models roster`: a class comes in at the machine."""

import json
import shutil

import pytest

from models.group import Group
from models.shared.database import database
from models.slip import Slip
from models.user import User
from tests.classroom.test_roster_formats import ROSTERS
from tests.typed import typed


@pytest.fixture
def roster(tmp_path, monkeypatch, sample_volumes, capsys):
    """Call it with what follows the command; it works on the sample rows."""
    shutil.copytree(sample_volumes, tmp_path / "volumes")
    monkeypatch.setenv("VOLUMES", str(tmp_path / "volumes"))
    monkeypatch.setenv("SAMPLE_DATA", "locked")
    yield lambda *arguments, **how: typed(capsys, "roster", *arguments, **how)
    if database.obj:
        database.close_all()


@pytest.fixture
def bad(tmp_path):
    """A file with one good line, one that is left out, and one with a problem."""
    path = tmp_path / "class.csv"
    path.write_text("Name,Login,Role\nAda King,ada,student\nTerry Lee,tlee,teacher\n=SUM(1),x1,student\n")
    return path


def test_it_shows_who_comes_in_and_asks_first(roster, bad, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _="": "n")
    done = roster(bad)
    assert done.code.startswith("Nothing was changed.")
    assert "line 2: Ada King, ada, new" in done.out
    assert "line 3 has the role “teacher”: left out" in done.out
    assert "line 4: Full name is a formula" in done.err
    assert "Bring in 1 people, and leave out 1 with a problem?" in done.err
    with database.connection_context():
        assert User.get_or_none(uid="ada") is None


def test_it_prints_the_one_time_passwords_and_makes_the_group(roster, bad):
    done = roster(bad, "--group", "P3", "--yes")
    assert "1 new, 1 left out, into the new group P3." in done.out
    name, uid, password = done.out.splitlines()[-1].split("\t")
    assert (name, uid) == ("Ada King", "ada")
    with database.connection_context():
        assert [each.uid for each in Group.get(name="P3").people()] == ["ada"]
        assert password not in Slip.get().password_hash


def test_a_program_gets_json(roster, bad):
    said = json.loads(roster(bad, "--yes", "--json").out)
    password = said["added"][0].pop("password")
    assert len(password) > 10
    assert said == {
        "added": [{"name": "Ada King", "uid": "ada"}],
        "there": [],
        "left_out": [{"line": 3, "why": "has the role “teacher”"}],
        "problems": [{"line": 4, "problem": "Full name is a formula: “=SUM(1)”"}],
    }
    again = json.loads(roster(bad, "--yes", "--json").out)
    assert (again["added"], again["there"]) == ([], [{"name": "Ada King", "uid": "ada"}])


def test_what_the_file_leaves_open_is_asked_for(roster):
    done = roster(ROSTERS / "excel-unicode-text.txt", "--yes", "--json")
    assert json.loads(done.out)["added"] == []
    assert "could be two days" in done.code
    assert roster(ROSTERS / "excel-unicode-text.txt", "--yes", "--dates", "mdy").code == 0
    with database.connection_context():
        assert str(User.get(uid="asmith9").dob) == "2010-04-05"


def test_who_is_there_is_changed_where_that_is_said(roster, tmp_path):
    path = tmp_path / "class.csv"
    path.write_text("Login,Name\nniko,Nikola T.\n")
    roster(path, "--yes")
    with database.connection_context():
        assert User.get_by_id(2).name == "Nikola Tesla"
    roster(path, "--yes", "--update")
    with database.connection_context():
        assert User.get_by_id(2).name == "Nikola T."


def test_of_oneroster_the_roles_are_taken_too(roster, bad):
    people, roles = (ROSTERS / f"oneroster-1.2-{part}.csv" for part in ("users", "roles"))
    said = json.loads(roster(people, "--roles", roles, "--yes", "--json").out)
    assert [person["uid"] for person in said["added"]] == ["asmith9"]
    assert "must be the roles.csv" in roster(people, "--roles", bad, "--yes").code


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"colour,shape\nred,round\n"])
def test_what_is_no_roster_changes_nothing(roster, tmp_path, content):
    path = tmp_path / "class.csv"
    path.write_bytes(content)
    done = roster(path, "--yes")
    assert done.code.startswith("Nothing was changed: ")
    said = json.loads(roster(path, "--json").out)
    assert (said["added"], said["there"], said["left_out"]) == ([], [], [])
    assert len(said["problems"]) == 1
    assert roster(tmp_path / "missing.csv").code == 2
