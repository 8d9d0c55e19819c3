"""Every Resource of `models/`: pages that list, show, add, change and delete its rows, and the same as JSON."""

from pathlib import Path
from typing import Any

from bottle import HTTPError, HTTPResponse, response

from models.shared.loading import all_resources, source_of
from models.shared.old_pictures import picture_fields
from models.shared.one_row import row_of
from models.shared.picture_field import PictureField
from models.shared.referring import with_counts
from models.shared.resource import Resource, heading_of, singular_of
from models.shared.row_checks import Invalid
from routes.shared.addresses import address
from routes.shared.body import body_values, form, form_with_files
from routes.shared.cells import cells, heads, list_cells
from routes.shared.deletions import DELETION, delete_or_tell, deletion_json, deletion_of
from routes.shared.expanded import read_with_version
from routes.shared.filter_form import filter_form
from routes.shared.list_place import PARTS
from routes.shared.lists import json_list, page_list
from routes.shared.names import name_of, referred_names
from routes.shared.page import form_page, news, page, see_other
from routes.shared.permissions import (
    GUARDS,
    changeable,
    check_references,
    may_add,
    may_change,
    may_read,
    owner_of_new,
    readable,
    viewer,
)
from routes.shared.picked import pick
from routes.shared.pictures import removals, shown_pictures, without_removed
from routes.shared.referring import counted_keys, readable_keys, sections_of
from routes.shared.row_forms import form_texts, given_by_address, row_controls
from routes.shared.section import Section
from routes.shared.shapes import columns, shape
from routes.shared.state import current_state

OWN_VIEWS = Path(__file__).parents[1] / "views"
OF_THE_SITE = ("charts", "exchange", "resources")  # folders in there that a model of that name does not share

routes = Section()


def add_pages(model: type[Resource]) -> None:
    plural, readers = model.plural, GUARDS[model.readers]

    @routes.get(f"/{plural}", apply=readers, parts=PARTS)
    def show_rows() -> str:
        counted = counted_keys(model)
        found = page_list(readable(model, with_counts(model, counted, viewer())))
        referred = referred_names(model, found["rows"], and_few=True)
        lines = list_cells(model, found["rows"], referred, counted)
        table = {"heads": heads(model, counted), "lines": lines, "filters": filter_form(model, referred)}
        return page("resources/list", **about(model), **table, **found, may_change=may_change)

    @routes.get(f"/{plural}/<id:int>", apply=readers)
    def show_row(id: int) -> str:
        keys = readable_keys(model)
        row = row_of(readable(model, with_counts(model, keys, viewer())), id)
        facts = cells(model, row, referred_names(model, [row]))
        more = {"may_change": may_change(row), "sections": sections_of(row, keys)}
        return page("resources/show", **about(model), **named(row), facts=facts, **more)


def add_forms(model: type[Resource]) -> None:
    plural, writers = model.plural, GUARDS[model.writers]

    @routes.get(f"/{plural}/new", apply=writers)
    def new_row() -> str:
        return row_page("resources/new", model, form_texts(model()) | given_by_address(model), {})

    @routes.post(f"/{plural}", apply=writers)
    def add_row() -> str | HTTPResponse:
        texts = pick(sent(model), *model.open_fields())
        try:
            row = model.create(**check_references(model, model.from_form(texts)), **owner_of_new(model))
        except Invalid as error:
            return row_page("resources/new", model, texts, error.problems)
        return see_other(f"/{plural}/{row.id}?added" if may_read(model) else f"/{plural}/new?added")

    @routes.get(f"/{plural}/<id:int>/edit", apply=writers)
    def edit_row(id: int) -> str:
        row = changeable(one(model, id))
        return row_page("resources/edit", model, form_texts(row), {}, **named(row))

    @routes.post(f"/{plural}/<id:int>/edit", apply=writers)
    def change_row(id: int) -> str | HTTPResponse:
        row = changeable(one(model, id))
        texts = without_removed(model, pick(sent(model), *model.open_fields(), *removals(model)))
        try:
            row.update(**check_references(model, model.from_form(texts), row))
        except Invalid as error:
            return row_page("resources/edit", model, texts, error.problems, **named(row))
        return see_other(f"/{plural}/{id}?saved")

    @routes.get(f"/{plural}/<id:int>/delete", apply=writers)
    def confirm_delete_row(id: int) -> str:
        return delete_page(changeable(one(model, id)), {})

    @routes.post(f"/{plural}/<id:int>/delete", apply=writers)
    def remove_row(id: int) -> str | HTTPResponse:
        row = changeable(one(model, id))
        try:
            row.delete()
        except Invalid as error:
            return delete_page(row, error.problems)
        return see_other(f"/{plural}?deleted")


