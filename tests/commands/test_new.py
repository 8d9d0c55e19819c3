"""`python -m models new` writes a model and its test, or says why not. (`test_resources.py` runs what it writes.)"""

import pytest

import commands as command
from commands import new as module

FIELDS = [f"{kind}{sign}:{kind}{mark}" for kind in module.FIELD_KINDS for sign, mark in (("_a", ""), ("_b", "?"))]


@pytest.fixture
def new(tmp_path, monkeypatch, capsys):
    """Call it as the command; it gives what is printed and the texts of the two files."""
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    monkeypatch.setattr(module, "TESTS", tmp_path)

    def run(name, *fields):
        command.main(["new", name, *fields])
        model, test = tmp_path / f"{name}.py", tmp_path / f"test_{name}.py"
        return capsys.readouterr().out, model.read_text(), test.read_text()

    return run


def test_it_writes_what_can_be_read_and_says_what_to_do_next(new):
    printed, model, test = new("pulsar", "name:char", "mass:float?", "found:date?")
    assert "start the site again, and look at /pulsars and /api/pulsars" in printed
    assert "class Pulsar(Resource):" in model
    assert "    name = CharField(max_length=100)\n    mass = FloatField(null=True)\n" in model
    assert "def init_pulsars() -> None:" in model
    assert "from models.pulsar import Pulsar, init_pulsars" in test


def test_every_kind_of_field_is_python(new):
    for text in new("thing", *FIELDS)[1:]:
        compile(text, "thing.py", "exec")


@pytest.mark.parametrize(
    ("name", "plural"), [("category", "categories"), ("shopping_list", "shopping_lists"), ("my_2nd", "my2nds")]
)
def test_the_plural_is_that_of_the_class(new, name, plural):
    _, model, test = new(name, "name:char")
    assert f"def init_{plural}()" in model
    assert f"/api/{plural}" in test


@pytest.mark.parametrize(
    "name", ["Planet", "2nd", "a b", "../x", "class", "none", "true", "user", "session", "joke", ""]
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(new, tmp_path, name):
    with pytest.raises(SystemExit, match=r"^Nothing was written: "):
        new(name, "name:char")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "fields",
    [["name"], ["name:word"], ["name:char??"], ["id:int"], ["self:char"], ["update:char"], ["a:int", "a:char"]],
)
def test_a_field_that_cannot_be_is_refused_and_nothing_is_written(new, tmp_path, fields):
    with pytest.raises(SystemExit, match=r"^Nothing was written: "):
        new("planet", *fields)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_as_it_is(new, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FOLDER", tmp_path / "models")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "pulsar.py").write_text("mine")
    with pytest.raises(SystemExit, match=r"is there already: models/pulsar\.py"):
        new("pulsar", "name:char")
    assert (tmp_path / "models" / "pulsar.py").read_text() == "mine"
