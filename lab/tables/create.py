"""A CREATE statement in lines: a column, or a rule, in each."""

from lab.secrets import sql_without_hashes
from lab.sql.pieces import TOKEN_OF_SQL


def create_statement(sql: str) -> str:
    """As it is, where somebody has written it in lines; without what looks like a secret."""
    text = sql.strip()
    if "\n" not in text and text.upper().startswith("CREATE TABLE"):
        text = in_lines_of_columns(text)
    return sql_without_hashes(text)


def in_lines_of_columns(sql: str) -> str:
    """With a line for each part between the outer brackets."""
    depth, found = 0, []
    for piece in TOKEN_OF_SQL.findall(sql):
        depth -= piece == ")"
        if piece == ")" and depth == 0:
            found.append("\n")
        found.append(piece.lstrip() if found and found[-1] == "\n  " else piece)
        if (piece == "(" and depth == 0) or (piece == "," and depth == 1):
            found.append("\n  ")
        depth += piece == "("
    return "".join(found)
