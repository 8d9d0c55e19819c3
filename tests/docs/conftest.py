"""A running site for the lines of a page."""

import pytest

from tests.docs.pages import blocks, run_sh
from tests.server import free_port, server


@pytest.fixture
def site(tmp_path):
    """The address of a site with the lesson's passwords; its data is in `volumes/`, where the lines are run."""
    port = free_port()
    with server(tmp_path, port, SAMPLE_DATA="lesson"):
        yield f"127.0.0.1:{port}"


@pytest.fixture
def token(site, tmp_path):
    """A script's, as `docs/access.md` makes it."""
    (lines,) = blocks("docs/access.md", "sh")
    (printed,) = run_sh([f"{lines}\necho $TOKEN"], tmp_path, site)
    return printed.splitlines()[-1]


@pytest.fixture
def place(house):
    """The folder of a copy of the house, in which nobody has made a planet yet."""
    folder = house.models.parent
    (folder / "tests" / "models" / "test_planet.py").unlink(missing_ok=True)
    return folder
