"""A model file that cannot be used is two lines: where, and what to do."""

import sys

import pytest
from peewee import DeferredForeignKey

import models
from models.shared import loading
from models.shared.loading import all_models
from models.shared.resource_checks import RESERVED
from models.shared.start_errors import Unusable
from models.user import User
from routes import all_sections, resources

IMPORT = "Import it above: from"
HEAD = "from peewee import *\nfrom models.shared.resource import Resource\nfrom models.user import User\n"


@pytest.fixture
def refusal(tmp_path, monkeypatch):
    """Call it with the text of `planet.py`, and of other files, for the lines that end the start."""
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    monkeypatch.setattr(models, "__path__", [str(tmp_path), *models.__path__])
    all_models.cache_clear()

    def read(text, **files):
        for name, lines in {"planet": text, **files}.items():
            (tmp_path / f"{name}.py").write_text(lines)
            monkeypatch.delitem(sys.modules, f"models.{name}", raising=False)  # a student may have one of that name
        with pytest.raises(Unusable) as stop:
            all_models()
        return str(stop.value).splitlines()

    known = dict(User._meta.backrefs)
    yield read
    all_models.cache_clear()
    for field in User._meta.backrefs.keys() - known.keys():  # of a class that is gone
        User._meta.backrefs.pop(field)
        User._meta.model_backrefs.pop(field.model, None)
    for file in tmp_path.glob("*.py"):
        sys.modules.pop(f"models.{file.stem}", None)


@pytest.mark.parametrize(
    ("text", "line", "error"),
    [
        ("def planets(:\n", 1, "SyntaxError: "),
        ("x = (\n", 1, "SyntaxError: "),
        ("import nowhere\n", 1, "ModuleNotFoundError: No module named 'nowhere'"),
        ("\nfrom peewee import CharFeild\n", 2, "ImportError: cannot import name 'CharFeild'"),
        (HEAD + "class Planet(Resource):\n    name = CharField(max_lenght=5)\n", 5, "TypeError: "),
        ("x = 1 / 0\n", 1, "ZeroDivisionError: division by zero"),
        ("class Planet(Resource):\n    pass\n", 1, "NameError: name 'Resource' is not defined"),
    ],
)
def test_a_file_that_cannot_be_imported_names_its_line(refusal, text, line, error):
    place, remedy = refusal(text)
    assert place.startswith(f"planet.py, line {line}: {error}")
    assert remedy.endswith("Mend that line, or move planet.py away, and start again.")


def test_a_file_that_another_one_imports_names_itself(refusal):
    place, remedy = refusal("import models.star\n", star="\n\nstar = sun\n")
    assert place == "star.py, line 3: NameError: name 'sun' is not defined"
    assert "move star.py" in remedy


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("from models import User\nUser._uid\n", 2, "Did you mean uid? "),
        ("from models import User\nUser.uidd\n", 2, "Did you mean uid? "),
        ("from models import User\nUser().crate()\n", 2, "Did you mean create? "),
        (
            "from models import Resource\nclass Planet(Resource):\n    x = CharField()\n",
            3,
            f"{IMPORT} peewee import CharF",
        ),
        ("class Planet(Resource):\n    pass\n", 1, f"{IMPORT} models import Resource. "),
        ("x = Joke\n", 1, f"{IMPORT} models.joke import Joke. "),
        ("from models import Joke\n", 1, f"{IMPORT} models.joke import Joke. "),
        ("from models import Resorce\n", 1, "Did you mean Resource? "),
        ("x = CharFeild\n", 1, "Did you mean CharField? "),
        ("x = ReadingList\n", 1, "There is no models/reading_list.py. Make it first: python -m models new reading_l"),
        ("import models.galaxy\n", 1, "There is no models/galaxy.py. Make it first: python -m models new galaxy nam"),
        (f"{HEAD}class Planet(Resource):\n    x = ForeignKeyField('Joke')\n", 4, "Write the class itself, without "),
        (f"{HEAD}class Planet(Resource):\n    x = IntegerField(minimum=1)\n", 5, "Take the field from models instead "),
    ],
)
def test_a_mistake_whose_cure_is_known_says_it(refusal, text, line, remedy):
    place, said = refusal(text)
    assert place.startswith(f"planet.py, line {line}: ")
    assert said.startswith(remedy)
    assert said.endswith("Mend that line, or move planet.py away, and start again.")


