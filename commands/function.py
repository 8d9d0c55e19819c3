"""The site as a function without a server: `commands.function.handler` is called for each request.

Nothing runs between two of them, as the process is frozen then: there is no thread, and each line is written at once.
"""

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

from config import BadSetting, Settings, settings_from_environment
from models.shared.kept_objects import objects_kept
from models.shared.start_errors import Unusable

if TYPE_CHECKING:
    from commands.gateway import Event, EventHandler

NO_SITE_YET = "The site cannot answer yet; its log says why."
NO_REQUEST = "This is no request of a gateway or of a load balancer."


def handler(event: "Event", context: Any) -> "Event":
    """The answer to one event. What keeps the site from starting is in the log, and is looked at again next time."""
    try:
        answer = the_site()
    except (BadSetting, Unusable) as error:
        print(error, file=sys.stderr, flush=True)
        return only_words(503, NO_SITE_YET)
    return answer(event, context) if event.get("requestContext") else only_words(400, NO_REQUEST)


@cache
def the_site() -> "EventHandler":
    """Made by the first event, of the settings of the environment. A failure is not kept."""
    from commands.gateway import answers_events
    from routes.shared.log import log, write_log

    settings = usable_settings(settings_from_environment())
    with objects_kept():
        site = start(settings)
    log.propagate = settings.log == "text"  # whatever runs a function has a form of its own for what it is told
    write_log()
    return answers_events(site)


def start(settings: Settings) -> Any:
    """The site, on tables that are ready. BadSetting, or Unusable."""
    from app import make_site
    from models.shared.history.sweeping import limit_history
    from models.shared.ready import require_ready
    from seed.house import bind_house

    bind_house(settings)
    limit_history(*settings.history_limits)
    require_ready()
    return make_site(settings)


def usable_settings(settings: Settings) -> Settings:
    """With a folder that can be written, where none is named. BadSetting for what a function cannot do."""
    is_named = settings.volumes != Settings.volumes
    if settings.database_url.partition(":")[0] in ("", "sqlite"):
        raise BadSetting("DATABASE_URL must name a server: the disk of a function is gone with its process")
    if not (settings.pictures or is_named):
        raise BadSetting("PICTURES must name a bucket, or VOLUMES a folder that stays, unlike the disk of a function")
    if settings.backups != "off":
        raise BadSetting("BACKUPS must be off: a function does nothing between two requests")
    if settings.metrics != "no":
        raise BadSetting("METRICS must be no: a function has several processes, and nobody can ask each of them")
    if settings.lab_for != "nobody":
        raise BadSetting("LAB must be off: a function has several processes, and the lab knows only one")
    return settings if is_named else replace(settings, volumes=Path(gettempdir()) / "volumes")


def only_words(status: int, words: str) -> "Event":
    """An answer that is not the site's."""
    headers = {"content-type": "text/plain; charset=utf-8", "cache-control": "no-store"}
    return {"statusCode": status, "headers": headers, "body": f"{words}\n", "isBase64Encoded": False}


def load() -> None:
    """All that the first request needs but its settings. A function may do as it likes until it has been loaded."""
    with objects_kept():
        from app import make_site  # noqa: F401
        from commands.gateway import answers_events  # noqa: F401
        from models.shared.loading import all_models
        from models.shared.ready import require_ready  # noqa: F401

        all_models()
        from routes import all_sections

        all_sections()


load()
