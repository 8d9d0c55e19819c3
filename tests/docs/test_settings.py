"""The table has each setting with its default, and no other."""

import re
import urllib.request

import pytest

from config import BadSetting, Settings, read_settings
from tests.docs.pages import blocks, running_sh, text_of
from tests.server import free_port

PAGE = "docs/settings.md"
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.*?) \| (.*) \|$", re.MULTILINE)
ROWS = {name: (default, about) for name, default, about in ROW.findall(text_of(PAGE))}
NAMES = [name.upper() for name in Settings.__annotations__]


def test_each_setting_has_its_row_and_there_is_no_other():
    assert list(ROWS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_default_is_that_of_the_code(name):
    values = {getattr(read_settings({}, own_server), name.lower()) for own_server in (True, False)}
    default, _about = ROWS[name]
    if values <= {"", ()}:
        assert default.startswith("none")
    else:
        assert sorted(map(str, values)) == sorted(re.findall("`([^`]*)`", default))


@pytest.mark.parametrize("name", NAMES)
def test_what_can_be_chosen_is_on_the_page(name):
    try:
        read_settings({name: "?"}, own_server=True)
    except BadSetting as error:
        choices = re.search("must be one of (.*), not|must be a whole number (from .*), not", str(error))
        for choice in (choices[1] or choices[2]).split(", ") if choices else ():
            assert choice in "".join(ROWS[name]) or f"\n- `{choice}`: " in text_of(PAGE)


def test_the_line_sets_them(house, tmp_path):
    (line,) = blocks(PAGE, "sh")
    port, environ = free_port(), {"VOLUMES": str(tmp_path / "volumes"), "SAMPLE_DATA": "none"}
    with running_sh(line.replace("8087", str(port)), house.models.parent, **environ) as greeting:
        assert f"127.0.0.1:{port}" in greeting
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/users", timeout=30) as answer:
            assert "/login?next=" in answer.url