def test_a_model_that_nobody_has_written_is_told_where_it_is_referred_to(refusal):
    place, remedy = refusal(f"{HEAD}class Planet(Resource):\n    home = DeferredForeignKey('Galaxy')\n")
    assert place == "planet.py, line 4: Planet has a field home that refers to galaxy, which is no model"
    assert remedy == "Make it first: python -m models new galaxy name:char."
    DeferredForeignKey._unresolved.clear()


METHOD = "def problems(self):\n{}    yield 'name', 'must be better'\n"


@pytest.mark.parametrize(
    ("pasted", "line", "problem"),
    [
        ("\n" + METHOD.format(""), 7, "problems() has a self and stands outside of the class"),
        (
            "\ndef init_planets():\n    pass\n    " + METHOD.format("    "),
            9,
            "problems() has a self and stands within init_planets()",
        ),
        (
            "    def shine(self):\n        pass\n        " + METHOD.format("        "),
            8,
            "problems() has a self and stands within shine()",
        ),
    ],
)
def test_a_method_at_the_wrong_depth_is_a_mistake(refusal, pasted, line, problem):
    place, remedy = refusal(f"{HEAD}class Planet(Resource):\n    name = CharField()\n{pasted}")
    assert place == f"planet.py, line {line}: {problem}"
    assert remedy == "Move it into the class Planet: four blanks before its def, eight before its lines."


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("readers = 'all'", "has the readers 'all'"),
        ("writers = 'nobody'", "has the writers 'nobody'"),
        ("readers = 'owners'", "is for its owners to read, and no field says who owns a row"),
        ("plural = 'users'", "would have the address /users, which the site has already"),
        ("plural = 'api'", "would have the address /api, which the site has already"),
        ("plural = 'login'", "would have the address /login, which the site has already"),
        ("plural = 'a b'", "has the plural 'a b'"),
        ("plural = 'Planets'", "has the plural 'Planets'"),
        ("sorts = ('id', 'size')", "has 'size' in sorts, which is no field of it"),
        ("sort = '-size'", "is sorted by '-size', which is not in sorts"),
        ("ranges = ('size',)", "has 'size' in ranges, which is no field of it"),
        ("size = CharField()\n    ranges = ('size',)", "has 'size' in ranges, which is no number and no day"),
        ("read_only = ('size',)", "has 'size' in read_only, which is no field of it"),
        ("shows = ('id', 'size')", "has 'size' in shows, which is no field and no property of it"),
        ("data = BlobField()", "has a field data that is a BlobField"),
        ("update = DateField()", "has a field update which hides what every row has by that name"),
        ("name = CharField(primary_key=True)", "has a primary key of its own"),
        ("price = DecimalField(max_digits=20)", "has a field price with too many digits for SQLite"),
        ("size = CharField(choices=['ab'])", "has a field size with choices that cannot be chosen"),
        ("size = CharField(choices=[(1, 'One')])", "has a field size with choices that cannot be chosen"),
        ("owner = ForeignKeyField('self', null=True)", "has a field owner that hides whose a row is"),
        ("a = ForeignKeyField(User, object_id_name='owner_id')", "has a field a that hides whose a row is"),
        ("plural = CharField()", "has a field plural which hides what every row has by that name"),
        ("plural = 3", "has a plural that is no text"),
        ("sort = 3", "has a sort that is no text"),
        ("self = CharField()", "has a field self which hides what every row has by that name"),
        ("ID = CharField()", "has two fields in the column id"),
        (
            "user = ForeignKeyField(User)\n    writers = 'everyone'",
            "is for everyone to write, and each row must have an",
        ),
        (
            "a = ForeignKeyField('self', null=True, backref='read')",
            "has a field a with a backref which",
        ),
        (
            "b, a = CharField(), ForeignKeyField('self', backref='b')",
            "has a field a with a backref which",
        ),
        ("a = ForeignKeyField(User, on_delete='RESTRICT')", "has a field a with on_delete='RESTRICT'"),
        ("a = ForeignKeyField(User, on_delete='SET NULL')", "has a field a that would be emptied, and must not be"),
        ("a = ManyToManyField(User)", "has a field a that is a ManyToManyField"),
        ("x = CharField()\n    class Meta:\n        indexes = ((('x', 'y')), True)", "has ('x', 'y') in its indexes"),
        ("x = CharField()\n    class Meta:\n        indexes = ((('x'), True),)", "has ('x', True) in its indexes"),
        (
            "x = CharField()\n    class Meta:\n        indexes = ((('x', 'y'), True),)",
            "has an index on x, y, and not all",
        ),
        ("moons = IntegerField(default='many')", "has a field moons with the default 'many', which it would refuse"),
    ],
)
def test_a_class_that_cannot_be_a_resource_names_its_line(refusal, body, problem):
    place, remedy = refusal(f"{HEAD}class Planet(Resource):\n    {body}\n")
    assert place.startswith(f"planet.py, line 4: Planet {problem}")
    assert remedy.endswith(".")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("face_name, face = IntegerField(), ImageField()", "face_name, which the picture face needs for itself"),
        ("face, face_name = ImageField(), IntegerField()", "face_name, which the picture face needs for itself"),
        ("face = ImageField(null=False)", "face that must be there"),
        ("read = ImageField()", "read which hides what every row has by that name"),
    ],
)
def test_a_picture_that_cannot_be_is_told(refusal, fields, problem):
    place, _ = refusal(f"from models import *\nclass Planet(Resource):\n    {fields}\n")
    assert place.startswith(f"planet.py, line 2: Planet has a field {problem}")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ("minimum='1'", "has a field x with a minimum or maximum that is no number"),
        ("minimum=5, maximum=1", "has a field x with a minimum of 5 and a maximum of 1"),
        ("maximum=1, default=3", "has a field x with the default 3, which it would refuse"),
    ],
)
def test_limits_that_fit_no_number_are_told(refusal, options, problem):
    place, _ = refusal(f"from models import *\nclass Planet(Resource):\n    x = IntegerField({options})\n")
    assert place.startswith(f"planet.py, line 2: Planet {problem}")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("class Planet(Model):\n    pass\n", "nothing is made of Planet, as it is no Resource"),
        ("class Planet:\n    name = CharField()\n", "nothing is made of Planet, as it is no Resource"),
        ("class Planet(Resource):\n    name: str\n", "Planet has no fields"),
        ("class Planet(Resource):\n    name = CharField\n", "Planet has a field name without brackets"),
        ("exit()\n", "SystemExit"),
    ],
)
def test_what_would_end_or_be_passed_over_in_silence_is_told(refusal, text, problem):
    place, _ = refusal(HEAD + text)
    assert problem in place


