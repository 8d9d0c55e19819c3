"""What the page says of how long something is kept is what the code does."""

import io
import re
import zipfile

from config import Settings
from models.attempt import Attempt
from models.draft import Draft
from models.joining import Joining
from models.known_browser import MOST_BROWSERS
from models.receipt import Receipt
from models.session import BROWSER_DAYS, MOST_LOGINS, SCRIPT_DAYS
from models.shared.alteration.kept import MOST_UNDOS
from models.shared.backup.kept import DAYS, MONTHS, WEEKS
from models.shared.exchange.waiting_files import WAITING_SECONDS
from models.sign_up import SignUp
from models.slip import SLIP_DAYS
from tests.docs.pages import text_of

PAGE = "docs/class.md"


def kept_for(start):
    return next(
        time for what, time in re.findall(r"^\| (.*) \| (.*) \|$", text_of(PAGE), re.MULTILINE) if start in what
    )


def test_how_long_something_is_kept_is_as_the_page_says():
    days, rows = Settings().history_limits
    assert kept_for("the history") == f"{days} days, and at most a million rows: `HISTORY`"
    assert rows == 1_000_000
    login = kept_for("a login")
    assert f"{BROWSER_DAYS} days after it was used last" in login
    assert f"{SCRIPT_DAYS} if nothing was said; never more than {MOST_LOGINS} of a person" in login
    assert kept_for("the browsers").endswith(f"never more than {MOST_BROWSERS} of a person")
    assert (
        kept_for("backups")
        == f"the newest of {DAYS} days, {WEEKS} weeks and {MONTHS} months: with `BACKUPS=daily` at most half a year"
    )
    assert MOST_UNDOS == 3
    hours = {"what was answered": Receipt, "what somebody wrote": Draft, "that somebody signed up": SignUp}
    for start, model in hours.items():
        assert kept_for(start).split()[0] == str(model.memory.total_seconds() / 3600).removesuffix(".0")
    assert f"over after {SLIP_DAYS} days, {SLIP_DAYS} more" in kept_for("a one-time password")
    assert kept_for("somebody who asks").startswith(f"{Joining.memory.days} days")
    assert kept_for("wrong passwords") == f"{Attempt.memory.total_seconds() / 60:.0f} minutes"
    assert kept_for("a file of rows") == f"{WAITING_SECONDS // 3600} hour"


def test_what_is_in_the_file_is_as_the_page_says(member):
    names = zipfile.ZipFile(io.BytesIO(member.get("/account/export").body)).namelist()
    for part in {re.sub("/.*", "/", name) for name in names}:
        assert f"| `{part}` |" in text_of(PAGE)
