"""A bar in a terminal, for whoever waits."""

from collections.abc import Iterator
from contextlib import contextmanager

from models.shared.live_copy import Told


@contextmanager
def progress(unit: str) -> Iterator[Told]:
    """Give what is to be told: how much is done, and how much there is in all."""
    from tqdm import tqdm  # nothing else needs it

    with tqdm(unit=f" {unit}", disable=None, leave=False) as bar:  # disabled where nobody sees it

        def told(done: int, in_all: int) -> None:
            bar.total = in_all
            bar.update(done - bar.n)

        yield told
