"""What is shown of an exception that nobody foresaw."""

from lab.record import Failure
from lab.secrets import Secrets


def failure_of(error: BaseException, secrets: Secrets) -> Failure:
    """What it is and where it came from; its variables as texts without secrets."""
    return Failure(type(error).__name__, secrets.hide(str(error))[:1000], [])
