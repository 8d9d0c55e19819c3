"""The API keeps to its own description, whatever is sent. Run by `make fuzz`; it tries the same each time."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi

from app import create_app
from config import Settings
from models.attempt import Attempt
from models.receipt import Receipt
from models.session import Session
from models.shared.database import bind_database, database
from models.shared.picture_decode import BROKEN_ANIMATION
from models.shared.picture_formats import NAMES
from models.shared.text import BLANKS, ENDS
from models.sign_up import SignUp
from models.user import User
from routes.shared.history.asked import models_with_history

# Servers close each answer; within the process Schemathesis leaves that to Python, which says so of a file.
pytestmark = pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")

EXAMPLES = 40  # for each operation and person, besides those that try each rule once
PEOPLE = {"visitor": None, "member": 2, "admin": 1}
ROWS = 30  # more than there are, so that some ids lead nowhere
LARGEST = 10**18  # has more digits than a path may have
OWN = {"users": 2, "posts": 4}  # the member's

# What a schema cannot say, so that data which it allows may be refused all the same: what other rows have, what a
# password is, what day it is, what can be seen …
BEYOND_A_SCHEMA = {
    "is already taken",
    "does not exist",
    "is wrong",
    "must stay admin, as nobody else is one",
    "must not be in the future",
    "must not be 123 and the user id, which everyone knows",
    "must not have control characters",
    "must have something that can be seen",
    "must have at most 30 accents on one letter",
    "is not a place in this list",
    "must be a .jpg, .png or .gif picture that is whole",
    BROKEN_ANIMATION,
    *NAMES.values(),
    "must not be empty",
    "cannot go with after",
    "needs a model",
    f"must be one of {', '.join(models_with_history())}",
    "must be a whole number",  # as 2.0 is one for a schema, and the word null in a form
    "must be somebody else",
    "is closed already",
    "has done nothing then that can be undone",
}
# … and what is left of a text without the blanks around it.
BEYOND_BLANKS = {"is required", "must have at least 2 characters"}

with TemporaryDirectory() as folder:  # only to see which operations there are
    api = schemathesis.openapi.from_wsgi("/api/openapi.json", create_app(Settings(volumes=Path(folder))))
    database.close_all()


@pytest.fixture(autouse=True)
def _sample_rows(tmp_path, sample_volumes):
    shutil.copytree(sample_volumes, tmp_path, dirs_exist_ok=True)
    bind_database(tmp_path / "sqlite.db")
    yield
    database.close_all()


def accepts_what_the_schema_allows(_context, response, case):
    """Schemathesis has such a check, which knows no reasons."""
    is_allowed = case.meta and case.meta.generation.mode.is_positive
    if is_allowed and response.status_code == 422:
        excused = BEYOND_A_SCHEMA | (BEYOND_BLANKS if has_blanks(case) else set())
        told = response.json()  # a change that cannot be undone says why, and has no values that could be wrong
        assert told["detail"]
        assert set(told.get("problems", {}).values()) <= excused, response.text
    elif is_allowed:
        # A visitor must log in, others own no such row, and a number in a path may lead nowhere.
        expected = (304, 401, 403, 404, 429)
        assert response.status_code < 300 or response.status_code in expected, response.text


def has_blanks(case):
    sent = case.body if isinstance(case.body, dict) else case.query
    return any(value != tidied(value) for value in sent.values() if isinstance(value, str))


def tidied(text):
    return BLANKS.sub(" ", text.strip(ENDS))


CHECKS = [
    checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
    openapi.unsupported_method,
    accepts_what_the_schema_allows,
]


@pytest.mark.parametrize("person", PEOPLE)
@api.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case, person):
    lead_to_a_row(case, person)
    case.headers.pop("If-Match", None)  # a made-up version is that of no row, and nothing else would be looked at
    # Within the process Schemathesis asks for gzip, and does not unpack it.
    response = case.call(headers=token_of(PEOPLE[person]) | {"Accept-Encoding": "identity"})
    case.validate_response(response, checks=CHECKS)


def lead_to_a_row(case, person):
    """Of the many numbers that an id may be, few are a row's."""
    number = case.path_parameters.get("id")
    if type(number) is int and 0 < number < LARGEST:
        own = OWN.get(case.path.split("/")[2]) if person == "member" and number % 2 else None
        case.path_parameters["id"] = own or number % ROWS


def token_of(id):
    with database.connection_context():
        Attempt.delete().execute()  # else all would soon be told to wait
        SignUp.delete().execute()
        Receipt.delete().execute()  # else a key stands for an earlier request
        user = User.get_or_none(User.id == id)
        return {"Authorization": f"Bearer {Session.start(user, 'script')[1]}"} if user else {}
