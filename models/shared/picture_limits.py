"""How much a picture may be, so that a small file cannot unfold into an hour's work or all of the memory."""

from contextvars import ContextVar
from io import BytesIO

LARGEST_FILE = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_FRAMES = 500
MOST_PIXELS_THAT_MOVE = 8_000_000  # a frame, as several are held in memory
MOST_PIXELS_OF_ALL_FRAMES = 200_000_000  # 5 MiB of GIF may hold two hundred large frames, a minute's work
MOST_SCANS = 50  # 5 MiB of JPEG may hold thousands of passes over all of its pixels; a usual one has 10
MOST_READS = 100_000  # 5 MiB may hold a million parts of a few bytes, each read on its own; of a usual file, 40,000
LARGEST_COPY = 2 * LARGEST_FILE  # a file that was squeezed cleverly unfolds when it is written by others
LARGEST_PROFILE = 64 * 1024  # of colours, to be kept; what a larger one means is worked out instead

# What can reach us at all: whoever answers a request says it, where that is less. A form makes pictures smaller before.
largest_sent: ContextVar[int] = ContextVar("largest_sent", default=LARGEST_FILE)


class Unfit(ValueError):
    """A picture that is too much, or not for us; the message finishes the sentence "image …"."""


class CountedFile(BytesIO):
    """Bytes to decode, until a decoder has asked for more of them too often."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        """As a file is read."""
        self.reads += 1
        if self.reads > MOST_READS:
            raise too_many_parts()
        return super().read(size)


def too_many_parts() -> Unfit:
    """To be raised."""
    return Unfit("must not have so many parts")


def too_large() -> Unfit:
    """To be raised."""
    return Unfit(f"must have at most {MOST_PIXELS // 1_000_000} megapixels")
