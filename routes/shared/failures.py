"""What nobody asked for: a fault of ours, or of the machine."""

from bottle import HTTPError, request
from peewee import DatabaseError, InterfaceError, OperationalError

from models.shared.database import database
from models.shared.storage import DiskFull, StorageFailed, StorageUnreachable
from models.shared.tries import current_try
from models.shared.unavailable import Unavailable
from routes.shared.log import log, quoted
from routes.shared.state import current_state

RETRY_SECONDS = 1  # when it is worth asking again

NOTHING_WORKS = "Nothing can be read or kept here at this moment. Please try again."
IN_DOUBT = "Nobody can say just now whether this was saved."
LOOK_FIRST = f"{IN_DOUBT} Please look before you send it again."
SEND_AGAIN = f"{IN_DOUBT} Please send it again in a moment: it is done once, however often it is sent."


def failure(error: Exception) -> HTTPError:
    """The answer to what nobody asked for: a fault of ours, or of the machine. Only the log tells all of it."""
    this = current_try.get()
    if this and this.may_be_repeated():
        return HTTPError(503)  # which nobody sees
    if this and this.failure:
        database.obj.replace_lost()  # for the page that says so
    if has_words(error):
        log.error("Answered with 503: %s", " ".join([str(error), *getattr(error, "__notes__", ())]))
        return unavailable(error)
    log.error("%s %s failed", quoted(request.method), quoted(request.path), exc_info=error)
    current_state().has_failed = True
    request.app.note_failure(error)
    if is_unavailable(error) or (this and (this.failure or this.may_be_saved())):
        return unavailable(error)
    return HTTPError(500, "It has been written down and will be looked at.")


def in_doubt(has_key: bool) -> HTTPError:
    """503. Who has sent no one-time key is not told to try again, as some programs do so by themselves."""
    answer = HTTPError(503, SEND_AGAIN, Retry_After=RETRY_SECONDS) if has_key else HTTPError(503, LOOK_FIRST)
    answer.is_in_doubt = True
    return answer


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
    return isinstance(error, Unavailable | DiskFull | StorageUnreachable)


def unavailable(error: Exception) -> HTTPError:
    """503, as the database or the disk does not answer."""
    return not_now(str(error) if has_words(error) else NOTHING_WORKS)


def not_now(words: str, seconds: int = RETRY_SECONDS) -> HTTPError:
    """503. What was in doubt before, at an earlier try, is so still."""
    this = current_try.get()
    if this and this.may_be_saved():
        return in_doubt(this.has_key)
    return HTTPError(503, words, Retry_After=seconds)
