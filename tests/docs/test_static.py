"""The options are those of the command, and the lines for GitHub Pages name what is there."""

import re
import shlex

from commands import COMMANDS, command_parser
from tests.docs.pages import HOUSE, blocks, text_of

PAGE = "docs/static.md"


def test_the_table_has_each_option():
    options = set(re.findall(r"^\| `(--[a-z]+)", text_of(PAGE), re.MULTILINE))
    assert options == {name for name in COMMANDS["freeze"].arguments if name.startswith("--")}


def test_the_workflow_runs_what_is_there():
    (workflow,) = blocks(PAGE, "yaml")
    seed, freeze = re.findall(r"- run: python -m (.*)", workflow)
    assert seed == "seed --yes"
    options = command_parser().parse_args(shlex.split(freeze)[1:])
    assert (options.command, options.folder, bool(options.site)) == ("freeze", "public", True)
    assert (HOUSE / "requirements.txt").is_file()


def test_the_first_line_is_the_command():
    first = blocks(PAGE, "sh")[0].splitlines()[0]
    assert command_parser().parse_args(first.split()[3:]).folder == "public"
