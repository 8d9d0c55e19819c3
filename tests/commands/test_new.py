"""`python -m models new` writes a model and its test, or says why not. (`test_resources.py` runs what it writes.)"""

import io

import pytest

import commands as command
from commands import new as module
from commands.new_fields import FIELD_KINDS

FIELDS = [f"{kind}{sign}:{kind}{mark}" for kind in FIELD_KINDS for sign, mark in (("_a", ""), ("_b", "?"))]


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
    assert "/api/pulsars" in test


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
    "name", ["2nd", "../x", "a.b", "a'b", "ὕ", "日本", "class", "none", "true", "user", "session", "joke", ""]
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(new, tmp_path, name):
    with pytest.raises(SystemExit, match=r"^Nothing was written: "):
        new(name, "name:char")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "fields",
    [
        *(["name"], ["name:word"], ["name:char??"], ["id:int"], ["self:char"], ["update:char"], ["a:int", "a:char"]),
        *(["a:int", "á:char"], ["a:int:5..1"], ["a:int:1.5..2"], ["a:int:.."], ["a:int:many"], ["a:char:0"]),
        *(["a:text:5"], ["a:choice"], ["a:choice:one"], ["a:choice:one//two"], ["cover:image"], ["a:galaxy"]),
    ],
)
def test_a_field_that_cannot_be_is_refused_and_nothing_is_written(new, tmp_path, fields):
    with pytest.raises(SystemExit, match=r"^Nothing was written: "):
        new("planet", *fields)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("field", "line", "value"),
    [
        ("rating:int:1..5", "rating = IntegerField(minimum=1, maximum=5)", "rating=3"),
        ("rating:int:5..9", "rating = IntegerField(minimum=5, maximum=9)", "rating=5"),
        ("heat:float:..0.5?", "heat = FloatField(maximum=0.5, null=True)", "heat=0.5"),
        ("price:decimal:20..", "price = DecimalField(max_digits=10, decimal_places=2, minimum=20)", 'price="20"'),
        ("title:char:5:unique", "title = CharField(max_length=5, unique=True)", 'title="Somet"'),
        (
            "kind:choice:novel/poem_in_prose",
            'kind = CharField(max_length=100, choices=[("novel", "Novel"), ("poem_in_prose", "Poem in prose")])',
            'kind="novel"',
        ),
        ("owner", "owner = ForeignKeyField(User)", "owner=User.get()"),
        ("reader:user:optional", "reader = ForeignKeyField(User, null=True)", "reader=User.get()"),
        ("told:joke", "told = ForeignKeyField(Joke)", "told=Joke.get()"),
        ("told:Jokes?", "told = ForeignKeyField(Joke, null=True)", "told=Joke.get()"),
        ("after:thing", 'after = ForeignKeyField("self", null=True)', ""),
        ("cover:image", "cover = ImageField()", ""),
        ("größe:int", 'grosse = IntegerField(verbose_name="Größe")', "grosse=3"),
        ("Reading-Time:int", "reading_time = IntegerField()", "reading_time=3"),
    ],
)
def test_a_field_says_what_was_asked_for(new, field, line, value):
    _, model, _ = new("thing", "name:char", field)
    assert f"    {line}\n" in model
    assert f"        {value},\n" in model if value else f"        {line.split()[0]}=" not in model
    compile(model, "thing.py", "exec")


def test_it_imports_what_it_needs(new):
    _, model, _ = new("thing", "name:char", "rating:int:1..5", "cover:image", "told:joke", "owner")
    head = model.partition("\n\n\n")[0].partition("\n\n")[2]
    assert head.splitlines() == [
        "from peewee import CharField, ForeignKeyField",
        "",
        "from models import ImageField, IntegerField, Resource, User",
        "from models.joke import Joke",
    ]


