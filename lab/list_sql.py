"""The SQL that found the rows of a list, for the foot of its page."""

from lab.finish import MOST_VALUES, shown_values
from lab.literals import with_literals
from lab.recording import MOST_SQL, Recording, Statement
from lab.sent import remember_secrets
from lab.sql_words import in_lines
from models.shared.keyset import STORED_VALUE
from routes.shared.environ import Environ
from routes.shared.state import STATE_KEY

LIST_ONLY = f'AS "{STORED_VALUE}" FROM'  # what only the query of a list reads
LOOKS_AHEAD = " OFFSET "  # as it does that finds out how far to look for a text


def sql_of_list(recording: Recording, environ: Environ) -> str:
    """Each statement in lines, with its values and without secrets; nothing where the page has no list."""
    asked = [each for each in recording.statements if LIST_ONLY in each.sql and LOOKS_AHEAD not in each.sql]
    if not asked:
        return ""
    remember_secrets(environ, environ[STATE_KEY], recording.secrets)
    return "\n\n".join(shown_sql(each, recording) for each in asked)


def shown_sql(statement: Statement, recording: Recording) -> str:
    """One statement; of a long one the beginning."""
    sql = in_lines(recording.secrets.hide_sql(statement.sql))
    if len(statement.sql) >= MOST_SQL:
        return f"{sql}…"
    return f"{with_literals(sql, shown_values(statement, recording.secrets, [MOST_VALUES]))};"
