"""A server of objects in a bucket: it is asked again for a moment, and when it is away not by everybody."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import uniform
from threading import Condition, Lock
from typing import Any, TypeVar

from models.shared.room import room
from models.shared.storage import StorageUnreachable

CONNECT_SECONDS = 1.0
TIMES_ASKED = 3
FIRST_WAIT = 0.1  # seconds, then twice as long; a try begins within SECONDS_TO_GO_ON after the first one
SECONDS_TO_GO_ON = 3.0  # in which the server must go on
SECONDS_BEHIND_OTHERS = 0.25  # which is long for a server that is well
SECONDS_LEFT_ALONE = 2.0  # in which a server that is away is not asked
MOST_CONNECTIONS = 64  # that are kept open
AGAIN = {408, 409, 429}  # what else may come right by itself, besides 5xx

Answered = TypeVar("Answered")


class ObjectServer:
    """Where `region` or `endpoint_url` say; the keys are where the client looks for them."""

    def __init__(
        self, region: str, endpoint_url: str, seconds: float = SECONDS_TO_GO_ON, tries: int = TIMES_ASKED
    ) -> None:
        self.region, self.endpoint_url = region, endpoint_url
        self.seconds, self.tries = seconds, tries
        self.making, self.one_asks, self.others = Lock(), Lock(), Condition()
        self.asking = 0  # threads
        self.client: Any = None
        self.process = 0  # that has made the client
        self.is_away, self.asked_again = False, 0.0

    def ask(self, question: Callable[[Any], Answered]) -> Answered:
        """What `question` gives, which is called with the client.

        FileNotFoundError when there is no such object, FileExistsError when there must be none, StorageUnreachable.
        """
        with self.turn(), self.one_of_half():
            end = time.monotonic() + self.seconds
            for number in range(self.tries):
                try:
                    found = question(self.client_of_process())
                except errors_of_client() as error:
                    reason, is_away = why(error)
                    wait = uniform(0.5, 1) * FIRST_WAIT * 2**number  # noqa: S311 - so that not all come at once
                    if not is_away:
                        break
                    if self.is_away or number + 1 == self.tries or time.monotonic() + wait > end:
                        self.leave_alone()
                        break
                    time.sleep(wait)
                else:
                    self.is_away = False
                    return found
        raise StorageUnreachable(reason)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """As long as the server is away one asks it now and then. The others are told at once, and keep no thread."""
        if not self.is_away:
            yield
            return
        if time.monotonic() < self.asked_again or not self.one_asks.acquire(blocking=False):
            raise StorageUnreachable("it did not answer a moment ago")
        try:
            yield
        finally:
            self.one_asks.release()

    @contextmanager
    def one_of_half(self) -> Iterator[None]:
        """At most half of the threads that may be slow ask at once: where each answer takes long, pages have others."""
        with self.others:
            if not self.others.wait_for(lambda: self.asking < max(1, room.most // 2), SECONDS_BEHIND_OTHERS):
                raise StorageUnreachable("many are asking it")
            self.asking += 1
        try:
            yield
        finally:
            with self.others:
                self.asking -= 1
                self.others.notify()

    def leave_alone(self) -> None:
        """For a while. The next client is a new one, which looks for its keys anew."""
        self.is_away, self.asked_again = True, time.monotonic() + SECONDS_LEFT_ALONE
        self.client = None

    def client_of_process(self) -> Any:
        """The threads of a process share it. One that was forked must not have the connections of its parent."""
        with self.making:
            if self.client is None or self.process != os.getpid():
                self.client, self.process = self.new_client(), os.getpid()
            return self.client

    def new_client(self) -> Any:
        """Some servers know no checksums but those that they must, and few have a name for each bucket."""
        from botocore.config import Config  # loaded with the first picture, as it takes its time
        from botocore.session import Session

        sums: Any = dict.fromkeys(("request_checksum_calculation", "response_checksum_validation"), "when_required")
        config = Config(
            connect_timeout=min(CONNECT_SECONDS, self.seconds),
            read_timeout=self.seconds,
            max_pool_connections=MOST_CONNECTIONS,
            retries={"total_max_attempts": 1},
            **sums,
        )
        where = {"region_name": self.region or None, "endpoint_url": self.endpoint_url or None}
        return Session().create_client("s3", config=config, **where)


def errors_of_client() -> tuple[type[Exception], ...]:
    """What it raises when something is the matter."""
    from botocore.exceptions import BotoCoreError, ClientError

    return BotoCoreError, ClientError


def why(error: Any) -> tuple[str, bool]:
    """In a word that holds no secret; and whether the server is away, or wants none of us.

    FileNotFoundError and FileExistsError are answers.
    """
    answer = getattr(error, "response", None)
    if answer is None:
        return type(error).__name__, True
    status = answer["ResponseMetadata"].get("HTTPStatusCode", 0)
    code = str(answer["Error"].get("Code"))
    if status == 404 and code != "NoSuchBucket":
        raise FileNotFoundError from None
    if status == 412:
        raise FileExistsError from None
    return f"{status} {code if code.isalnum() else ''}".strip(), status in AGAIN or status >= 500
