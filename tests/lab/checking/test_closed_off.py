"""A student's file reaches nothing but its own throwaway place, and what it says of itself counts for nothing."""

import json
import socket
from pathlib import Path

import pytest

from lab.checking.lines import TO_DO
from tests.lab.checking.planted import CLASS, GOOD, GOOD_TEST, changed, write_planted
from tests.lab.checking.test_planted import needs_a_closed_place, only

SPY = """
import os, socket
from pathlib import Path

reached = []
for path in {read!r}:
    try:
        reached.append(Path(path).read_bytes() and path)
    except OSError:
        pass
for path in {written!r}:
    try:
        Path(path).write_text("x")
        reached.append(path)
    except OSError:
        pass
try:
    reached.append(socket.create_connection(("127.0.0.1", {port}), 1))
except OSError:
    pass
reached += [place for place in ("/", os.getcwd(), "/usr") if not os.statvfs(place).f_flag & os.ST_RDONLY]
reached += [name for name in os.environ if name == "SECRET_OF_THE_TEACHER"]
raise RuntimeError(f"reached {{reached}}")
"""
HELPFUL = """
import lab.checking.student_process as process

hoped = {"POST": 201, "DELETE": 204, "PATCH": 200, "GET": 200}
process.StudentSite.answer = lambda self, asked: {"status": hoped[asked["method"]], "body": "{}"}
"""
LINGERING = """
import os, time

if os.fork() == 0:
    while True:
        time.sleep(60)
"""
DESTROYING = """
import shutil

for place in ("/throwaway", {place!r}):
    shutil.rmtree(place, ignore_errors=True)
"""
MULTIPLYING = """
import os, time
from contextlib import suppress

for _ in range(150):
    with suppress(OSError):
        if os.fork() == 0:
            time.sleep(60)
time.sleep(1.5)
"""
FILLING = """
for number in range(100):
    with open(f"/throwaway/{number}", "wb") as file:
        file.write(b"0" * 20_000_000)
"""


@pytest.fixture
def check(house, tmp_path):
    """Call it with what stands above the class in the files of some students; it gives the verdict on each."""

    def of(**mischief):
        files = {name: ("", "", changed((CLASS, f"{lines}\n\n{CLASS}")), GOOD_TEST) for name, lines in mischief.items()}
        write_planted(tmp_path / "class", files | {"neighbour": ("", "", GOOD, GOOD_TEST)})
        environ = {"SECRET_OF_THE_TEACHER": "1"}
        _, printed, said = house("-m", "models", "check", str(tmp_path / "class"), "--json", **environ)
        assert said == ""
        return {verdict["student"]: verdict for verdict in json.loads(printed)}

    return of


@needs_a_closed_place
def test_it_reads_nobody_else_writes_nowhere_and_has_no_network(check, house, tmp_path):
    place = house.models.parent
    (house.volumes).mkdir()
    (house.volumes / "sqlite.db").write_text("rows of the site")
    (tmp_path / "private").write_text("a file of the teacher")
    read = [tmp_path / "class/neighbour/models/planet.py", tmp_path / "private", house.volumes / "sqlite.db"]
    read += [
        Path("/etc/passwd"),
        Path("/etc/hostname"),
        Path("/old/etc/passwd"),
        Path("/proc/self/environ"),
        Path(__file__),
    ]
    written = [place / "models/planet.py", place / "models/shared/rows.py", place / "new", Path("/usr/new")]
    with socket.create_server(("127.0.0.1", 0)) as server:
        spy = SPY.format(read=[*map(str, read)], written=[*map(str, written)], port=server.getsockname()[1])
        assert only(check(spy=spy)["spy"], TO_DO) == {"file": "RuntimeError: reached []."}


@needs_a_closed_place
def test_what_is_hoped_for_is_looked_for_in_the_table(check):
    to_do = only(check(helpful=HELPFUL)["helpful"], TO_DO)
    assert to_do["create"] == "After create() the table should have one more row, and has 0 more."


@needs_a_closed_place
def test_who_destroys_fills_or_stays_is_alone_with_it(check, tmp_path):
    destroying = DESTROYING.format(place=str(tmp_path))  # the house, the files of the others, the rows of the site
    verdicts = check(destroying=destroying, filling=FILLING, lingering=LINGERING)
    assert verdicts["neighbour"]["done"] == verdicts["neighbour"]["of"]
    assert verdicts["lingering"]["done"] == verdicts["lingering"]["of"]
    assert only(verdicts["filling"], TO_DO).keys() == {"file"}
    assert only(verdicts["destroying"], TO_DO).keys() == {"file"}
    assert (tmp_path / "house" / "app.py").exists()
    asked = str(tmp_path / "class").encode()
    assert not [file for file in Path("/proc").glob("[0-9]*/cmdline") if asked in content(file)]


@needs_a_closed_place
def test_who_takes_all_processes_takes_none_of_somebody_else(check):
    neighbour = check(multiplying=MULTIPLYING)["neighbour"]
    assert neighbour["done"] == neighbour["of"]


def content(file):
    try:
        return file.read_bytes()
    except OSError:
        return b""
