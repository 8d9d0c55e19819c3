"""The log is written by a thread of its own: every line, in order, and all of them when it stops."""

import io
import logging
import threading

import pytest

from routes.shared import log
from routes.shared.log import Entry, LogWriter


@pytest.fixture
def writer(monkeypatch):
    """It writes into a text, without a pause."""
    monkeypatch.setattr(log, "PAUSE_SECONDS", 0)

    def start():
        writer = LogWriter()
        writer.stream = io.StringIO()
        writer.setFormatter(Entry())
        return writer

    return start


def say(writer, words):
    writer.handle(logging.LogRecord("portfolio", logging.INFO, "", 0, words, (), None))


def lines(writer):
    return [line.split(" ", 2)[2] for line in writer.stream.getvalue().splitlines()]


def test_each_line_is_there_in_its_order_when_it_has_stopped(writer):
    writer = writer()
    said = [f"line {number}" for number in range(1000)]
    for words in said:
        say(writer, words)
    writer.stop()
    assert lines(writer) == said


def test_a_line_is_never_in_two_pieces_nor_a_piece_longer_than_a_pipe_takes(writer):
    said, pieces = [f"{number} {'x' * (number * 7 % 200)}" for number in range(1000)] + ["y" * 9000, "end"], []

    class Pieces(io.StringIO):
        def write(self, piece):
            pieces.append(piece)
            return super().write(piece)

    writer = writer()
    writer.stream = Pieces()
    for words in said:
        say(writer, words)
    writer.stop()
    assert lines(writer) == said
    assert all(piece.endswith("\n") for piece in pieces if piece)
    assert max(len(piece) for piece in pieces if "y" not in piece) <= 4096
    assert len(pieces) < 500


def test_lines_of_several_threads_are_all_there(writer, at_once):
    writer = writer()
    at_once(*[lambda: [say(writer, "line") for _ in range(200)]] * 5)
    writer.stop()
    assert lines(writer) == ["line"] * 1000


def test_it_stops_also_when_it_is_told_just_before_it_writes(writer):
    writer = writer()

    class Told(threading.Event):
        def clear(self):
            writer.has_ended.set()
            self.set()
            super().clear()

    writer.has_entries.set()
    writer.has_entries = Told()
    say(writer, "line")
    writer.thread.join(timeout=30)
    assert not writer.thread.is_alive()
    assert lines(writer) == ["line"]


def test_a_line_that_cannot_be_written_takes_none_of_the_others_along(writer):
    writer = writer()
    say(writer, "one")
    writer.handle(logging.LogRecord("portfolio", logging.INFO, "", 0, "%d", ("no number",), None))
    say(writer, "two")
    writer.stop()
    assert lines(writer) == ["one", "two"]
