"""Which part of the site a path belongs to, before a route is looked for."""


def is_api(path: str) -> bool:
    """Whether programs ask there: errors are problem details, and pages of other origins may come."""
    return path.startswith("/api/")


def is_static(path: str) -> bool:
    """Whether a file is asked for, which needs no database."""
    return path.startswith("/static/")
