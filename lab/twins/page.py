"""Twins: the lesson's verbs in Python, in Peewee's SQL and in a person's SQL; and a box for an expression."""

from typing import Any
from urllib.parse import quote

from bottle import HTTPError, response

from lab.access import lab_only
from lab.literals import with_literals
from lab.picture import milliseconds
from lab.requests import not_kept_by_browsers
from lab.sql.page import class_of_cell, problem_for_programs, wants_json
from lab.sql.results import SqlResult, result_as_json, sql_results
from lab.sql.running import run_sql
from lab.sql_words import in_lines
from lab.twins.acted import NotActed
from lab.twins.caught import sql_of_expression
from lab.twins.compared import compared
from lab.twins.json_of_twins import compared_as_json, twin_as_json
from lab.twins.shown import ONLY_ON_SQLITE, shown_statements, shown_twins
from lab.twins.texts import models_with_twins, twins_of
from lab.twins.twin import Twin
from lab.twins.typed import NotOpen
from models.shared.database import is_sqlite
from routes.shared.body import form_or_json
from routes.shared.page import page
from routes.shared.query import query
from routes.shared.section import Section

FIRST = "users"  # whose twins are shown until somebody chooses

routes = Section()


@routes.get("/lab/twins", apply=lab_only)
def show_first_twins() -> str:
    return twins_page(FIRST, query().get("expression", ""))


@routes.post("/lab/twins", apply=lab_only, secret=True)
def answer_expression() -> Any:
    sent = form_or_json()
    text, table = sent.get("expression", ""), sent.get("table", FIRST)
    if not isinstance(text, str):
        raise HTTPError(400, "expression must be text.")
    try:
        sql = with_literals(*sql_of_expression(text))
    except NotOpen as error:
        response.status = 422
        return problem_for_programs(str(error)) if wants_json() else twins_page(table, text, refused=str(error))
    result = sql_results.add(sql, run_sql(sql))
    if result.problem:
        response.status = 503 if result.said["is_unavailable"] else 422
    if not wants_json():
        return twins_page(table, text, result)
    return problem_for_programs(result.problem) if result.problem else {"sql": sql, **result_as_json(result)}


@routes.get("/lab/twins/<table>.json", apply=lab_only)
def list_twins(table: str) -> dict[str, Any]:
    """All twins of a model."""
    not_kept_by_browsers()
    return {"twins": [twin_as_json(each) for each in shown_twins(twins_of(model_named(table)))]}


@routes.get("/lab/twins/<table>", apply=lab_only)
def show_twins(table: str) -> str:
    return twins_page(table, query().get("expression", ""))


@routes.post("/lab/twins/<table>/<name>", apply=lab_only)
def run_twin(table: str, name: str) -> Any:
    not_kept_by_browsers()
    twin = twin_named(table, name)
    try:
        found = compared(twin)
    except NotActed as error:
        response.status = 503
        raise HTTPError(503, str(error)) from None
    if wants_json():
        return compared_as_json(found)
    asked = shown_statements(found.statements)
    shown = {"milliseconds": milliseconds, "class_of_cell": class_of_cell, "quote": quote}
    return page("lab/twin", table=table, twin=twin, found=found, asked=asked, **shown)


def twins_page(table: str, expression: str, result: SqlResult | None = None, refused: str = "") -> str:
    """All twins of a model, below the box with this text in it and what came of it."""
    not_kept_by_browsers()
    model = model_named(table)
    return page(
        "lab/twins",
        table=table,
        model=model,
        models=models_with_twins(),
        twins=shown_twins(twins_of(model)),
        expression=expression,
        refused=refused,
        result=result,
        can_run=is_sqlite(),
        in_lines=in_lines,
        quote=quote,
        milliseconds=milliseconds,
        class_of_cell=class_of_cell,
    )


def model_named(table: str) -> Any:
    """The model of this table. 404 when it has no lists, or there is none."""
    model = models_with_twins().get(table)
    if model is None:
        raise HTTPError(404, f"There are twins of {', '.join(models_with_twins())}.")
    return model


def twin_named(table: str, name: str) -> Twin:
    """One twin. 404 when the model has none of this name, 409 where it cannot be run."""
    twin = next((each for each in twins_of(model_named(table)) if each.name == name), None)
    if twin is None:
        raise HTTPError(404, "This model has no such twin now: it may have had a row then.")
    if not is_sqlite():
        raise HTTPError(409, ONLY_ON_SQLITE)
    return twin
