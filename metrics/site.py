"""What the site does besides answering, as the settings say."""

from importlib.util import find_spec

from config import BadSetting, Settings
from routes.shared.log import log_form
from routes.shared.section import Section
from routes.shared.site import Site


def observed(kind: type[Site], settings: Settings) -> type[Site]:
    """The same kind of site, which counts (`METRICS`) or writes JSON (`LOG`). BadSetting without what that needs."""
    if settings.log == "json":
        from metrics.json_log import JsonEntry, note_mark
        from metrics.marked import Marked

        log_form.entry, log_form.note = JsonEntry(), note_mark
        kind = type("MarkedSite", (Marked, kind), {})
    if settings.metrics == "yes":
        from metrics.measured import Measured

        if not find_spec("prometheus_client"):
            raise BadSetting("METRICS needs the package prometheus-client: pip install -r requirements.txt")
        kind = type("MeasuredSite", (Measured, kind), {})
    return kind


def metrics_sections(settings: Settings) -> list[Section]:
    """The page of the figures, where there are any."""
    if settings.metrics != "yes":
        return []
    from metrics.pages import routes

    return [routes]
