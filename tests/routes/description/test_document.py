"""The description is made when somebody first asks for it, and once."""

import subprocess
import sys

import pytest

from tests.server import HOUSE

SCRIPT = """
import sys
from pathlib import Path

from webtest import TestApp

from app import create_app
from config import Settings

visitor = TestApp(create_app(Settings(volumes=Path(sys.argv[1]))))
for path in sys.argv[2:]:
    visitor.get(path, status=200)
    print(any(name.startswith("routes.description") for name in sys.modules))
"""


@pytest.mark.parametrize("path", ["/docs", "/api/openapi.json", "/lesson/openapi.json"])
def test_it_is_loaded_when_somebody_asks_for_it(path, sample_volumes):
    command = [sys.executable, "-c", SCRIPT, sample_volumes, "/users", path]
    done = subprocess.run(command, cwd=HOUSE, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True"]


def test_the_page_reads_it_and_leaves_it_as_it_is(visitor, visit):
    first_page, second_page = [visitor.get("/docs").body for _ in range(2)]
    assert first_page == second_page
    assert visitor.get("/api/openapi.json").body == visit().get("/api/openapi.json").body
