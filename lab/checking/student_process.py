"""The process in which a student's file runs: it starts a site with that model, and does what it is asked.

Whatever it says may have been said by the student's file, so it is only looked at as words and values.
"""

import faulthandler
import os
import resource
import socket
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config import BadSetting, Settings
from lab.checking.messages import Messages
from lab.checking.trying_tests import run_tests
from models.shared import loading, passwords
from models.shared.kinds import KINDS, kind_of_class
from models.shared.plurals import class_of
from models.shared.remedies import problem_in_words
from models.shared.resource import is_owner
from models.shared.start_errors import HOUSE, Unusable, mistake_in

MEMORY = 768 * 1024 * 1024
MOST_WRITTEN_TO_A_FILE = 24 * 1024 * 1024
MOST_PROCESSES = 32
SECONDS_OF_CPU = 12
NO_CLASS = "There is no model in it: write class {}(Resource)."
SHORTER = 0.3  # seconds before its time is over it says where it is
CHEAP = "pbkdf2:sha256:1"  # a throwaway site has no password that is worth more


def hold_student_process(most_processes: int | None) -> None:
    """So much memory, time and disk. No count of processes for who runs as you: all that you have open counts."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_FSIZE: MOST_WRITTEN_TO_A_FILE,
        resource.RLIMIT_CPU: SECONDS_OF_CPU,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 256,
    }
    if most_processes:
        limits[resource.RLIMIT_NPROC] = most_processes
    for kind, most in limits.items():
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def speak_to_nobody() -> None:
    """What it prints goes nowhere, and it reads nothing."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)


def serve_judge(line: socket.socket, job: dict[str, Any], stacks: int) -> None:
    """Start the site and say so; then do what is asked, until nobody asks any more."""
    messages = Messages(line)
    faulthandler.dump_traceback_later(job["seconds"] - SHORTER, file=stacks)
    passwords.METHOD = CHEAP
    if job["only"]:
        loading.FOLDER = SomeFiles(job["only"])  # type: ignore[assignment]
    try:
        {"site": StudentSite, "rows": make_rows, "test": run_tests}[job["work"]](messages, job)
    except (Unusable, BadSetting) as error:
        messages.send({"unusable": str(error)})
    except Exception as error:  # noqa: BLE001 - as a start that nobody thought of
        messages.send({"unusable": "\n".join(failure_in_words(error, job["files"]))})


def make_rows(messages: Messages, job: dict[str, Any]) -> None:
    """Only the tables and the sample rows: nobody asks for a page of them."""
    with import_module("seed.house").open_house(settings_of_student(job)):
        messages.send({"ready": True})


def settings_of_student(job: dict[str, Any]) -> Settings:
    """Of a site in the folder that it may write."""
    return Settings(volumes=Path(job["volumes"]), sample_data="lesson", lab="off", remember="no")


class SomeFiles:
    """The folder of models, in which only some are looked for: where others cannot be kept away."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def glob(self, _pattern: str) -> list[Path]:
        """The files of these names."""
        return [HOUSE / "models" / f"{name}.py" for name in self.names]


class StudentSite:
    """The site with one student's model."""

    def __init__(self, messages: Messages, job: dict[str, Any]) -> None:
        self.messages, self.files = messages, job["files"]
        self.failure: list[str] = []
        self.site = self.started(job)
        messages.send({"ready": described_model(job["model"])})
        for asked in messages.received():
            faulthandler.dump_traceback_later(job["seconds_to_answer"] - SHORTER, file=job["stacks"])
            self.failure = []
            messages.send(self.answer(asked) | {"failure": self.failure})

    def started(self, job: dict[str, Any]) -> Any:
        """The site, in the folder that it may write."""
        loading.all_models()
        sections = import_module("routes").SECTIONS
        sections += [name for name in job["sections"] if name not in sections]
        site = import_module("app").create_app(settings_of_student(job))
        site.note_failure = self.note_failure
        return site

    def note_failure(self, error: Exception) -> None:
        """Where the student's file has failed, for whoever asks next."""
        self.failure = failure_in_words(error, self.files)

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What the site answers to a request."""
        said: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            said[:] = [status, headers]

        body = b"".join(self.site(environ_of(asked), start))
        return {"status": int(said[0][:3]), "body": body.decode("utf-8", "replace")}


def environ_of(asked: dict[str, Any]) -> dict[str, Any]:
    """A request as a server would give it."""
    url, body = urlsplit(asked["path"]), asked["body"].encode()
    return {
        "REQUEST_METHOD": asked["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": url.path,
        "QUERY_STRING": url.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8086",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost:8086",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/json" if body else "",
        "CONTENT_LENGTH": str(len(body)),
        asked["header"]: asked["login"],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def failure_in_words(error: BaseException, files: list[str]) -> list[str]:
    """Its file and line, and what it is: in the student's file, as far as it led there."""
    found, line = HOUSE / files[0], 0
    for name in files:
        place, at = mistake_in(error, HOUSE / name)
        if str(place) in (str(HOUSE / each) for each in files) and is_in_trace(error, place):
            found, line = place, at
            break
    return [f"{found.relative_to(HOUSE)}, line {line or 1}: {problem_in_words(error)}"]


def is_in_trace(error: BaseException, place: Path) -> bool:
    """Whether what has failed led through this file."""
    step = error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename == str(place):
            return True
        step = step.tb_next
    return isinstance(error, SyntaxError)


def described_model(file: str) -> dict[str, Any]:
    """What the model says of itself."""
    models = [model for model in loading.all_resources() if model.__module__ == f"models.{file}"]
    if not models:
        raise Unusable(f"models/{file}.py, line 1: {NO_CLASS.format(class_of(file))}")
    model = next((each for each in models if each.__name__ == class_of(file)), models[0])
    return {
        "class": model.__name__,
        "plural": model.plural,
        "fields": [described_field(field) for field in model.own_fields()],
        "open": list(model.open_fields()),
    }


def described_field(field: Any) -> dict[str, Any]:
    """What one field says of itself."""
    field_class: Any = type(field)
    base = kind_of_class(field_class)
    word = next(each.__name__ for each, kind in KINDS.items() if kind is base)
    default = getattr(field, "default", None)
    return {
        "name": field.name,
        "column": field.column_name or f"{field.name}_name",  # of a picture, which is several columns
        "kind": "Choice" if field.choices else word,
        "null": bool(getattr(field, "null", True)),
        "has_default": default is not None,
        "default_is_made": callable(default),
        "unique": bool(getattr(field, "unique", False)),
        "choices": [value for value, _label in field.choices or ()],
        "length": getattr(field, "max_length", None),
        "minimum": as_plain(getattr(field, "minimum", None)),
        "maximum": as_plain(getattr(field, "maximum", None)),
        "refers_to": field.rel_model._meta.table_name if word == "ForeignKeyField" else "",
        "is_owner": is_owner(field),
    }


def as_plain(limit: Any) -> Any:
    """A limit as JSON has it."""
    return limit if limit is None or isinstance(limit, int) else float(limit)
