"""`python -m models`: for whoever locked themselves out."""

import io
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import commands as command
from commands import admin, password
from models.closed_account import ClosedAccount
from models.session import Session
from models.shared.database import bind_database, database
from models.shared.schema import prepare
from models.user import User

HOUSE = Path(__file__).parents[2]


@pytest.fixture
def models(tmp_path, monkeypatch, capsys):
    """Run the command on a database with one admin; call it for what it prints."""
    monkeypatch.setenv("VOLUMES", str(tmp_path))
    bind_database(tmp_path / "sqlite.db")
    prepare()
    with database.connection_context():
        User.create(name="Ada Lovelace", uid="ada", password="correct horse")
    database.close_all()

    def run(*arguments, typed=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        command.main(arguments)
        return capsys.readouterr().out

    return run


def user(uid):
    with database.connection_context():
        return User.get(uid=uid)


def test_each_command_has_its_file_which_is_loaded_when_it_runs():
    files = {f"commands.{file.stem}" for file in (HOUSE / "commands").glob("[!_]*.py")}
    assert files >= {each.module for each in command.COMMANDS.values() if each.module.startswith("commands.")}
    script = "import sys, commands; commands.command_parser(); print(sorted(sys.modules.keys() & set(sys.argv)))"
    line = [sys.executable, "-c", script, *files]
    printed = subprocess.run(line, cwd=HOUSE, check=True, capture_output=True, text=True)
    assert printed.stdout == "[]\n"


def test_somebody_becomes_an_admin(models):
    assert models("admin", "ADA") == "ada is an admin.\n"
    assert user("ada").is_admin


def test_an_admin_whose_account_is_closed_can_log_in_again(models):
    with database.connection_context():
        cleo = User.create(name="Cleo", uid="cleo")
        ClosedAccount.close(user("ada"), cleo)
    models("admin", "ada")
    with database.connection_context():
        assert not ClosedAccount.select().exists()


def test_somebody_who_is_not_there_is_added(models):
    assert models("admin", "chief").splitlines() == [
        "chief was added and is an admin.",
        "There is no password yet: python -m models password chief",
    ]
    assert user("chief").is_admin
    assert user("chief").password_hash is None


def test_a_password_is_read_from_standard_input(models):
    with database.connection_context():
        Session.start(User.get(uid="ada"), "browser")
    assert "ada has a new password" in models("password", "ada", typed="battery staple\n")
    assert user("ada").check_password("battery staple")
    with database.connection_context():
        assert Session.select().count() == 0


def test_a_uid_may_be_typed_in_capitals_and_with_blanks(models):
    assert "ada has a new password" in models("password", " Ada ", typed="battery staple\n")
    assert "ada is an admin" in models("admin", "ADA ")


def test_a_password_is_asked_twice_on_a_terminal(models, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    answers = iter(["battery staple", "battery staple", "one", "another"])
    monkeypatch.setattr(password, "getpass", lambda prompt: next(answers))
    monkeypatch.setattr(io, "StringIO", Terminal)
    models("password", "ada")
    assert user("ada").check_password("battery staple")
    with pytest.raises(SystemExit, match="must be the same twice"):
        models("password", "ada")


@pytest.mark.parametrize(
    ("arguments", "typed", "reason"),
    [
        (("password", "nobody"), "battery staple\n", "uid does not exist"),
        (("password", "ada"), "short\n", "password must have at least 8 characters"),
        (("password", "ada"), "\n", "password is required"),
        (("admin", "a b"), "", "uid may only have"),
    ],
)
def test_what_cannot_be_done_is_one_line(models, arguments, typed, reason):
    with pytest.raises(SystemExit, match=f"^Nothing was changed: {reason}"):
        models(*arguments, typed=typed)
    assert user("ada").check_password("correct horse")


def test_it_makes_no_database_that_would_then_lack_its_sample_rows(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VOLUMES", str(tmp_path))
    with pytest.raises(SystemExit) as stop:
        command.main(["password", "toby"])
    assert stop.value.code == 2
    assert capsys.readouterr().err.startswith("There is no database yet: start the site once")
    monkeypatch.setenv("SAMPLE_DATA", "none")
    command.main(["admin", "chief"])
    assert "chief was added" in capsys.readouterr().out


def test_the_end_of_the_input_and_a_busy_database_are_one_line(models, monkeypatch, tmp_path):
    monkeypatch.setattr("models.shared.database.BUSY_SECONDS", 0.01)
    writer = sqlite3.connect(tmp_path / "sqlite.db", isolation_level=None)
    writer.execute("begin immediate")
    with pytest.raises(SystemExit, match=r"^Nothing was changed: Another program holds the database: "):
        models("admin", "ada")
    writer.close()

    def end(_options):
        raise EOFError

    monkeypatch.setattr(password, "run", end)
    with pytest.raises(SystemExit, match=r"^Nothing was changed\.$"):
        models("password", "ada")


def test_without_a_command_it_explains(models, capsys):
    with pytest.raises(SystemExit) as stop:
        models()
    assert stop.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_it_can_be_stopped_with_a_key(models, monkeypatch):
    def press(_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(admin, "run", press)
    with pytest.raises(SystemExit, match="Nothing was changed"):
        models("admin", "ada")
