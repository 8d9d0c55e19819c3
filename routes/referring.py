"""What refers to a row, in JSON: of each model of your own, the rows that have its id."""

from typing import Any

from models.shared.loading import all_models, all_resources
from models.shared.one_row import row_of
from models.shared.referring import keys_to, refers_by
from models.shared.resource import Resource
from models.shared.rows import BaseModel
from routes.shared.lists import json_list
from routes.shared.permissions import GUARDS, readable
from routes.shared.section import Section

routes = Section()


def add_list(parent: type[BaseModel], model: type[Resource]) -> None:
    keys = [key for key in keys_to(parent) if key.model is model]
    guards = list(dict.fromkeys(GUARDS[getattr(each, "readers", "")] for each in (parent, model)))
    about = {"apply": guards, "section": parent.plural, "lists": model}

    @routes.get(
        f"/api/{parent.plural}/<id:int>/{model.plural}", name=f"list_{model.plural}_of_{parent.plural}", **about
    )
    def list_referring(id: int) -> dict[str, Any]:
        """A page of the rows that refer to it."""
        row_of(readable(parent), id)
        return json_list(model.plural, readable(model), refers_by(keys, id))


for one in all_models():
    for other in all_resources():
        if one.plural and any(key.model is other for key in keys_to(one)):
            add_list(one, other)
