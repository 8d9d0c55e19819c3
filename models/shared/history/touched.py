"""Which statements may change a row that has a history: before those it is said who writes."""

import re

TABLE_NAME = r'["`\[]?(\w+)'
WRITES = re.compile(
    rf"\s*(?:(?:INSERT|REPLACE)(?:\s+OR\s+\w+)?\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM|TRUNCATE)\s+{TABLE_NAME}",
    re.IGNORECASE,
)
MAY_WRITE = re.compile(
    r"\s*(?:WITH\b|MERGE\b|DO\b|CALL\b|COPY\b|--|/\*|TRUNCATE\b).*\b(?:INSERT|UPDATE|DELETE|MERGE|CALL|COPY|TRUNCATE)\b",
    re.IGNORECASE | re.DOTALL,
)

ALTERS = re.compile(rf"\s*(?:ALTER|CREATE|DROP)\s+TABLE\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?{TABLE_NAME}", re.IGNORECASE)

without_history: set[str] = set()  # tables; their classes say so when they are made


def touches_history(sql: str) -> bool:
    """Whether a statement may change a row that has a history."""
    if sql.startswith("SELECT"):
        return False
    found = WRITES.match(sql)
    return found[1].lower() not in without_history if found else MAY_WRITE.match(sql) is not None


def altered_table(sql: str) -> str | None:
    """The table that a statement makes, changes or takes away."""
    found = None if sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) else ALTERS.match(sql)
    return found[1] if found else None
