"""`python -m models import` and `export`: rows of a table in and out."""

import json

import pytest

import commands as command
from models.joke import Joke
from models.shared.database import bind_database, database
from models.shared.schema import prepare
from models.user import User


@pytest.fixture
def models(tmp_path, monkeypatch, capsys):
    """Run a command on a database with three jokes; call it for what it prints, and what it says of its errors."""
    monkeypatch.setenv("VOLUMES", str(tmp_path / "volumes"))
    (tmp_path / "volumes").mkdir()
    bind_database(tmp_path / "volumes" / "sqlite.db")
    prepare()
    with database.connection_context():
        for number in range(3):
            Joke.create(joke=f"Joke {number}", haha=number)
    database.close_all()
    monkeypatch.chdir(tmp_path)

    def run(*arguments, typed=""):
        answers = iter([typed] if typed else [])
        monkeypatch.setattr("builtins.input", lambda _: next(answers, ""))
        command.main(arguments)
        return capsys.readouterr()

    return run


def refused(models, *arguments, capsys):
    with pytest.raises(SystemExit) as error:
        models(*arguments)
    return error.value.code, capsys.readouterr().err


def jokes():
    with database.connection_context():
        return [(row.joke, row.haha) for row in Joke.select().order_by(Joke.id)]


def test_what_goes_out_comes_in_again_as_it_was(models, tmp_path):
    before = jokes()
    for name in ("rows.csv", "rows.JSON"):
        printed = models("export", "jokes", name)
        assert printed.out == f"Wrote {name}.\n"
        assert "3/3" in printed.err
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
        with database.connection_context():
            Joke.delete().execute()
        said = models("import", "joke", name, "--yes")
        assert said.out.splitlines()[1:] == ["3 new, 0 changed, 0 as they were.", "Done."]
        assert "3/3" in said.err
        assert jokes() == before
    assert len(json.loads((tmp_path / "rows.JSON").read_text())) == 3
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []


def test_what_is_there_is_changed_by_a_field_and_what_is_new_is_added(models, tmp_path):
    (tmp_path / "rows.csv").write_text("id;joke;boohoo\n1;Joke one;5\n2;Joke 1;0\n9;Joke 9;0\n")
    printed = models("import", "jokes", "rows.csv", "--match", "id", "--yes").out
    assert printed.splitlines()[1] == "1 new, 1 changed, 1 as they were."
    assert jokes() == [("Joke one", 0), ("Joke 1", 1), ("Joke 2", 2), ("Joke 9", 0)]


def test_whoever_sits_there_is_asked_first(models, tmp_path):
    (tmp_path / "rows.csv").write_text("joke,unknown\nNew,1\n")
    with pytest.raises(SystemExit, match="Nothing was changed"):
        models("import", "jokes", "rows.csv", typed="n")
    assert len(jokes()) == 3
    assert "Left out, as no field is called so: unknown." in models("import", "jokes", "rows.csv", typed="y").out
    assert jokes()[3] == ("New", 0)


def test_every_problem_is_told_with_its_line_and_nothing_changes(models, tmp_path, capsys):
    (tmp_path / "rows.csv").write_text("joke,haha\nJoke 1,0\nGood,0\nBad,many\n,1\n")
    code, said = refused(models, "import", "jokes", "rows.csv", "--yes", capsys=capsys)
    assert code == "Nothing was changed: 3 problems."
    assert [line for line in said.splitlines() if line.startswith("line ")] == [
        "line 2: joke is already taken: 'Joke 1'",
        "line 4: haha must be a whole number: 'many'",
        "line 5: joke is required",
    ]
    assert len(jokes()) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import", "comets", "rows.csv"), "comets is no table that has files. There are: users, posts, jokes"),
        (("import", "jokes", "nothing.csv"), "nothing.csv cannot be read: No such file or directory"),
        (("import", "jokes", "rows.csv", "--match", "haha"), "--match must be one of joke, id"),
        (("export", "jokes", "rows.txt"), "must end with .csv or .json"),
        (("export", "jokes", "no/folder/rows.csv"), "cannot be written: No such file or directory"),
        (("export", "sessions", "rows.csv"), "sessions is no table that has files"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(models, tmp_path, capsys, arguments, words):
    (tmp_path / "rows.csv").write_text("joke\nNew\n")
    code, said = refused(models, *arguments, capsys=capsys)
    assert code == 2
    assert words in said


def test_what_is_no_text_is_said(models, tmp_path, capsys):
    (tmp_path / "rows.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, _ = refused(models, "import", "jokes", "rows.csv", capsys=capsys)
    assert code == "Nothing was changed: This is no text, but a picture."


def test_a_name_that_nobody_can_write_is_named_all_the_same(models, tmp_path):
    (tmp_path / "rows.json").write_text('[{"joke": "New", "\\ud800": 1}]')
    assert "no field is called so: ?." in models("import", "jokes", "rows.json", "--yes").out


def test_a_user_who_comes_in_has_no_password(models, tmp_path):
    (tmp_path / "rows.csv").write_text("name,uid,password,role\nAda,ada,hunter2hunter2,admin\n")
    assert "Left out, as no field is called so: password." in models("import", "users", "rows.csv", "--yes").out
    with database.connection_context():
        ada = User.get(uid="ada")
    assert (ada.password_hash, ada.role) == (None, "admin")
