"""Charts: a list as a picture, and its numbers as JSON. Of users, of posts and of every Resource."""

from typing import Any

from bottle import HTTPError

from models.post import Post
from models.shared.filters import known_filters
from models.shared.listing import rows_of_list
from models.shared.loading import all_resources
from models.shared.rows import BaseModel
from models.user import User
from routes.shared.page import page
from routes.shared.permissions import GUARDS, rows_of
from routes.shared.picked import some
from routes.shared.query import query
from routes.shared.section import Section
from routes.shared.shapes import shape
from routes.shared.state import current_state

BAR = {
    "type": "object",
    "properties": {
        "value": {"description": "What these rows have, or where a range begins; null for those without a value."},
        "below": {"description": "Where a range ends, without being in it; null where it is a single value."},
        "count": {"type": "integer", "minimum": 0},
    },
    "required": ["value", "below", "count"],
}
UNITS = ["", "day", "month", "year", "decade", "century", "range"]
COUNTS = shape(
    by={"type": "string"},
    unit={"type": "string", "enum": UNITS, "description": "What a value stands for, where it is not one value."},
    total={"type": "integer", "minimum": 0, "description": "How many rows there are."},
    others={"type": "integer", "minimum": 0, "description": "How many have a value that is not among these."},
    counts=[BAR],
)

routes = Section()


def add_chart(model: type[BaseModel]) -> None:
    plural, readers = model._meta.table_name, GUARDS[getattr(model, "readers", "")]

    @routes.get(f"/{plural}/chart", apply=readers, parts=("by",))
    def show_chart() -> str:
        from models.shared.counts import countable, counts_of  # which no start needs
        from routes.shared.charts import chart_of, field_choices

        names = countable(model)
        known = known_filters(model)
        asked = {name: text for name, text in some(query(known), ("by", "search", *known)).items() if text}
        place = current_state().place
        name = place.by if place else asked.pop("by", names[0] if names else "")
        if place and name not in names:
            raise HTTPError(404)
        refuse_uncountable(name, names)
        counts = counts_of(rows_of_list(rows_of(model), **asked), name)
        chart = chart_of(model, name, counts)
        return page("charts/show", chart=chart, fields=field_choices(model, names), by=name, asked=asked, plural=plural)

    @routes.get(
        f"/api/{plural}/counts",
        name=f"count_{plural}",
        apply=readers,
        section=plural,
        counts=model,
        gives=COUNTS,
        refuses=(422,),
    )
    def count_rows() -> dict[str, Any]:
        """How many rows of a list have which value."""
        from models.shared.counts import countable, counts_of

        asked = query(("by", *known_filters(model)))
        name = asked.pop("by", "")
        refuse_uncountable(name, countable(model))
        counts = counts_of(rows_of_list(rows_of(model), **asked), name)
        bars = [{"value": bar.value, "below": bar.below, "count": bar.number} for bar in counts.bars]
        return {"by": name, "unit": counts.unit, "total": counts.total, "others": counts.others, "counts": bars}


def refuse_uncountable(name: str, names: tuple[str, ...]) -> None:
    if name not in names:
        raise HTTPError(400, f"by must be one of {', '.join(names)}." if names else "Nothing here can be counted.")


CHARTED: list[type[BaseModel]] = [User, Post, *all_resources()]
for each in CHARTED:
    add_chart(each)