def test_a_file_name_that_no_module_can_have_is_told(refusal):
    place, remedy = refusal("", **{"planet.v2": ""})
    assert (place, remedy) == (
        "planet.v2.py, line 1: this cannot be the name of a model's file",
        "Rename the file, like planet.py.",
    )


def test_a_file_may_be_called_like_a_word_of_python(refusal):
    place, _ = refusal("", list="from peewee import *\nx = y\n", type="", import_module="")
    assert place == "list.py, line 2: NameError: name 'y' is not defined"
    place, _ = refusal("", list="", type="", import_module="", shared="")
    assert place == "shared.py, line 1: this cannot be the name of a model's file"


@pytest.mark.parametrize(
    ("name", "body", "problem"),
    [
        ("Planet", "plural = 'others'", "is the name of a class in models/"),
        ("Other", "plural = 'planets'", "would have the table planets, as "),
        (
            "Other",
            "plural = 'planets'\n    class Meta:\n        table_name = 'others'",
            "would have the address /planets, as ",
        ),
    ],
)
def test_no_two_have_one_name(refusal, name, body, problem):
    other = f"{HEAD}class {name}(Resource):\n    {body}\n"
    place, _ = refusal(f"{HEAD}class Planet(Resource):\n    name = CharField()\n", another=other)
    assert problem in place


def test_rules_that_are_not_yielded_are_a_mistake(refusal):
    rule = "    def problems(self):\n        return 'name', 'must be better'\n"
    place, remedy = refusal(f"{HEAD}class Planet(Resource):\n    name = CharField()\n{rule}")
    assert place == "planet.py, line 6: problems() does not yield"
    assert remedy.startswith("Write: yield ")


@pytest.mark.parametrize("name", ["init_planet", "initPlanets"])
def test_sample_rows_that_nobody_would_make_are_a_mistake(refusal, name):
    place, remedy = refusal(f"{HEAD}class Planet(Resource):\n    name = CharField()\n\ndef {name}():\n    pass\n")
    assert place == f"planet.py, line 7: {name}() is never called"
    assert remedy == "Rename it: def init_planets():"


def test_every_address_that_the_site_has_is_reserved():
    others = [section for section in all_sections() if section is not resources.routes]
    parts = [route.rule.split("/")[1:] for section in others for route in section.routes]
    taken = {each[0] for each in parts} | {each[1] for each in parts if each[0] == "api"}
    assert {each for each in taken if each.isidentifier()} - {"jokes"} <= RESERVED
