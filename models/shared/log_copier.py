"""Copies SQLite's write-ahead log into the main file as soon as nobody writes, so that the file can be read alone."""

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread, current_thread

QUIET_SECONDS = 0.1  # without a write, before it is copied
SLOWEST_SECONDS = 0.5  # between two tries, while a reader still needs the old rows


class LogCopier:
    """A thread that lives from a write until everything is copied; at rest there is none, so a process may fork.

    `copy` copies what can be copied, and says whether that was all.
    """

    def __init__(self, copy: Callable[[], bool]) -> None:
        self.copy = copy
        self.lock = Lock()
        self.thread: Thread | None = None
        self.stopped = Event()
        self.has_news = False

    def wanted(self) -> None:
        """There are new rows in the log."""
        with self.lock:
            self.has_news = True
            if self.thread is None or not self.thread.is_alive():  # a fork leaves one that is dead
                self.thread = Thread(target=self.run, args=(self.stopped,), daemon=True)
                with suppress(RuntimeError):  # the process is about to end, and copies then
                    self.thread.start()

    def run(self, stopped: Event) -> None:
        """Try until all is copied and nobody has written since."""
        pause = QUIET_SECONDS
        while not stopped.wait(pause):
            with self.lock:
                is_quiet, self.has_news = not self.has_news, False
            if not is_quiet:
                pause = QUIET_SECONDS
                continue
            pause = min(pause * 2, SLOWEST_SECONDS)
            if self.copy():
                with self.lock:
                    if not self.has_news and not stopped.is_set():
                        self.thread = None
                        return

    def stop(self) -> bool:
        """End the thread, before its connection is closed. Whether there was one; the next write starts another."""
        with self.lock:
            thread, self.thread, self.has_news = self.thread, None, False
            self.stopped.set()
            self.stopped = Event()
        if thread is None:
            return False
        if thread.is_alive() and thread is not current_thread():
            thread.join()  # SQLite would crash when its connection is closed meanwhile
        return True
