"""`from models import …`: what a model's file needs, loaded when it is asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

import models

HOUSE = Path(__file__).parents[2]


@pytest.mark.parametrize("name", models.__all__)
def test_each_name_is_the_class_of_that_name(name):
    assert getattr(models, name).__name__ == name


def test_there_is_no_other_name():
    with pytest.raises(ImportError, match="cannot import name 'Usr' from 'models'"):
        from models import Usr  # noqa: F401


def test_a_file_that_is_called_like_a_word_of_python_hides_nothing(monkeypatch):
    for name in ("import_module", "getattr", "vars"):
        monkeypatch.setattr(models, name, models, raising=False)
    assert models.User.__name__ == "User"


def test_a_table_alone_loads_no_other(monkeypatch):
    script = "import sys; from models import Resource; print([name for name in sys.modules if name == 'models.user'])"
    printed = subprocess.run([sys.executable, "-c", script], cwd=HOUSE, check=True, capture_output=True, text=True)
    assert printed.stdout == "[]\n"
