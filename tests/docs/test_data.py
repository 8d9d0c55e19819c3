"""The lines to copy do what the page says."""

import csv
import json

from tests.docs.pages import blocks, run_sh

PAGE = "docs/data.md"


def test_the_lines_for_a_program_give_files(site, tmp_path):
    (lines,) = [text for text in blocks(PAGE, "sh") if "curl" in text]
    users, posts, some = run_sh(lines.splitlines(), tmp_path, site)
    assert [row["uid"] for row in csv.DictReader(users.splitlines())][:2] == ["toby", "niko"]
    assert [row["id"] for row in json.loads(posts)] == [3, 4, 6, 7, 13]
    assert [row["role"] for row in csv.DictReader(some.splitlines())] == ["user"] * 9


def test_the_lines_at_the_machine_bring_out_and_in_again(place):
    (lines,) = [text for text in blocks(PAGE, "sh") if "models" in text]
    made, printed = run_sh(["python -m seed --yes", lines], place)
    assert made.startswith("Made ")
    assert printed.splitlines()[0] == "Wrote jokes.csv."
    assert printed.splitlines()[-1] == "0 new, 0 changed, 7 as they were."
