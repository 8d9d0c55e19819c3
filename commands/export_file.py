"""`python -m models export`: every row of a table as CSV or JSON."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.shared.exchange.outgoing import WRITERS
from models.shared.exchange.tables import table_named
from models.shared.listing import every_row
from models.shared.one_row import all_of
from models.shared.ownership import make_private_file
from models.shared.start_errors import Unusable


def run(options: Namespace) -> None:
    model, file = table_named(options.table), Path(options.file)
    end = file.suffix.lower().removeprefix(".")
    if end not in WRITERS:
        raise Unusable(f"{file} must end with .csv or .json, which says what is written")
    unfinished = file.with_name(f"{file.name}.part")
    try:
        make_private_file(unfinished)
        with unfinished.open("wb") as target:
            WRITERS[end](target, model, with_bar(model))
        unfinished.replace(file)
    except OSError as error:
        raise Unusable(f"{file} cannot be written: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)
    print(f"Wrote {file}.")


def with_bar(model: Any) -> Iterator[list[Any]]:
    """Every row, with a bar."""
    from tqdm import tqdm

    with tqdm(total=model.select().count(), unit=" rows") as bar:
        for rows in every_row(all_of(model)):
            yield rows
            bar.update(len(rows))
