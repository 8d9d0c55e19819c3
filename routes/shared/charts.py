"""A chart as a page draws it: how long its bars are, what they are called, its words for those who cannot see it."""

from operator import itemgetter
from typing import Any, NamedTuple

from peewee import ForeignKeyField

from models.shared.bars import Bar
from models.shared.counts import Counts
from models.shared.fields import label_of
from models.shared.kinds import kind_of
from models.shared.resource import singular_of
from models.shared.rows import BaseModel
from routes.shared.cells import address_of
from routes.shared.names import names_of

NO_VALUE, EMPTY, OTHERS = "No value", "Empty", "Others"


class DrawnBar(NamedTuple):
    """A bar's name, its number and its share as text, its length in percent of the longest one.

    `is_rest` says that it stands for no value, or for others; `link` leads to what it stands for, or nowhere.
    """

    label: str
    number: str
    share: str
    length: float
    is_rest: bool
    link: str = ""


class Chart(NamedTuple):
    """What a view needs. In a `row` the bars follow each other, as days and ranges do; else each has its line."""

    title: str
    words: str
    bars: list[DrawnBar]
    total: int
    largest: int
    is_row: bool
    made_by: str


def chart_of(model: type[BaseModel], name: str, counts: Counts) -> Chart:
    """The chart of these counts by the field `name`."""
    field: Any = model._meta.fields[name]
    one, many = singular_of(model), model._meta.table_name.replace("_", " ")
    labels = [label_of_bar(field, counts.unit, bar) for bar in counts.bars]
    links = [""] * len(labels)
    if isinstance(field, ForeignKeyField):
        names = names_of(field.rel_model, {bar.value for bar in counts.bars} - {None}).by_id
        labels = [names.get(bar.value, label) for bar, label in zip(counts.bars, labels, strict=True)]
        links = [address_of(field.rel_model, bar.value) if bar.value in names else "" for bar in counts.bars]
    bars = [*zip(labels, counts.bars, links, strict=True)]
    if counts.others:
        bars.append((OTHERS, Bar(None, counts.others), ""))
    largest = max((bar.number for _, bar, _ in bars), default=0)
    return Chart(
        title=f"{many.capitalize()} by {label_of(field).lower()}",
        words=words_of(one, many, counts.total, [(label, bar.number) for label, bar, _ in bars]),
        bars=[drawn_bar(label, bar, counts.total, largest, link) for label, bar, link in bars],
        total=counts.total,
        largest=largest,
        is_row=bool(counts.unit),
        made_by=f"routes/charts.py → {model.__module__.replace('.', '/')}.py → views/charts/show.tpl",
    )


def field_choices(model: type[BaseModel], names: tuple[str, ...]) -> list[tuple[str, str]]:
    """What the rows can be counted by, as name and label."""
    return [(name, label_of(model._meta.fields[name])) for name in names]


def drawn_bar(label: str, bar: Bar, total: int, largest: int, link: str) -> DrawnBar:
    """Of `total` rows, beside a bar that has the `largest` number of them."""
    length = round(100 * bar.number / largest, 2) if largest else 0
    share = f"{100 * bar.number / total:.1f} %" if total else ""
    return DrawnBar(label, f"{bar.number:,}", share, length, bar.value is None, link)


def words_of(one: str, many: str, total: int, bars: list[tuple[str, int]]) -> str:
    """What somebody sees at first sight, in a sentence."""
    if not total:
        return f"There are no {many}."
    label, number = max(bars, key=itemgetter(1))
    return f"{total:,} {one if total == 1 else many}. The longest bar has {number:,}: {label}."


def label_of_bar(field: Any, unit: str, bar: Bar) -> str:
    """What a bar is called, where it does not stand for a row of another table."""
    if bar.value is None:
        return NO_VALUE
    if unit == "range":
        return label_of_range(field, bar)
    if unit:
        return label_of_span(unit, bar.value)
    choices = {str(value): label for value, label in field.choices or kind_of(field).choices}
    text = str(bar.value).lower() if isinstance(bar.value, bool) else str(bar.value)
    return str(choices.get(text, text)) or EMPTY


def label_of_range(field: Any, bar: Bar) -> str:
    """Of whole numbers with the last one that is in it."""
    if kind_of(field).stored_as is not int:
        return f"{bar.value} up to {bar.below}"
    last = bar.below - 1
    return f"{bar.value:,}" if last == bar.value else f"{bar.value:,} to {last:,}"


def label_of_span(unit: str, day: str) -> str:
    """As long as it need be."""
    year = int(day[:4])
    spans = {"day": day, "month": day[:7], "year": day[:4], "decade": f"{year // 10}0s"}
    return spans.get(unit) or f"{year // 100 * 100} to {year // 100 * 100 + 99}"
