"""What CONTRIBUTING.md, the Makefile and VS Code's settings say of each other, and of the packages."""

import importlib.util
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import config
from tests.docs.pages import HOUSE, blocks, text_of

PAGE = "CONTRIBUTING.md"
RULE = re.compile(r"^([a-z]+):.*?  ## (.+)\n((?:\t.*\n)+)", re.MULTILINE)
RULES = {name: (about, recipe) for name, about, recipe in RULE.findall(text_of("Makefile"))}
PLACES = {
    "": "",
    "tests": "tests/",
    "clients": "tests/clients/",
    "fuzz": "tests/fuzz/",
    "browser": "tests/browser/",
    "servers": "tests/servers/",
    "postgresql": "tests/postgresql/",
    "storage": "tests/storage/",
    "benchmarks": "benchmarks/",
}


@pytest.mark.parametrize("arguments", [["help"], []])
def test_make_alone_and_make_help_list_each_target(arguments):
    if not shutil.which("make"):
        pytest.skip("there is no make here")
    command = ["make", "--no-print-directory", *arguments]
    printed = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    lines = dict(re.fullmatch(r"make (\w+) +(.*)", line).groups() for line in printed.splitlines())
    assert lines == {name: about for name, (about, _recipe) in RULES.items()}
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text_of("Makefile"), re.MULTILINE)
    assert phony.split() == list(RULES)


def test_the_page_has_each_target():
    assert set(re.findall(r"^\| `make (\w+)` \|", text_of(PAGE), re.MULTILINE)) == set(RULES) - {"help"}


def test_the_lines_without_make_are_those_of_the_makefile():
    """They are not run, as they install packages and are for Windows."""
    known = text_of("Makefile").replace("$(BIN)/", "").replace("--quiet --disable-pip-version-check ", "")
    for block in blocks(PAGE, "bat", "sh"):
        for line in block.splitlines():
            words = re.sub(r"^\.venv(\\Scripts\\|/bin/)|^(py|python3) -m ", "", line).removesuffix(" .venv")
            assert words in known, line


def test_each_package_of_the_table_is_where_its_first_word_says():
    rows = re.findall(r"^\| (?:\*(\w+)\* )?([^|*`]*) \| [^|]* \|$", text_of(PAGE).partition("## Dependencies")[2], re.M)
    told = {}
    for place, packages in rows:
        if packages not in ("package", "---"):
            names = re.findall(r"[\w-]+", packages)
            told.setdefault(PLACES[place], set()).update(name.lower() for name in names)
    for folder, names in told.items():
        pinned = re.findall(r"^([\w.-]+)==", text_of(f"{folder}requirements.txt"), re.MULTILINE)
        assert names - {"beautifulsoup", "hypothesis"} <= {name.lower() for name in pinned}
    run_time = re.findall(r"^([\w.-]+)==", text_of("requirements.txt"), re.MULTILINE)
    assert told[""] == {name.lower() for name in run_time}


def test_the_versions_are_those_of_the_program():
    (newest, *_) = re.findall(r"^## (\S+)", text_of("CHANGELOG.md"), re.MULTILINE)
    assert newest == config.VERSION
    oldest = tomllib.loads(text_of("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    for page in (PAGE, "README.md"):
        assert re.search(r"Python\W* (3\.\d+)", text_of(page))[1] == oldest


def test_vs_code_finds_the_tests_and_what_it_starts_is_there():
    settings = json.loads(text_of(".vscode/settings.json"))
    assert settings["python.testing.pytestEnabled"]
    assert all((HOUSE / folder).is_dir() for folder in settings["python.testing.pytestArgs"])
    entries = {each["name"]: each for each in json.loads(text_of(".vscode/launch.json"))["configurations"]}
    assert "Debug this test" in entries
    for entry in entries.values():
        is_file = (HOUSE / entry.get("program", "nothing")).is_file()
        assert is_file or importlib.util.find_spec(entry["module"])


def test_to_step_through_the_seed_in_vs_code_leaves_the_rows_of_the_site_alone():
    entries = json.loads(text_of(".vscode/launch.json"))["configurations"]
    (seed,) = [entry for entry in entries if entry.get("module") == "seed"]
    theirs = config.read_settings(seed["env"], own_server=True)
    assert theirs.volumes not in (config.Settings.volumes, Path())
    assert not theirs.database_url
