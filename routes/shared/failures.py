"""What nobody asked for: a fault of ours, or of the machine."""

from bottle import HTTPError, request
from peewee import DatabaseError, InterfaceError, OperationalError

from models.shared.storage import DiskFull, StorageFailed
from models.shared.unavailable import Unavailable
from routes.shared.log import log, quoted
from routes.shared.state import current_state

RETRY_SECONDS = 1  # when it is worth asking again


def failure(error: Exception) -> HTTPError:
    """The answer to what nobody asked for: a fault of ours, or of the machine. Only the log tells all of it."""
    if has_words(error):
        log.error("Answered with 503: %s", error)
        return unavailable(error)
    log.error("%s %s failed", quoted(request.method), quoted(request.path), exc_info=error)
    current_state().has_failed = True
    request.app.note_failure(error)
    if is_unavailable(error):
        return unavailable(error)
    return HTTPError(500, "It has been written down and will be looked at.")


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the database or the disk is busy, broken or gone, rather than asked for something it cannot know.

    The first failure may be hidden by that of taking back what was half done.
    """
    while error:
        is_our_mistake = getattr(getattr(error, "orig", None), "sqlite_errorname", "") == "SQLITE_ERROR"
        is_broken = type(error) is DatabaseError  # the others of that name say what we did wrong
        if (is_broken or isinstance(error, OperationalError | InterfaceError | StorageFailed)) and not is_our_mistake:
            return True
        error = error.__context__
    return False


def has_words(error: Exception) -> bool:
    """Whether the error says what is the matter, for whoever sits at the site."""
    return isinstance(error, Unavailable | DiskFull)


def unavailable(error: Exception) -> HTTPError:
    """503, as the database or the disk does not answer."""
    reason = str(error) if has_words(error) else "Nothing can be read or kept here at this moment. Please try again."
    return HTTPError(503, reason, Retry_After=RETRY_SECONDS)
