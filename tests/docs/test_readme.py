"""The README is short, and its lines to copy lead to what it says."""

import json
import re
import subprocess
import sys

from tests.docs.pages import blocks, run_sh, surroundings, text_of
from tests.server import free_port, server

PAGE = "README.md"


def test_it_is_short():
    assert len(text_of(PAGE).splitlines()) <= 130


def test_the_way_from_the_start_to_a_model_of_your_own(place):
    # The first lines install packages; `test_names.py` knows the targets of make.
    _make, look, new, ask = blocks(PAGE, "sh")
    (shell,) = blocks(PAGE, "python")
    port = free_port()
    with server(place, port, house=place, SAMPLE_DATA="lesson") as process:
        assert process.first_line.endswith("log in as toby with 123toby\n")
        rows = run_sh([look], place)[0].splitlines()
        assert rows[0] == "1|Thomas Edison|toby|1847-02-11"
        assert len(rows) == 10
        assert "'name': 'Ada King'" in run_python(shell, place)
    run_sh([new], place)
    model = place / "models" / "planet.py"
    model.write_text(model.read_text().replace('"Something"', '"Mars"'))
    with server(place, port, house=place, SAMPLE_DATA="lesson"):
        row, answer = run_sh([ask], place, f"127.0.0.1:{port}")[0].splitlines()
        assert row == "1|Mars|3|1.5|2008-04-05"
        assert [planet["name"] for planet in json.loads(answer)["planets"]] == ["Mars"]
        (address,) = re.findall(r"<http://127.0.0.1:8086(/.*)>", text_of(PAGE))
        assert "<h1>Planets</h1>" in run_sh([f"curl http://127.0.0.1:{port}{address}"], place)[0]


def run_python(lines, folder):
    command = [sys.executable, "-c", lines]
    return subprocess.run(command, cwd=folder, env=surroundings({}), capture_output=True, text=True, check=True).stdout
