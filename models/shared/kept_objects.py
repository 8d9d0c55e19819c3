"""What a start makes stays until the process ends: Python need not look through all of it for what is left behind."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def objects_kept() -> Iterator[None]:
    """What is made inside is neither looked through meanwhile, which takes a sixth of a start, nor afterwards."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
