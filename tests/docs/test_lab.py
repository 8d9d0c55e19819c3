"""The line asks by SQL, and the lines for PostgreSQL's role are those of the page."""

import json

import pytest

from tests.docs.pages import blocks, run_sh, text_of

pytest.importorskip("lab", reason="the lab can be taken away")
PAGE = "docs/lab.md"


def test_the_line_asks_by_sql(site, tmp_path):
    (line,) = [block for block in blocks(PAGE, "sh") if "/lab/sql" in block]
    (printed,) = run_sh([line], tmp_path, site)
    answer = json.loads(printed)
    assert set(answer) == {"columns", "rows", "cut", "plan", "ms"}
    assert (answer["columns"], len(answer["rows"])) == (["id", "_name"], 10)


def test_the_role_may_read_what_is_no_secret_in_the_tables_with_pages():
    from lab.sql.secret_columns import secrets_of_site
    from models.shared.loading import all_models

    (lines,) = blocks(PAGE, "sql")
    for table in ("users", "posts", "jokes"):
        (line,) = [each for each in lines.splitlines() if f'"public"."{table}"' in each]
        model = next(model for model in all_models() if model._meta.table_name == table)
        columns = [field.column_name for field in model._meta.sorted_fields]
        secret = secrets_of_site(table, columns)
        names = ", ".join(f'"{column}"' for column in columns if column not in secret)
        assert line.startswith(f"GRANT SELECT ({names}) ON" if secret else "GRANT SELECT ON")


def test_what_may_be_asked_of_sql_is_on_the_page():
    from lab.sql.limits import MEMORY_OF_SQL, MOST_LETTERS_OF_SQL, MOST_ROWS_OF_SQL, MOST_STATEMENTS_AT_ONCE

    for limit in (MEMORY_OF_SQL >> 20, f"{MOST_LETTERS_OF_SQL:,}", f"{MOST_ROWS_OF_SQL:,}", MOST_STATEMENTS_AT_ONCE):
        assert f" {limit} " in text_of(PAGE).replace("\n", " ")
