"""Judges what the site shows of the model: held against the rows that the file has."""

import html
import re

from lab.checking.comparing import answer_json, is_same
from lab.checking.database_file import StoredRow
from lab.checking.judging_rows import RowsJudge

ROWS_LOOKED_AT = 10  # rows
MOST_LOOKED_FOR = 40  # characters of a text
TAGS = re.compile(r"<[^>]*>")


class ViewsJudge:
    """The page and the JSON."""

    def __init__(self, judge: RowsJudge) -> None:
        self.judge = judge

    def some_rows(self) -> dict[int, StoredRow]:
        """The first ones of the file."""
        rows = self.judge.rows_now()
        return {key: rows[key] for key in [*rows][:ROWS_LOOKED_AT]}

    def page(self) -> None:
        """The list leads to each row, and the page of a row has its text."""
        judge, path = self.judge, f"/{self.judge.table}"
        rows, answer = self.some_rows(), self.judge.asked("GET", path, is_page=True)
        if answer["status"] != 200:
            raise judge.to_do(f"{path} is answered with {answer['status']}, and should be with 200.")
        for key in rows:
            if f'{path}/{key}"' not in answer["body"]:
                raise judge.to_do(f"{path} does not lead to row {key}, which the table has.")
        for key, row in list(rows.items())[:2]:
            shown = self.judge.asked("GET", f"{path}/{key}", is_page=True)
            text = self.text_of(row)
            if shown["status"] != 200 or text not in plain_text(shown["body"]):
                raise judge.to_do(f"{path}/{key} should show the row, and has no “{text}”.")

    def text_of(self, row: StoredRow) -> str:
        """The first text of a row, as a page has it."""
        texts = (row.get(field["column"]) for field in self.judge.described["fields"] if field["kind"] == "CharField")
        return " ".join(str(next((text for text in texts if text), "")).split())[:MOST_LOOKED_FOR]

    def json(self) -> None:
        """The list has each row, with the values of the table."""
        judge, path = self.judge, f"/api/{self.judge.table}"
        answer = judge.asked("GET", f"{path}?limit=100")
        rows = answer_json(answer).get(judge.table)
        if answer["status"] != 200 or not isinstance(rows, list):
            raise judge.to_do(f"{path} should answer with a list of {judge.table}.")
        found = {row.get("id"): row for row in rows if isinstance(row, dict)}
        for key, row in self.some_rows().items():
            if key not in found:
                raise judge.to_do(f"{path} lacks row {key}, which the table has.")
            for field in judge.described["fields"]:
                name, stored = field["name"], row.get(field["column"])
                if (
                    name in found[key]
                    and field["kind"] != "ImageField"
                    and not is_same(field, stored, found[key][name])
                ):
                    raise judge.to_do(f"{path} has another {name} in row {key} than the table.", name)


def plain_text(page: str) -> str:
    """What somebody reads on it."""
    return " ".join(html.unescape(TAGS.sub(" ", page)).split())
