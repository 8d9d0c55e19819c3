"""What every throwaway site has already: the tables of the house, its sample users, and an admin who is logged in.

It is made once, before anybody's file is loaded.
"""

import gc
import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from config import Settings
from lab.checking.house_files import OF_THE_HOUSE
from lab.checking.student_process import CHEAP, SomeFiles
from models.shared import loading, passwords

# What takes its time to be loaded. Nothing of a student's is among it, and nothing that asks which models there are.
TO_LOAD = (
    "app models models.user models.session models.joke models.shared.schema models.shared.picture_decode bottle"
    " routes.shared.site routes.pages routes.users routes.posts routes.sessions routes.account routes.lesson"
    " routes.docs routes.history routes.shared.row_forms routes.shared.filter_form routes.description.document"
    " routes.erasing routes.uploads routes.choosing routes.jokes routes.lesson_people routes.lesson_jokes"
    " seed.sample werkzeug.security"
).split()
CLASSROOM = "classroom.sections"
FOR_TESTS = (
    "pytest webtest bs4 _pytest.assertion.rewrite _pytest.python _pytest.main _pytest.tmpdir _pytest.unittest"
    " _pytest.junitxml pdb tomllib"
).split()


@dataclass(frozen=True)
class EmptySite:
    """The bytes of that database, and by what an admin is known to it."""

    database: bytes
    token: str
    cookie: str


def load_all() -> bool:
    """Load what every student's process needs; whether tests can be run, too."""
    for name in (*TO_LOAD, *([CLASSROOM] if find_spec("classroom") else [])):
        import_module(name)
    try:
        for name in FOR_TESTS:
            import_module(name)
    except ImportError:
        return False
    finally:
        gc.freeze()  # what all processes share is looked at by none of them
    return True


def make_template() -> EmptySite:
    """In a process of its own, so that no connection stays in this one."""
    place = Path(tempfile.mkdtemp(prefix="portfolio-check-"))
    try:
        number = os.fork()
        if number == 0:
            try:
                write_template(place)
            except BaseException:  # noqa: BLE001
                import traceback

                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) != 0:
            raise OSError("A throwaway site cannot be made.")
        token, cookie = (place / "logins").read_text().split()
        return EmptySite((place / "sqlite.db").read_bytes(), token, cookie)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def write_template(place: Path) -> None:
    """The database and the logins, as files in `place`."""
    passwords.METHOD = CHEAP
    loading.FOLDER = SomeFiles(list(OF_THE_HOUSE))  # type: ignore[assignment]
    settings = Settings(volumes=place, sample_data="lesson")
    database = import_module("models.shared.database")
    database.bind_database(settings.database_path, readable_alone=True)
    loading.all_models()
    users = import_module("models.user").sample_users(lesson=True)
    import_module("models.shared.schema").prepare(users, with_rows=True)
    user, session = import_module("models.user").User, import_module("models.session").Session
    with database.database.connection_context():
        admin = user.get(uid="toby")
        logins = [session.start(admin, kind, "The checker")[1] for kind in ("script", "browser")]
    database.database.close_all()
    (place / "logins").write_text(" ".join(logins))
