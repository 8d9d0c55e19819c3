"""What a route takes and gives, declared above its handler: the body is held to it, and the API's description says it.

`takes=` is the shape of a body (in a PATCH each name may be left out). `gives=` is what is answered with 200, `makes=`
with 201 and a Location: a shape, or a model for one of its rows. `lists=` is a model for a page of its rows, `sends=`
one for a file of all of them. With none of the four the answer is 204. `counts=` is a model whose rows are counted.
`asks=` is what else a query may have. `refuses=` are the errors that neither guard nor body explain, like 429. `most=`
is how many bytes of JSON are taken, where it holds a picture, and `most_file=` of a file in a form.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from peewee import Field

from models.shared.rows import BaseModel

# An object: what each of its names holds is a column, a model for one of its rows, another shape, a JSON Schema,
# [one of these] for several, or (one, another) for either.
Shape = Mapping[str, Any]


def shape(**members: Any) -> Shape:
    """An object with these names."""
    return MappingProxyType(members)  # Bottle takes a route's plain dictionaries apart


def columns(model: type[BaseModel], *names: str, **more: Field) -> Shape:
    """An object with these columns of `model`, and `more` that are in no table."""
    known = model.all_fields()
    return shape(**{name: known[name] for name in names}, **more)
