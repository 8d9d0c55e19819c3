"""What the codes of PostgreSQL's errors ask for: https://www.postgresql.org/docs/current/errcodes-appendix.html."""

# Two transactions were in each other's way, and this one gave way: it is done again, on the same server.
IN_THE_WAY = {"40001": "serialization failure", "40P01": "deadlock"}
# The server is gone, or leads no more: it is done again, on whichever leads now.
IS_READ_ONLY = "25006"
ANOTHER_SERVER = {
    IS_READ_ONLY: "it may only be read",
    "57P01": "it is being stopped",
    "57P02": "it has crashed",
    "57P03": "it cannot be connected to now",
}
# Of these, what the server has refused before it did anything.
REFUSED_AT_ONCE = {"25006", "57P03"}
LOST_CONNECTION = "08"  # the class of all that a connection can suffer


def means_another_server(sqlstate: str | None) -> bool:
    """Whether no connection to this server is worth keeping."""
    return bool(sqlstate) and (sqlstate in ANOTHER_SERVER or str(sqlstate).startswith(LOST_CONNECTION))
