"""What the doctor has to know of the site: its settings, and which addresses it has."""

from typing import TYPE_CHECKING

from bottle import HTTPError

from lab.doctor.seen import Backend

if TYPE_CHECKING:
    from routes.shared.site import Site

NO_METHOD = "-"  # which no route has, so the router tells those that there are


def backend_of(site: "Site") -> Backend:
    config = site.config
    return Backend(
        origins=config["origins"],
        trusted_proxy=config["trusted_proxy"],
        prefix=config["prefix"],
        lesson=config["lesson"],
        host=config["host"],
        api_prefixes=tuple(each.prefix for each in site.dialects),
        paths=tuple(sorted({route.rule for route in site.routes if "<" not in route.rule})),
        methods_at=lambda path: methods_at(site, path),
    )


def methods_at(site: "Site", path: str) -> tuple[str, ...]:
    """The methods that this path has; none where there is nothing."""
    dialect = site.dialect_of(path)
    matched = dialect.path_to_match(path) if dialect else path
    try:
        site.router.match({"PATH_INFO": matched or "/", "REQUEST_METHOD": NO_METHOD})
    except HTTPError as error:
        allowed = error.headers.get("Allow", "") if error.status_code == 405 else ""
        return tuple(name for name in allowed.split(",") if name)
    return ("GET",)  # a route for any method
