"""The rows that an undo of a changed table would bring back are shown to nobody."""

import pytest

from lab.sql.secret_columns import columns_with_secrets
from lab.tables.whose import kept_for
from models.shared.alteration.kept import KEPT_PREFIX, LIST


@pytest.mark.parametrize("table", [LIST, f"{KEPT_PREFIX}1_0_before"])
def test_only_their_numbers_are_seen(table):
    assert columns_with_secrets(table, ["id", "_name", "_password", "content"], False) == [
        "_name",
        "_password",
        "content",
    ]
    assert kept_for(table, []) == "What python -m models change --undo brings back."
