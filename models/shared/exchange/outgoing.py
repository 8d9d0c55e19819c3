"""Rows written to a file, as many as there are: only some of them are in memory."""

import csv
import json
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from typing import IO, Any, BinaryIO

from models.shared.exchange.cell_texts import cell_text_of
from models.shared.exchange.columns import file_fields
from models.shared.values import to_json

Batches = Iterable[list[Any]]


def write_csv(file: BinaryIO, model: Any, batches: Batches, encoding: str = "utf-8") -> None:
    """A line of headings, then one for each row, as RFC 4180 has them."""
    fields = [(field, field.name) for field in file_fields(model)]
    lines = (
        [cell_text_of(field, row.__data__.get(name)) for field, name in fields] for rows in batches for row in rows
    )
    write_cells(file, [name for _, name in fields], lines, encoding)


def write_cells(file: BinaryIO, headings: list[str], lines: Iterable[list[Any]], encoding: str = "utf-8") -> None:
    """The same of cells that are made safe already."""
    text = TextIOWrapper(file, encoding, errors="replace", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(lines)
    text.detach()


def write_json(file: BinaryIO, model: Any, batches: Batches) -> None:
    """An array with an object for each row, a line each."""
    fields = [(field, field.name) for field in file_fields(model)]
    rows = (row for rows in batches for row in rows)
    write_objects(file, ({name: to_json(field, row.__data__.get(name)) for field, name in fields} for row in rows))


def write_objects(file: IO[bytes], objects: Iterable[dict[str, Any]]) -> None:
    """An array of them, a line each."""
    between = b"[\n"
    for values in objects:
        file.write(between + json.dumps(values, ensure_ascii=False).encode(errors="replace"))
        between = b",\n"
    file.write(b"[]\n" if between == b"[\n" else b"\n]\n")


WRITERS: dict[str, Callable[[BinaryIO, Any, Batches], None]] = {"csv": write_csv, "json": write_json}