def add_json(model: type[Resource]) -> None:
    plural, readers, writers = model.plural, GUARDS[model.readers], GUARDS[model.writers]
    fields, singular = columns(model, *model.open_fields()), singular_of(model).replace(" ", "_")

    @routes.get(f"/api/{plural}", name=f"list_{plural}", apply=readers, section=plural, parts=PARTS, lists=model)
    def list_rows() -> dict[str, Any]:
        """A page of the rows."""
        return json_list(plural, readable(model))

    @routes.post(f"/api/{plural}", name=f"create_{singular}", apply=writers, section=plural, takes=fields, makes=model)
    def create_row() -> dict[str, Any]:
        """Add a row. One with an owner belongs to whoever adds it."""
        row = model.create(**check_references(model, body_values()), **owner_of_new(model))
        response.status = 201
        response.set_header("Location", address(f"/api/{plural}/{row.id}"))
        return row.read()

    @routes.get(
        f"/api/{plural}/<id:int>", name=f"read_{singular}", apply=readers, section=plural, gives=model, expands=model
    )
    def read_row(id: int) -> dict[str, Any]:
        """One row."""
        return read_with_version(one(model, id))

    @routes.patch(
        f"/api/{plural}/<id:int>", name=f"update_{singular}", apply=writers, section=plural, takes=fields, gives=model
    )
    def update_row(id: int) -> dict[str, Any]:
        """Change a row."""
        row = changeable(one(model, id))
        return row.update(**check_references(model, body_values(row), row)).read()

    @routes.delete(f"/api/{plural}/<id:int>", name=f"delete_{singular}", apply=writers, section=plural, refuses=(422,))
    def delete_row(id: int) -> None:
        """Delete a row, and what goes with it; one that others must refer to stays."""
        delete_or_tell(changeable(one(model, id)))
        response.status = 204

    @routes.get(
        f"/api/{plural}/<id:int>/deletion",
        name=f"read_deletion_of_{singular}",
        apply=writers,
        section=plural,
        gives=DELETION,
        refuses=(403,),
    )
    def read_deletion(id: int) -> dict[str, Any]:
        """What deleting a row does to others: what goes with it, stays without it, is in the way."""
        return deletion_json(changeable(one(model, id)))


def add_picture(model: type[Resource], field: PictureField) -> None:
    """What a program does with one picture of a row."""
    plural, writers, name = model.plural, GUARDS[model.writers], field.name
    of_one = f"{name}_of_{singular_of(model).replace(' ', '_')}"
    takes = shape(**{name: PictureField(help_text=field.help_text)})

    @routes.put(
        f"/api/{plural}/<id:int>/{name}", name=f"put_{of_one}", apply=writers, section=plural, takes=takes, gives=model
    )
    def put_picture(id: int) -> dict[str, Any]:
        """Give a row this picture, in place of the one it may have: as the body, or as a file of a form."""
        row = changeable(one(model, id))
        return row.update(**{name: b""} | body_values()).read()

    @routes.delete(f"/api/{plural}/<id:int>/{name}", name=f"delete_{of_one}", apply=writers, section=plural)
    def delete_picture(id: int) -> None:
        """Take this picture away from a row."""
        row = changeable(one(model, id))
        if not getattr(row, name):
            raise HTTPError(404, "This row has no such picture.")
        row.update(**{name: None})
        response.status = 204


def sent(model: type[Resource]) -> dict[str, Any]:
    """A form; where there are pictures, with files."""
    return form_with_files() if picture_fields(model) else form()


def one(model: type[Resource], id: int) -> Resource:
    row: Resource = row_of(readable(model), id)
    return row


def row_page(view: str, model: type[Resource], texts: dict[str, str], problems: dict[str, str], **more: Any) -> str:
    return form_page(
        view, problems, **about(model), controls=row_controls(model, more.get("row")), values=texts, **more
    )


def delete_page(row: Resource, problems: dict[str, str]) -> str:
    values = about(type(row)) | named(row)
    return form_page("resources/delete", problems, **values, deletion=deletion_of(row))


def named(row: Resource) -> dict[str, Any]:
    return {"row": row, "name": name_of(row), "pictures": shown_pictures(row, name_of(row))}


def about(model: type[Resource]) -> dict[str, Any]:
    """What every page of a model gets: its names, its file, what it offers, and its own views if there are some."""
    return {
        "plural": model.plural,
        "singular": singular_of(model),
        "title": heading_of(model),
        "file": source_of(model),
        "own_view": own_view(model, "show"),
        "own_actions": "" if current_state().frozen else own_view(model, "actions"),
        "may_add": may_add(model),
        "has_files": bool(picture_fields(model)),
        "is_searched": bool(model.searched),
        "news": news(),
    }


def own_view(model: type[Resource], name: str) -> str:
    """Where it is; nothing where there is none."""
    is_there = model.plural not in OF_THE_SITE and (OWN_VIEWS / model.plural / f"{name}.tpl").is_file()
    return f"{model.plural}/{name}" if is_there else ""


for each in all_resources():
    add_pages(each)
    add_forms(each)
    add_json(each)
    for picture in picture_fields(each):
        add_picture(each, picture)
