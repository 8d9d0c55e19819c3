"""The drawing of the rooms has each file of the first floor, and no file that is not there."""

import re

import pytest

from tests.docs.pages import HOUSE, blocks

PAGE = "docs/ARCHITECTURE.md"
ROOMS, _imports, REQUEST = blocks(PAGE, "text")
WINGS = [line for line in ROOMS.splitlines() if not re.match(r" *(app|config)\.py ", line)]
MIDDLE = next(line.index("routes/") for line in WINGS if "routes/" in line)
COLUMNS = {
    "models": "\n".join(line[:MIDDLE] for line in WINGS),
    "routes": "\n".join(line[MIDDLE:] for line in WINGS),
}


@pytest.mark.parametrize("wing", COLUMNS)
def test_the_first_floor_is_drawn_as_it_is(wing):
    here = {file.name for file in (HOUSE / wing).glob("[!_]*.py")}
    drawn = set(re.findall(r"\w+\.py", COLUMNS[wing]))
    assert drawn <= here, f"not there: {drawn - here}"
    assert here <= drawn | yours(wing), f"not drawn: {here - drawn}"


def yours(wing):
    """The files of models of your own."""
    from models.shared.loading import all_resources
    from models.shared.start_errors import file_of

    return {file_of(model).name for model in all_resources()} if wing == "models" else set()


@pytest.mark.parametrize("wing", COLUMNS)
def test_what_is_drawn_of_the_machinery_is_there(wing):
    (drawn,) = re.findall(r"shared/ +([^…]*)…", COLUMNS[wing])
    names = [name.split()[-1] for name in drawn.split(",")]
    assert [name for name in names if not (HOUSE / wing / "shared" / f"{name.strip()}.py").is_file()] == []


def test_the_request_passes_files_that_are_there():
    files = re.findall(r"\S+\.(?:py|tpl)", REQUEST)
    assert len(files) > 6
    assert [name for name in files if not (HOUSE / name).is_file()] == []
