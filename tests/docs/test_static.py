"""The options are those of the command, and the lines for GitHub Pages name what is there."""

import re
import sqlite3
from contextlib import closing

import yaml

from commands import COMMANDS, command_parser
from tests.docs.pages import HOUSE, blocks, run_sh, text_of

PAGE = "docs/static.md"
(WORKFLOW,) = blocks(PAGE, "yaml")


def test_the_table_has_each_option():
    options = set(re.findall(r"^\| `(--[a-z]+)", text_of(PAGE), re.MULTILINE))
    assert options == {name for name in COMMANDS["freeze"].arguments if name.startswith("--")}


def test_the_workflow_is_one_that_gives_pages_away():
    workflow = yaml.safe_load(WORKFLOW)
    (job,) = workflow["jobs"].values()
    assert workflow[True] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}  # YAML 1.1 reads `on` as true
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert job["environment"]["name"] == "github-pages"
    (given,) = [step["with"]["path"] for step in job["steps"] if step.get("uses", "").startswith("actions/upload-")]
    assert given == "public"
    ids = {step["id"] for step in job["steps"] if "id" in step}
    assert set(re.findall(r"steps[.](\w+)[.]outputs", WORKFLOW)) == ids


def test_the_workflow_makes_the_pages_of_the_sample_rows_or_of_those_that_are_there(place):
    installing, *lines = re.findall(r"- run: (.*)", WORKFLOW)
    assert (HOUSE / installing.split()[-1]).is_file()
    lines = [line.replace("${{ steps.pages.outputs.base_url }}", "https://school.example/class") for line in lines]
    run_sh(lines, place)
    assert "https://school.example/class/users/2/" in (place / "public" / "sitemap.xml").read_text()
    with closing(sqlite3.connect(place / "volumes" / "sqlite.db")) as rows, rows:
        rows.execute("update users set _name = 'Nikola of the other house' where id = 2")
    run_sh(lines, place)
    assert "Nikola of the other house" in (place / "public" / "users" / "2" / "index.html").read_text()


def test_the_first_line_is_the_command():
    first = blocks(PAGE, "sh")[0].splitlines()[0]
    assert command_parser().parse_args(first.split()[3:]).folder == "public"
