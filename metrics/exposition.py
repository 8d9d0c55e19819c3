"""The figures in the text format of Prometheus, under names as it wants them: base units, `_total` for what grows."""

import platform
from collections.abc import Iterator
from functools import partial

from prometheus_client import ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from metrics.durations import Durations, cumulated
from metrics.figures import Figures
from metrics.gauges import ANSWERS, BYTES, IDLE, IN_FLIGHT, IN_USE, OPENING, RUNNING, WAITING
from models.shared.database import is_sqlite


class Exposition(Collector):
    """What all processes have counted until now, added up."""

    def __init__(self, figures: Figures, version: str) -> None:
        self.figures, self.version = figures, version
        self.answers = figures.table_rows.look()
        figures.write_down()
        self.parts = figures.numbers.parts()
        self.numbers = [sum(each) for each in zip(*self.parts.values(), strict=True)]

    def text(self) -> bytes:
        """As it is sent."""
        return generate_latest(self)

    def collect(self) -> Iterator[Metric]:
        """Everything."""
        yield from self.about_requests()
        yield from self.about_database()
        yield from self.about_waiting()
        yield from self.about_memory()
        yield from self.about_processes()

    def about_requests(self) -> Iterator[Metric]:
        """Those that have been answered, and those that are being answered."""
        requests = self.figures.requests
        counted = CounterMetricFamily(
            "portfolio_http_requests", "Requests answered.", labels=("method", "route", "status")
        )
        for line in requests.lines:
            values = requests.values(self.numbers, line)
            for status, value in zip(requests.columns, values, strict=True):
                if value:
                    counted.add_metric((*line, status), value)
        yield counted
        yield self.histogram(
            "portfolio_http_request_duration_seconds",
            "How long requests took, until the answer was made.",
            ("method", "route"),
            self.figures.durations,
        )
        yield self.gauge("portfolio_http_requests_in_flight", "Requests that are being answered.", IN_FLIGHT)

    def about_database(self) -> Iterator[Metric]:
        """How long it takes, the connections to it, and the rows in it."""
        yield self.histogram(
            "portfolio_database_duration_seconds",
            "How long the database took: connect includes waiting for a free connection, begin for other writers.",
            ("operation",),
            self.figures.operations,
        )
        connections = GaugeMetricFamily(
            "portfolio_database_connections", "Open connections to the database.", labels=("state",)
        )
        connections.add_metric(("in_use",), self.value(IN_USE))
        connections.add_metric(("idle",), self.value(IDLE))
        yield connections
        yield self.gauge(
            "portfolio_database_connections_waiting", "Threads that wait for a connection, or open one.", OPENING
        )
        yield GaugeMetricFamily("portfolio_database_up", "Whether the database has just answered.", float(self.answers))
        rows = GaugeMetricFamily(
            "portfolio_table_rows", "Rows of each table, as they were counted last.", labels=("table",)
        )
        for table, value in self.figures.table_rows.known().items():
            rows.add_metric((table,), value)
        yield rows

    def about_waiting(self) -> Iterator[Metric]:
        """What a few do at a time."""
        kinds = (
            ("portfolio_slow_work_running", "Slow work that is being done.", RUNNING),
            ("portfolio_slow_work_waiting", "Threads that wait until they may do slow work.", WAITING),
        )
        for name, words, gauges in kinds:
            family = GaugeMetricFamily(name, words, labels=("work",))
            for work, gauge in gauges.items():
                family.add_metric((work,), self.value(gauge))
            yield family

    def about_memory(self) -> Iterator[Metric]:
        """What was of use of the answers that are remembered for visitors."""
        lookups = CounterMetricFamily(
            "portfolio_remembered_lookups",
            "Answers to visitors that were looked for among those remembered.",
            labels=("result",),
        )
        values = self.figures.remembered.values(self.numbers, ())
        for result, value in zip(("hit", "miss"), values, strict=True):
            lookups.add_metric((result,), value)
        yield lookups
        yield self.gauge("portfolio_remembered_answers", "Answers that are remembered.", ANSWERS)
        yield self.gauge("portfolio_remembered_bytes", "Memory that they take.", BYTES)

    def about_processes(self) -> Iterator[Metric]:
        """Which program it is, and what each process takes of the machine, by the number of its seat."""
        engine = "sqlite" if is_sqlite() else "postgresql"
        about = GaugeMetricFamily(
            "portfolio_info", "The program that runs here.", labels=("version", "python", "database")
        )
        about.add_metric((self.version, platform.python_version(), engine), 1)
        yield about
        families: dict[str, Metric] = {}
        for seat, numbers in self.parts.items():
            pid = int(self.figures.numbers.about.values(numbers, ())[0])
            for found in ProcessCollector(pid=partial(int, pid), registry=None).collect():
                family = families.setdefault(found.name, Metric(found.name, found.documentation, found.type))
                for sample in found.samples:
                    family.add_sample(sample.name, {"process": str(seat)}, sample.value)
        yield from families.values()

    def value(self, gauge: str) -> float:
        """Of all processes together."""
        return self.numbers[self.figures.numbers.gauges.place((), gauge)]

    def gauge(self, name: str, words: str, gauge: str) -> Metric:
        """One number."""
        return GaugeMetricFamily(name, words, self.value(gauge))

    def histogram(self, name: str, words: str, labels: tuple[str, ...], durations: Durations) -> Metric:
        """The lines of it that have anything."""
        family = HistogramMetricFamily(name, words, labels=labels)
        for line in durations.lines:
            buckets, total = cumulated(durations.values(self.numbers, line))
            if buckets[-1][1]:
                family.add_metric(line, buckets, total)
        return family
