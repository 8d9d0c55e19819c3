"""What a search without a backend looks through: of each list, where each row is and the texts that it has."""

import json
from typing import Any
from urllib.parse import quote

from freezing.names import PAGE_NUMBER, name_of_file, place_of_file
from models.shared.rows import BaseModel
from routes.shared.words import short


class SearchIndex:
    """The rows of one list. A row without a page of its own is found on the page of the list where it stands."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.model, self.path = model, f"/{model._meta.table_name}"
        self.rows: list[tuple[str, ...]] = []

    def add(self, path: str, rows: list[dict[str, Any]]) -> None:
        """Those that this page of the list has."""
        number = PAGE_NUMBER.search(path)
        page = self.path + (f"/page/{number[1]}" if number and number[1] != "1" else "")
        for row in rows:
            texts = [str(row[name]) for name in self.model.searched if row.get(name)]
            if not texts:
                continue
            has_page = self.model.has_page
            place = quote(place_of_file(name_of_file(f"{self.path}/{row['id']}" if has_page else page)))
            place += "" if has_page else f"#row-{row['id']}"
            self.rows.append((place, short(texts[0]), *long_texts(texts)))

    @property
    def file(self) -> tuple[str, bytes]:
        """Its name and its content: for each row its place, what it is called, and the texts that this is not."""
        text = json.dumps(self.rows, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
        return f"{self.path.lstrip('/')}/search.json", text.encode()


def long_texts(texts: list[str]) -> list[str]:
    """All but a first one that is shown whole."""
    return texts[1:] if short(texts[0]) == texts[0] else texts
