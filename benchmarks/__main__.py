"""What `make bench` runs: this house side by side with others that somebody might pick for the same job."""

import argparse
import sys

from benchmarks.class_at_once import measure_class
from benchmarks.everyone import everyone
from benchmarks.load import require_wrk
from benchmarks.measure import measure
from benchmarks.queries import queries_of_lists
from benchmarks.report import in_columns, of_class, ratios, table


def main() -> None:
    options = parser().parse_args()
    require_wrk()
    peers = everyone()
    rounds, seconds = (1, 1) if options.short else (options.rounds, options.seconds)
    rows = measure([peers[name] for name in options.peers or peers], rounds, seconds, tell)
    print(in_columns(table(rows)))
    for lines in filter(None, [ratios(rows)]):
        print(in_columns(lines))
    for path, count in queries_of_lists().items():
        print(f"{count} queries: {path}")
    print(of_class(measure_class()))


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("peers", nargs="*", metavar="PEER", help=f"only these of: {', '.join(everyone())}")
    options.add_argument("--rounds", type=int, default=3, help="of which the middle one counts (default 3)")
    options.add_argument("--seconds", type=int, default=2, help="of load in each round (default 2)")
    options.add_argument("--short", action="store_true", help="one round of one second, to see whether it works")
    return options


def tell(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
