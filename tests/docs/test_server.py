"""The lines here name what is there. The table has each command."""

import re
import subprocess
import sys

import pytest

from app import create_app
from models.shared.unavailable import CROWDED, SQLITE_WORDS
from tests.docs.pages import HOUSE, blocks, surroundings, text_of

PAGE = "docs/server.md"
COMMAND = re.compile(r"^\| `python -m ([^`]*)` \|(.*)\|$", re.MULTILINE)


def test_the_lines_for_docker_name_what_is_there():
    """They are not run, as they need a Docker engine; `test_names.py` knows the commands in them."""
    start, first_admin, other = [line for text in docker_lines() for line in text.splitlines()]
    assert start == "docker compose up --build -d"
    compose = (HOUSE / "docker-compose.yml").read_text()
    for line in (first_admin, other):
        assert line.startswith("docker compose run --rm site python -m ")
    assert re.findall(r"^  (\w+):$", compose, re.MULTILINE) == ["site"]
    assert '- "8086:8086"' in compose
    assert "- ./volumes:/volumes" in compose
    assert "restart: unless-stopped" in compose
    assert "DIRECTORY: members" in compose
    assert "SIGN_UP: closed" in compose


def test_the_line_for_another_server_names_what_makes_the_site():
    """It is not run, as gunicorn is not among the packages."""
    (line,) = [text for text in blocks(PAGE, "sh") if text.startswith("gunicorn")]
    assert line == f"gunicorn --preload '{create_app.__module__}:{create_app.__name__}()'\n"


@pytest.mark.parametrize("module", ["models", "seed"])
def test_the_table_has_each_command_and_each_option(module):
    """A command of `models`, or an option: what `--help` has, and nothing else."""
    rows = [f"{command} {about}" for command, about in COMMAND.findall(text_of(PAGE)) if command.startswith(module)]
    words = {word for row in rows for word in re.findall(r"--[a-z]+", row)}
    words |= {row.split()[1] for row in rows if module == "models"}
    known = options_of(help_of(module)) - {"--help"}
    if module == "models":
        commands = set(re.findall(r"^    ([a-z-]+)\s", help_of(module), re.MULTILINE))
        options = [options_of(help_of(module, command)) for command in commands]
        known = commands | set().union(*options) - {"--help"}
    assert words == known


def docker_lines():
    return [text for text in blocks(PAGE, "sh") if text.startswith("docker ")]


def help_of(*words):
    command = [sys.executable, "-m", *words, "--help"]
    return subprocess.run(command, cwd=HOUSE, env=surroundings({}), capture_output=True, text=True, check=True).stdout


def options_of(text):
    return set(re.findall(r"--[a-z-]+", text))


def test_each_thing_that_can_be_the_matter_is_in_the_table_in_the_words_of_the_site():
    rows = list(re.findall(r"^\| ([A-Z][^|]*) \|", text_of(PAGE), re.MULTILINE))
    said = {CROWDED, *SQLITE_WORDS.values()}
    assert {words for words in said if words.startswith(tuple(rows))} == said
    assert len(rows) == len(said)
