"""A CREATE statement in lines: a column, or a rule, in each."""

import re

from lab.secrets import sql_without_hashes

PIECE_OF_CREATE = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\[[^\]]*\]|`[^`]*`|--[^\n]*|/\*.*?\*/|[(),]|[^'\"\[`(),/-]+|.", re.DOTALL
)


def create_statement(sql: str) -> str:
    """As it is, where somebody has written it in lines; without what looks like a secret."""
    text = sql.strip()
    if "\n" not in text and text.upper().startswith("CREATE TABLE"):
        text = in_lines_of_columns(text)
    return sql_without_hashes(text)


def in_lines_of_columns(sql: str) -> str:
    """With a line for each part between the outer brackets."""
    depth, found = 0, []
    for piece in PIECE_OF_CREATE.findall(sql):
        depth -= piece == ")"
        if piece == ")" and depth == 0:
            found.append("\n")
        found.append(piece.lstrip() if found and found[-1] == "\n  " else piece)
        if (piece == "(" and depth == 0) or (piece == "," and depth == 1):
            found.append("\n  ")
        depth += piece == "("
    return "".join(found)
