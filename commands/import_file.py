"""`python -m models import`: rows of a CSV or JSON file come into a table, all of them or none."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from models.shared.exchange.columns import match_columns, names_of_fields, unique_names
from models.shared.exchange.delimiters import DELIMITERS
from models.shared.exchange.encodings import ENCODINGS, BadSheet
from models.shared.exchange.incoming import Incoming
from models.shared.exchange.row_problems import cell_shown
from models.shared.exchange.sheet import Sheet, read_sheet
from models.shared.exchange.storing import store
from models.shared.exchange.tables import table_named
from models.shared.exchange.wishes import Rights, Wish, all_rights
from models.shared.start_errors import Unusable
from seed.question import is_agreed


def run(options: Namespace) -> None:
    model = table_named(options.table)
    rights = all_rights(model)
    if options.match and options.match not in unique_names(model):
        raise Unusable(f"--match must be one of {', '.join(unique_names(model))}: no two rows have the same of these")
    with opened_sheet_file(options.file) as file, TemporaryFile() as keep:
        try:
            sheet = read_sheet(file, names_of_fields(model, rights.fields))
            incoming = looked_at(sheet, rights, options.match, keep)
        except BadSheet as error:
            raise SystemExit(f"Nothing was changed: {error}") from None
        tell_form(sheet, incoming.wish)
        if incoming.problems:
            tell_problems(incoming)
            raise SystemExit(f"Nothing was changed: {count_of_problems(incoming)}.")
        print(f"{in_numbers(incoming)}.")
        if not incoming.counts["new"] + incoming.counts["changed"]:
            return
        if not options.yes and not is_agreed("Do it? [y/N] "):
            raise SystemExit("Nothing was changed. To be asked nothing: --yes")
        with bar_of(incoming.counts["new"] + incoming.counts["changed"], "Writing") as bar:
            store(keep, rights, bar.update)
        print("Done.")


@contextmanager
def opened_sheet_file(name: str) -> Iterator[BinaryIO]:
    """The file; Unusable when it cannot be read."""
    try:
        with Path(name).open("rb") as file:
            yield file
    except OSError as error:
        raise Unusable(f"{name} cannot be read: {error.strerror}") from None


def looked_at(sheet: Sheet, rights: Rights, match: str, keep: BinaryIO) -> Incoming:
    """What would become of each row. With a field to match, what is there is changed."""
    fields = match_columns(sheet.headings, names_of_fields(rights.model, rights.fields), has_id=True)
    incoming = Incoming(sheet, Wish(fields, match, changes=bool(match)), rights)
    with bar_of(None, "Looking") as bar:
        incoming.check(keep, bar.update)
    return incoming


def bar_of(total: int | None, what: str) -> Any:
    """Like that of `python -m seed --users`."""
    from tqdm import tqdm

    return tqdm(total=total, unit=" rows", desc=what)


def tell_form(sheet: Sheet, wish: Wish) -> None:
    """How the file is read, and what of it."""
    form = sheet.form
    where = f", headings in line {form.header}" if form.header else ""
    how = "JSON" if form.is_json else f"{DELIMITERS[form.delimiter].lower()} between cells{where}"
    print(f"Read as {ENCODINGS[form.encoding]}, {how}.")
    left_out = [cell_shown(heading) for number, heading in enumerate(sheet.headings) if number not in wish.fields]
    if left_out:
        print(f"Left out, as no field is called so: {', '.join(left_out)}.")


def tell_problems(incoming: Incoming) -> None:
    """Each of them, with its line."""
    for line, heading, message, value in incoming.problems:
        words = f"{heading} {message}".strip()
        print(f"{f'line {line}: ' if line else ''}{words}{f': {value!r}' if value else ''}", file=sys.stderr)
    for (heading, message), count in incoming.more_problems.items():
        print(f"{count:,} more lines: {heading} {message}", file=sys.stderr)


def count_of_problems(incoming: Incoming) -> str:
    """In words."""
    count = len(incoming.problems) + incoming.more_problems.total()
    return f"{count:,} problem{'s' * (count != 1)}"


def in_numbers(incoming: Incoming) -> str:
    """As in: 3 new, 2 changed, 10 as they were."""
    counts = incoming.counts
    return f"{counts['new']:,} new, {counts['changed']:,} changed, {counts['same'] + counts['passed']:,} as they were"
