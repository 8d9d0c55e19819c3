"""Each finding has its line, which names the version that its script installs. The scripts themselves are not run."""

import re

import pytest

from tests.docs.pages import HOUSE, text_of

PAGE = "findings/README.md"
ROWS = dict(re.findall(r"^\| \[([\w.-]+)\]\(\1\) \| ([^|]+) \|", text_of(PAGE), re.MULTILINE))


def test_the_page_has_each_script():
    assert set(ROWS) == {file.name for file in (HOUSE / "findings").glob("*.sh")}


@pytest.mark.parametrize("script", ROWS)
def test_a_line_names_the_versions_that_the_script_installs(script):
    text = text_of(f"findings/{script}")
    assert re.findall(r"[\d.]+\d", ROWS[script])[0] in text
    assert "pip install" in text or "apt-get download" in text
    assert "mktemp -d" in text


def test_the_script_of_the_example_is_there():
    (name,) = re.findall(r"^sh (findings/\S+)$", text_of(PAGE), re.MULTILINE)
    assert (HOUSE / name).is_file()
