"""An SQL text in pieces: its statements, and what kind each is, by its words. SQLite itself has the last word."""

import re
from typing import NamedTuple

TOKEN_OF_SQL = re.compile(
    r"'(?:[^']|'')*'?|\"(?:[^\"]|\"\")*\"?|`(?:[^`]|``)*`?|\[[^\]]*\]?|--[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?"
    r"|[^\W\d]\w*|\s+|.",
    re.DOTALL,
)
END_OF_STATEMENT = ";"
QUERIES = ("SELECT", "VALUES")
CHANGES = ("INSERT", "REPLACE", "UPDATE", "DELETE")
MAKES = ("CREATE", "DROP", "ALTER", "ANALYZE", "REINDEX")  # tables and what belongs to them
CONTROLS = ("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE")
PRAGMAS_THAT_SET = ("foreign_keys", "defer_foreign_keys", "recursive_triggers")
PRAGMAS_THAT_READ = (
    *("table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list"),
    *("foreign_key_check", "integrity_check", "quick_check", "user_version", "schema_version", "application_id"),
    *("encoding", "page_count", "page_size", "freelist_count", "compile_options", "function_list", "collation_list"),
    *("module_list", "pragma_list", "journal_mode", "query_only", "data_version"),
)


class Piece(NamedTuple):
    """One statement. `words` are those outside of texts and brackets, in capitals; `kind` is `read`, `change`, …"""

    sql: str
    words: tuple[str, ...]
    kind: str
    reason: str = ""  # why it is refused


def pieces_of(text: str) -> list[Piece]:
    """The statements of a text; comments stay, empty ones go."""
    found, tokens = [], []
    for token in TOKEN_OF_SQL.findall(text):
        tokens.append(token)
        if token == END_OF_STATEMENT and not is_within_trigger(tokens):
            found.append(tokens)
            tokens = []
    return [piece_of(each) for each in [*found, tokens] if any(is_said(token) for token in each)]


def is_within_trigger(tokens: list[str]) -> bool:
    """Whether the statements of a trigger have not ended yet: behind them stands END."""
    said = [token.upper() for token in tokens[:200] if is_said(token)][:3]
    if said[:1] != ["CREATE"] or "TRIGGER" not in said:
        return False
    behind = (token for token in reversed(tokens[-200:-1]) if is_said(token) or token == END_OF_STATEMENT)
    return (next(behind, "").upper(), next(behind, "")) != ("END", END_OF_STATEMENT)


def is_said(token: str) -> bool:
    """Whether a token is part of a statement, and no comment and no blank."""
    return not token.isspace() and not token.startswith(("--", "/*", END_OF_STATEMENT))


def piece_of(tokens: list[str]) -> Piece:
    """One statement, with its kind."""
    sql = "".join(tokens).strip().removesuffix(";").strip()
    words, depth = [], 0
    for token in tokens:
        depth += (token == "(") - (token == ")")  # noqa: S105 - a bracket
        if depth == 0 and (token[0].isalpha() or token[0] == "_"):
            words.append(token.upper())
    return Piece(sql, tuple(words), *kind_of_statement(words, sql))


def kind_of_statement(words: list[str], sql: str) -> tuple[str, str]:
    """Its kind, and why it is refused if it is."""
    first = words[0] if words else ""
    if first == "WITH":
        first = next((word for word in words if word in QUERIES + CHANGES), first)
    kinds = {"read": QUERIES, "change": CHANGES, "make": MAKES, "control": CONTROLS}
    kind = next((name for name, firsts in kinds.items() if first in firsts), "")
    if first == "EXPLAIN":
        return explained(words)
    if first == "PRAGMA":
        return kind_of_pragma(words, sql)
    return (kind, "") if kind else ("refused" if first in NOT_DONE_HERE else "read", NOT_DONE_HERE.get(first, ""))


def explained(words: list[str]) -> tuple[str, str]:
    """EXPLAIN runs nothing but a PRAGMA."""
    if "PRAGMA" in words[:4]:
        return "refused", "EXPLAIN does not explain a PRAGMA, but does it."
    return "explain", ""


def kind_of_pragma(words: list[str], sql: str) -> tuple[str, str]:
    """One that asks, or sets what matters on a copy only."""
    name = words[1].lower() if len(words) > 1 else ""
    if name == "main" and len(words) > 2:
        name = words[2].lower()
    if name in PRAGMAS_THAT_SET:
        return ("make" if "=" in sql or "(" in sql else "read"), ""
    if name in PRAGMAS_THAT_READ and "=" not in sql:
        return "read", ""
    reason = PRAGMA_REASONS.get(name, "It would change how the database works, or say more than the lab may.")
    return "refused", f"PRAGMA {name} is not done here. {reason}"


PRAGMA_REASONS = {
    "database_list": "It would say where the file is.",
    "writable_schema": "With it, a statement could write into SQLite's own table of tables, and break the file.",
}
NOT_DONE_HERE = {
    "ATTACH": "ATTACH would open another file. Here is this database only.",
    "DETACH": "DETACH has nothing to let go of: here is this database only.",
    "VACUUM": "VACUUM changes no row: it writes the whole file anew, or into another one. It is not needed here.",
}
