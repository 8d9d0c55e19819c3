"""Which columns hold secrets: in the program's own tables all but those named here, in others what is called so."""

from lab.secrets import is_secret_name
from models.shared.alteration.kept import is_kept_aside

# Of the tables that have no pages. A column that is new stays hidden until it stands here.
OPEN_COLUMNS: dict[str, tuple[str, ...]] = {
    "sessions": ("id", "user_id", "kind", "label", "created", "last_used", "expires"),
    "attempts": ("id", "created"),  # a wrong uid may be a password that was typed in the wrong place
    "sign_ups": ("id", "address", "created"),
    "known_browsers": ("id", "user_id", "last_used"),
    "receipts": ("id", "status", "content_type", "created"),
    "drafts": ("id", "known_browser_id", "path", "created"),
    "folded": ("id", "place", "row_id", "start", "text"),
}


def secret_columns(table: str, columns: list[str], is_machinery: bool) -> list[str]:
    """Those of these columns that must not be read. `is_machinery` says that the table has no pages."""
    if table in OPEN_COLUMNS or is_machinery or is_kept_aside(table):
        return [name for name in columns if name not in OPEN_COLUMNS.get(table, ("id",))]
    return [name for name in columns if is_secret_name(name)]
