"""Does for real what was tried on a copy, and nothing else: the same rows, in one transaction of the site."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import PeeweeException

from lab.secrets import is_secret_name
from lab.sql.limits import SECONDS_OF_SQL, STEPS_BETWEEN_LOOKS, hold_connection
from lab.sql.live_permissions import LivePermissions
from lab.sql.pieces import CHANGES, TOKEN_OF_SQL, Piece, pieces_of
from lab.sql.results import SqlResult
from lab.sql.running import run_sql
from lab.sql.words import reason_of
from models.shared.database import database
from models.shared.unavailable import Unavailable
from models.shared.version import current_version
from models.user import User
from routes.shared.log import log, quoted

BY_CHANCE = ("random", "randomblob")
FIRST, LAST = ("BEGIN",), ("COMMIT", "END")
FOLLOWS_CLASS = "Tables are not changed here for real: they follow the classes in models/. Change the class there."
OWN_TRANSACTION = "For real all of it is one transaction of the site: leave out ROLLBACK, SAVEPOINT, and inner COMMITs."

CHANGED_MEANWHILE = "Somebody has written meanwhile, and now it would do something else. Run it again to see what."
NOT_THE_SAME = "It would do another thing each time it is run, as with random(): so it cannot be done for real."
NO_RETURNING = "For real it gives no rows: leave out RETURNING."
NO_ADMIN = "Nobody would be an admin afterwards, so the site does not do it."
NOT_ALLOWED = "That is not done here: {}. For real a statement writes no table of the site's own, and reads no secret."
NOTHING_CHANGES = "Nothing would change."
IS_DONE = "It was done already. Run it again to see what it would do now."


class NotForReal(Exception):
    """It is not done; the message says why."""


def reason_against_real(result: SqlResult) -> str:
    """Why it cannot be done for real, as far as its words and what came of them tell."""
    if result.problem or result.changes is None:
        return result.problem or NOTHING_CHANGES
    try:
        require_real(result)
    except NotForReal as error:
        return str(error)
    return ""


def require_real(result: SqlResult) -> None:
    """NotForReal, with the reason."""
    tables = (result.changes or {})["tables"]
    if not pieces_for_real(result.sql) or not tables:
        raise NotForReal(NOTHING_CHANGES)
    if any(token.lower() in BY_CHANCE for token in TOKEN_OF_SQL.findall(result.sql)):
        raise NotForReal(NOT_THE_SAME)
    read = dict.fromkeys([*result.said["read_secrets"], *secret_names_in(result.sql)])
    if read:
        raise NotForReal(f"It names or reads {' and '.join(read)}, which is blank in the copy. For real nobody may.")
    written = [name for name, table in tables.items() if table["writes_secrets"]]
    if written:
        raise NotForReal(
            f"It writes a secret into {written[0]}. The site makes those itself: python -m models password UID."
        )


def secret_names_in(sql: str) -> list[str]:
    """The columns that it names and that are called like a secret: USING reads one without asking anybody."""
    tokens = [token for token in TOKEN_OF_SQL.findall(sql) if token[0] not in "'-/"]
    return [token.strip('"`[]') for token in tokens if is_secret_name(token)]


def pieces_for_real(sql: str) -> list[Piece]:
    """The statements that change rows. A transaction around all of them is the site's own. NotForReal for others."""
    pieces = pieces_of(sql)
    if len(pieces) > 1 and pieces[0].words[:1] == FIRST and pieces[-1].words[:1][0] in LAST:
        pieces = pieces[1:-1]
    for piece in pieces:
        if piece.kind == "control":
            raise NotForReal(OWN_TRANSACTION)
        if "RETURNING" in piece.words:
            raise NotForReal(NO_RETURNING)
        if piece.kind == "make":
            raise NotForReal(FOLLOWS_CLASS if piece.words[:1] != ("PRAGMA",) else "A PRAGMA is not set here for real.")
    return [piece for piece in pieces if piece.kind == "change" and set(piece.words) & {*CHANGES}]


def do_for_real(result: SqlResult) -> str:
    """Do it, in one transaction; in words what was done. NotForReal when it would not be what was shown."""
    reason = IS_DONE if result.done else reason_against_real(result)
    if reason:
        raise NotForReal(reason)
    version = require_same_effect(result)
    with database.atomic():  # from here on nobody else writes
        if result.done:
            raise NotForReal(IS_DONE)
        if current_version() is None or current_version() != version:
            require_same_effect(result)
        had_admin = has_admin()
        run_for_real(result)
        if had_admin and not has_admin():
            raise NotForReal(NO_ADMIN)
    result.done = done_in_words(result)
    log.warning("SQL of the lab was run for real: %s", quoted(result.sql))
    return result.done


def has_admin() -> bool:
    """Whether anybody is one."""
    return bool(User.select().where(User.role == "admin").exists())


def require_same_effect(result: SqlResult) -> Any:
    """Try it once more on a copy of now. The version of that; NotForReal when other rows would change."""
    version = current_version()
    now = run_sql(result.sql)
    if now["problem"]:
        raise NotForReal(str(now["problem"]))
    if not result.changes or now["changes"]["effect"] != result.changes["effect"]:
        raise NotForReal(CHANGED_MEANWHILE)
    return version


def run_for_real(result: SqlResult) -> None:
    """The statements, on the connection of this request. NotForReal when one changes more or fewer rows than shown."""
    tried = [each["count"] for each in result.statements if each["kind"] == "change"]
    for piece, expected in zip(pieces_for_real(result.sql), tried, strict=True):
        with database.told_before(piece.sql), held(database.connection(), piece.sql) as permissions:
            try:
                count = database.execute_sql(piece.sql).rowcount
            except Unavailable:
                raise
            except PeeweeException as error:
                refused = permissions.refused
                reason = NOT_ALLOWED.format(refused) if refused else reason_of(getattr(error, "orig", error))
                raise NotForReal(reason) from None
        if count != expected:
            raise NotForReal(NOT_THE_SAME)


@contextmanager
def held(connection: Any, sql: str) -> Iterator[LivePermissions]:
    """Hold the connection to what this one statement may do, for as long as this lasts."""
    permissions = LivePermissions(connection, sql)
    until = time.monotonic() + SECONDS_OF_SQL
    before = hold_connection(connection)
    connection.set_authorizer(permissions)
    connection.set_progress_handler(lambda: time.monotonic() > until, STEPS_BETWEEN_LOOKS)
    try:
        yield permissions
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)
        for limit, most in before.items():
            connection.setlimit(limit, most)


def done_in_words(result: SqlResult) -> str:
    """Like `users: 1 row gone. posts: 3 rows gone.`"""
    words = []
    for name, table in (result.changes or {})["tables"].items():
        counts = [(table[kind], kind) for kind in ("gone", "new", "changed") if table[kind]]
        said = [f"{n} {'row' if n == 1 else 'rows'} {kind}" for n, kind in counts]
        words.append(f"{name}: {', '.join(said)}.")
    return " ".join(words)