@pytest.mark.parametrize(
    ("name", "options", "plural"),
    [
        ("shelf", [], "shelves"),
        ("bookshelf", ["--plural", "bookshelves"], "bookshelves"),
        ("sales_person", [], "sales_people"),
        ("sheep", [], "sheep"),
        ("thing", ["--plural", "Many Things"], "many_things"),
    ],
)
def test_a_plural_that_no_rule_knows_is_said_once_in_the_class_and_used_everywhere(new, name, options, plural):
    printed, model, test = new(name, "name:char", *options)
    assert f'    name = CharField(max_length=100)\n\n    plural = "{plural}"\n\n\ndef init_{plural}()' in model
    assert f'"/api/{plural}"' in test
    assert f"Several are called {plural}, as the class says." in printed
    assert f"look at /{plural} and /api/{plural}" in printed


def test_who_sits_there_is_asked_for_a_plural_that_is_not_known(new, monkeypatch):
    asked = answers(monkeypatch, "rooves")
    _, model, _ = new("roof", "name:char")
    assert asked == ["What are several called? Press Enter for roofs: "]
    assert 'plural = "rooves"' in model


@pytest.mark.parametrize(
    ("asked", "name", "class_name"),
    [
        ("ReadingList", "reading_list", "ReadingList"),
        ("reading-list", "reading_list", "ReadingList"),
        ("Bücher", "bucher", "Bucher"),
        ("Planet", "planet", "Planet"),
        ("ŁÓDŹ", "lodz", "Lodz"),
    ],
)
@pytest.mark.usefixtures("new")
def test_a_name_becomes_one_that_works_with_a_word_about_it(tmp_path, capsys, asked, name, class_name):
    command.main(["new", asked, "name:char"])
    assert capsys.readouterr().out.startswith(f"{asked} becomes {name}: ")
    assert f"class {class_name}(Resource):" in (tmp_path / f"{name}.py").read_text()


def test_a_model_that_must_be_there_first_is_named(new):
    with pytest.raises(SystemExit, match=r"A model galaxy must be there first: python -m models new galaxy name:char$"):
        new("planet", "home:galaxy")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def answers(monkeypatch, *typed):
    """Somebody sits there and types this; the questions."""
    asked, rest = [], list(typed)

    def reply(question):
        asked.append(question)
        if not rest:
            raise EOFError
        return rest.pop(0)

    monkeypatch.setattr("builtins.input", reply)
    monkeypatch.setattr("sys.stdin", Terminal())
    return asked


@pytest.mark.usefixtures("new")
def test_without_more_words_it_asks_step_by_step(tmp_path, monkeypatch, capsys):
    typed = "user", "class", "Shelf", "", "title", "", "no", "title", "id", "kind", "choice", "x", "novel/poem", ""
    answers(monkeypatch, *typed, "rating", "int", "5..1", "1..5", "yes", "told", "joke", "", "", "yes")
    command.main(["new"])
    printed = capsys.readouterr().out
    line = "new Shelf title:char kind:choice:novel/poem rating:int:1..5:optional told:joke owner\n"
    assert f"The same in one line: python -m models {line}" in printed
    assert "  title is there already\n" in printed
    text = (tmp_path / "shelf.py").read_text()
    assert "    rating = IntegerField(minimum=1, maximum=5, null=True)\n" in text
    assert '    owner = ForeignKeyField(User)\n\n    plural = "shelves"\n' in text


@pytest.mark.usefixtures("new")
def test_who_answers_no_more_gets_nothing_written(tmp_path, monkeypatch):
    answers(monkeypatch, "shelf", "", "title")
    with pytest.raises(SystemExit, match=r"^Nothing was written\.$"):
        command.main(["new"])
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_as_it_is(new, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FOLDER", tmp_path / "models")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "pulsar.py").write_text("mine")
    with pytest.raises(SystemExit, match=r"is there already: models/pulsar\.py"):
        new("pulsar", "name:char")
    assert (tmp_path / "models" / "pulsar.py").read_text() == "mine"
