"""All that a site counts, and where: the requests by their routes, the database, what is remembered."""

from collections.abc import Iterable
from http import HTTPStatus

from bottle import Route

from metrics.durations import Durations
from metrics.gauges import IN_FLIGHT, OPENING, gauges_of_process, write_down, write_down_each_second
from metrics.numbers import Grid, Labels, SharedNumbers
from metrics.statements import OPERATIONS, measure_database
from metrics.table_rows import TableRows
from routes.shared.environ import Environ
from routes.shared.remembered import Memory

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NO_ROUTE, OTHER = "none", "other"  # what strangers make up is all one
STATUSES = tuple(str(int(status)) for status in HTTPStatus)


class Figures:
    """Those of one site. The numbers of its routes are laid out when all are known, before a server forks."""

    def __init__(self, routes: Iterable[Route], memory: Memory | None, processes: int) -> None:
        lines = sorted((route.method, route.rule) for route in routes)
        lines += [(method, NO_ROUTE) for method in (*METHODS, OTHER)] + [(OTHER, OTHER)]
        self.memory, self.processes = memory, processes
        self.requests = Grid(lines, (*STATUSES, OTHER))
        self.durations = Durations(lines)
        self.operations = Durations((each,) for each in OPERATIONS.values())
        self.remembered = Grid([()], ("hit", "miss"))
        counted = self.requests, self.durations, self.operations, self.remembered
        self.numbers = SharedNumbers(gauges_of_process(), *counted)
        self.in_flight = self.numbers.gauges.place((), IN_FLIGHT)
        self.table_rows = TableRows()
        measure_database(self.numbers, self.operations, self.numbers.gauges.place((), OPENING))

    def begin(self) -> None:
        """A request has come."""
        if not self.numbers.has_part and self.numbers.take_part() and self.processes > 1:
            write_down_each_second(self.write_down)
        self.numbers.add(self.in_flight)

    def note(self, environ: Environ, status: str, seconds: float) -> None:
        """It has been answered."""
        self.durations.note(self.numbers, self.note_status(environ, status), seconds)

    def note_status(self, environ: Environ, status: str) -> Labels:
        """How it has been answered; its line."""
        line = self.line_of(environ)
        self.numbers.add(self.requests.place(line, status if status in self.requests.columns else OTHER))
        return line

    def end(self) -> None:
        """It is over, however it went."""
        self.numbers.add(self.in_flight, -1)

    def line_of(self, environ: Environ) -> Labels:
        """Its method and the pattern of its route, or that there is none. Never what somebody has typed."""
        route = environ.get("bottle.route")
        if route:
            line = route.method, route.rule
            return line if line in self.requests.lines else (OTHER, OTHER)
        method = environ["REQUEST_METHOD"]
        return method if method in METHODS else OTHER, NO_ROUTE

    def note_memory(self, is_hit: bool) -> None:
        """Whether an answer was remembered."""
        self.numbers.add(self.remembered.place((), "hit" if is_hit else "miss"))

    def write_down(self) -> None:
        """What is so just now in this process."""
        write_down(self.numbers, self.memory)
