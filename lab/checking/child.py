"""The judge's side of a student's process: it is started, asked, looked at, and ended whatever it does.

Between the two stands a keeper, a process of ours: it makes the closed place, reads what lies in it for the judge, and
ends the student's process when the judge says so or is gone.
"""

import os
import re
import shutil
import signal
import socket
import stat
import struct
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from config import forget_environment
from lab.checking.handed_in import HandedIn
from lab.checking.house_files import OF_THE_HOUSE, usual_files
from lab.checking.messages import Gone, Messages, Silent
from lab.checking.sandbox import THROWAWAY, become_nobody, enter_sandbox, nobody_alone
from lab.checking.student_process import MOST_PROCESSES, hold_student_process, serve_judge, speak_to_nobody
from lab.checking.system_calls import die_with_parent
from lab.checking.template import EmptySite
from lab.stage import hold_back

SECONDS_TO_START = 5.0
SECONDS_TO_ANSWER = 4.0
SECONDS_OF_TESTS = 10.0
MOST_OF_DATABASE = 24 * 1024 * 1024
PLACE_IN_STACK = re.compile(rb'File "([^"\n]+)", line (\d+)')
SIZE_OF_FILE = struct.Struct("!q")


class Child:
    """One process of a student. `work` is what it does: `site`, `rows` or `test`."""

    def __init__(self, handed_in: HandedIn, work: str, template: EmptySite, is_closed: bool) -> None:
        self.handed_in, self.work, self.template, self.is_closed = handed_in, work, template, is_closed
        self.place = "" if is_closed else tempfile.mkdtemp(prefix="portfolio-check-")
        ours, theirs = socket.socketpair()
        self.keeper_line, keeper_line = socket.socketpair()
        self.stacks, stacks = os.pipe()
        self.number = os.fork()
        if self.number == 0:
            ours.close()
            self.keeper_line.close()
            os.close(self.stacks)
            self.keep(theirs, keeper_line, stacks)
        theirs.close()
        keeper_line.close()
        os.close(stacks)
        self.messages = Messages(ours)
        self.stack = b""

    def again(self) -> "Child":
        """Another one that does the same."""
        return Child(self.handed_in, self.work, self.template, self.is_closed)

    @property
    def seconds(self) -> float:
        """How long it may take for one thing."""
        return SECONDS_OF_TESTS if self.work == "test" else SECONDS_TO_START

    def keep(self, line: socket.socket, keeper_line: socket.socket, stacks: int) -> NoReturn:
        """The keeper: never returns."""
        student, nobody = 0, nobody_alone()
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the judge ends it
            close_all_but(line.fileno(), keeper_line.fileno(), stacks)
            if self.is_closed:
                enter_sandbox(usual_files() | self.handed_in.files, nobody)
            volumes = Path(self.place or THROWAWAY) / "volumes"
            self.lay_out(volumes, nobody)
            student = os.fork()
            if student == 0:
                keeper_line.close()
                self.be_student(line, stacks, volumes, nobody)
            line.close()
            os.close(stacks)
            show_file(keeper_line, volumes / "sqlite.db")
        finally:  # whatever it is, the judge sees that nobody is there
            if student:
                os.kill(student, signal.SIGKILL)
                os.waitpid(student, 0)
            os._exit(0)

    def lay_out(self, volumes: Path, nobody: int) -> None:
        """What the student's process may write: a database with what every site has, twice."""
        for place in (volumes, volumes.with_name("template")):
            place.mkdir()
            (place / "sqlite.db").write_bytes(self.template.database)
            if self.is_closed and os.geteuid() == 0:
                for path in (place, place / "sqlite.db"):
                    os.chown(path, nobody, nobody)

    def be_student(self, line: socket.socket, stacks: int, volumes: Path, nobody: int) -> NoReturn:
        """The process in which the student's file is run."""
        try:
            die_with_parent()
            speak_to_nobody()
            home = str(volumes.parent)
            forget_environment(HOME=home, TMPDIR=home, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
            tempfile.tempdir = str(volumes.parent)
            hold_student_process(MOST_PROCESSES if self.is_closed else None)
            os.setsid()  # Linux shares the processors between sessions: who starts many processes takes no more
            if self.is_closed:
                become_nobody(nobody)
            else:
                hold_back(volumes.parent)
            serve_judge(line, self.job(stacks, volumes), stacks)
        finally:
            os._exit(0)

    def job(self, stacks: int, volumes: Path) -> dict[str, Any]:
        """What it has to know."""
        handed_in = self.handed_in
        return {
            "work": self.work,
            "model": handed_in.model,
            "files": [handed_in.file, *(name for name in handed_in.files if name != handed_in.file)],
            "only": [] if self.is_closed else [*OF_THE_HOUSE, *handed_in.modules("models")],
            "sections": handed_in.modules("routes"),
            "tests": handed_in.tests(),
            "volumes": str(volumes),
            "seconds": self.seconds,
            "seconds_to_answer": SECONDS_TO_ANSWER,
            "stacks": stacks,
        }

    def ask(self, method: str, path: str, body: str = "", *, is_page: bool = False) -> dict[str, Any]:
        """What the site answers, as an admin. Silent when it takes too long, Gone when it is no answer."""
        header = "HTTP_COOKIE" if is_page else "HTTP_AUTHORIZATION"
        login = f"session={self.template.cookie}" if is_page else f"Bearer {self.template.token}"
        self.messages.send({"method": method, "path": path, "body": body, "header": header, "login": login})
        answer = self.heard(SECONDS_TO_ANSWER)
        if not isinstance(answer.get("status"), int) or not isinstance(answer.get("body"), str):
            raise Gone
        return answer

    def next(self) -> dict[str, Any]:
        """What it says next by itself."""
        return self.heard(self.seconds)

    def heard(self, seconds: float) -> dict[str, Any]:
        """What it says within so many seconds. Silent, with the place where it is stuck, when that is nothing."""
        try:
            return self.messages.receive(seconds)
        except Silent:
            raise Silent(self.stuck_at()) from None

    def database(self) -> bytes:
        """The bytes of the SQLite file, as the keeper reads them. Gone where there is no such file."""
        try:
            self.keeper_line.settimeout(SECONDS_TO_ANSWER)
            self.keeper_line.sendall(b"?")
            size = SIZE_OF_FILE.unpack(received(self.keeper_line, SIZE_OF_FILE.size))[0]
            return received(self.keeper_line, size) if size >= 0 else b""
        except OSError:
            raise Gone from None

    def stuck_at(self) -> str:
        """Where it was when it took too long: the file and line that are the student's."""
        os.set_blocking(self.stacks, False)
        with suppress(BlockingIOError):
            self.stack += os.read(self.stacks, 1 << 16)
        for file, line in PLACE_IN_STACK.findall(self.stack):
            for name in self.handed_in.files:
                if os.fsdecode(file).endswith(f"/{name}"):
                    return self.handed_in.place(name, int(line))
        return ""

    def end(self) -> None:
        """It, and all that it has started, are gone afterwards."""
        for line in (self.keeper_line, self.messages.line):
            line.close()
        os.close(self.stacks)
        os.waitpid(self.number, 0)
        if self.place:
            shutil.rmtree(self.place, ignore_errors=True)


def close_all_but(*numbers: int) -> None:
    """What else is open here is nobody's business: other students' processes, and the judge's files."""
    before = 3
    for number in sorted(numbers):
        os.closerange(before, number)
        before = number + 1
    os.closerange(before, 4096)


def show_file(keeper_line: socket.socket, path: Path) -> None:
    """Send the file as often as the judge asks, until nobody is there."""
    while keeper_line.recv(1):
        content = regular_content(path)
        keeper_line.sendall(SIZE_OF_FILE.pack(-1) if content is None else SIZE_OF_FILE.pack(len(content)) + content)


def regular_content(path: Path) -> bytes | None:
    """Of a file that stands there itself: no link, no pipe, and of a size that can be."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(number, "rb") as file:
        found = os.fstat(number)
        is_usual = stat.S_ISREG(found.st_mode) and found.st_size <= MOST_OF_DATABASE
        return file.read(MOST_OF_DATABASE) if is_usual else None


def received(line: socket.socket, size: int) -> bytes:
    """So many bytes. OSError when they do not come."""
    parts = b""
    while len(parts) < size:
        part = line.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise OSError
        parts += part
    return parts
