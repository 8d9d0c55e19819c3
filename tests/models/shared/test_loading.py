"""The model files: one that cannot be used ends the start in two lines, whatever is started."""

import re

import pytest

from models.shared.loading import NEEDED, all_models

START = ("-c", "from app import create_app; create_app()")


def test_parents_come_before_children():
    names = [model.__name__ for model in all_models()]
    assert names.index("User") < names.index("Post")


@pytest.mark.parametrize("name", NEEDED)
def test_a_file_that_the_site_cannot_do_without_is_not_to_be_moved_away(house, name):
    file = house.models / f"{name}.py"
    file.write_text(re.sub(r"\n(class .*\n)", r"\n\1    x = y\n", file.read_text(), count=1))
    (house.models / "apple.py").write_text("from models import Resource, User\n")
    for command in (START, ("-m", "models", "admin", "toby"), ("-m", "models", "new", "pear", "name:char")):
        code, printed, errors = house(*command)
        assert (code, printed) == (2, "")
        where, remedy = errors.splitlines()
        assert re.fullmatch(rf"models/{name}\.py, line [0-9]+: NameError: name 'y' is not defined", where)
        assert remedy == "Mend that line, and start again."
    assert house("-c", "import app, commands, models, seed.__main__") == (0, "", "")
