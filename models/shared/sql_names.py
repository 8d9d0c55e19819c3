"""Names and texts as SQL writes them. It imports nothing, as programs use it that load as little as they can."""


def sql_name(name: str) -> str:
    """The name of a table or a column."""
    return '"' + name.replace('"', '""') + '"'


def sql_text(text: str) -> str:
    """A text between quotes."""
    return "'" + text.replace("'", "''") + "'"
