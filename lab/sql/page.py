"""Any statement, without fear: what it gives, or what it would change."""

import json
from typing import Any
from urllib.parse import quote

from bottle import HTTPError, HTTPResponse, request, response

from lab.access import lab_only
from lab.picture import milliseconds
from lab.sql.downloads import as_csv, as_file
from lab.sql.examples import examples
from lab.sql.for_real import NotForReal, do_for_real, reason_against_real
from lab.sql.postgresql import OFF, lines_for_role
from lab.sql.results import SqlResult, result_as_json, sql_results
from lab.sql.running import run_sql
from models.shared.database import is_sqlite
from routes.shared.body import JSON, form_or_json
from routes.shared.page import page, see_other
from routes.shared.query import query
from routes.shared.section import Section

RESULT_FORGOTTEN = "Only the last results are remembered, and until the site stops. Run the statement again."

routes = Section()


@routes.get("/lab/sql", apply=lab_only)
def show_sql() -> str:
    return sql_page(query().get("sql", ""))


@routes.post("/lab/sql", apply=lab_only, secret=True)
def answer_sql() -> Any:
    sql = sent_sql()
    said = run_sql(sql)
    result = sql_results.add(sql, said)
    result.reason = reason_against_real(result)
    if said["problem"]:
        response.status = 503 if said["is_unavailable"] else 422
    if wants_json():
        return result_as_json(result) if not result.problem else problem_for_programs(result.problem)
    return sql_page(sql, result)


@routes.get("/lab/sql/results/<key:re:[A-Za-z0-9_-]+>.csv", apply=lab_only)
def download_csv(key: str) -> HTTPResponse:
    return as_file(as_csv(kept_result(key)), "text/csv; charset=UTF-8", "result.csv")


@routes.get("/lab/sql/results/<key:re:[A-Za-z0-9_-]+>.json", apply=lab_only)
def download_json(key: str) -> HTTPResponse:
    text = json.dumps(result_as_json(kept_result(key)), indent=2, ensure_ascii=False)
    return as_file(text, "application/json", "result.json")


@routes.post("/lab/sql/results/<key:re:[A-Za-z0-9_-]+>/real", apply=lab_only)
def run_sql_for_real(key: str) -> HTTPResponse:
    result = kept_result(key)
    try:
        do_for_real(result)
    except NotForReal as error:
        raise HTTPError(409, f"Nothing was changed. {error}") from None
    return see_other(f"/lab/sql/results/{key}")


@routes.get("/lab/sql/results/<key:re:[A-Za-z0-9_-]+>", apply=lab_only)
def show_result(key: str) -> str:
    result = kept_result(key)
    return sql_page(result.sql, result)


def sql_page(sql: str, result: SqlResult | None = None) -> str:
    """The box with this text in it, and what came of it."""
    response.set_header("Cache-Control", "no-store")
    return page(
        "lab/sql",
        sql=sql,
        result=result,
        examples=examples(),
        can_change=is_sqlite(),
        lines="" if is_sqlite() or request.app.config["lab_database_url"] else lines_for_role(),
        off=OFF,
        quote=quote,
        milliseconds=milliseconds,
        class_of_cell=class_of_cell,
    )


def class_of_cell(cell: Any) -> str:
    """How a value looks: NULL is no text, and numbers stand below each other."""
    return "sql-null" if cell is None else "number" if isinstance(cell, int | float) else ""


def sent_sql() -> str:
    """The field `sql` of the form, or of a JSON object."""
    sql = form_or_json().get("sql", "")
    if not isinstance(sql, str):
        raise HTTPError(400, "sql must be text.")
    return sql


def wants_json() -> bool:
    """Whether a program asks."""
    accepted = request.get_header("Accept", "")
    return JSON in accepted and "text/html" not in accepted


def kept_result(key: str) -> SqlResult:
    """404, with the reason, for one that is forgotten."""
    response.set_header("Cache-Control", "no-store")
    result = sql_results.get(key)
    if result is None:
        raise HTTPError(404, RESULT_FORGOTTEN)
    return result


def problem_for_programs(reason: str) -> HTTPResponse:
    """Why it came to nothing, as problem details."""
    status = response.status_code
    details = {"type": "about:blank", "title": response.status_line[4:], "status": status, "detail": reason}
    return HTTPResponse(json.dumps(details), status, {"Content-Type": "application/problem+json"})
