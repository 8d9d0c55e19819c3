"""What `make bench` runs: the site side by side with others that somebody might pick for the same job."""

import argparse
import os
import platform
import sys
from datetime import date

from benchmarks.class_at_once import measure_class
from benchmarks.everyone import everyone
from benchmarks.load import require_wrk
from benchmarks.measure import measure
from benchmarks.million import measure_million
from benchmarks.page import keep
from benchmarks.peer import Peer
from benchmarks.queries import queries_of_lists
from benchmarks.report import all_tables, in_columns


def main() -> None:
    all_options = parser()
    options = all_options.parse_args()
    if options.write and (options.peers or options.short):
        all_options.error("what is written is of all peers, and not of a short run")
    results = {"million": measure_million(tell)} if options.million else measure_all(options)
    print("\n\n".join(in_columns(lines) for lines in all_tables(results)))
    if options.write:
        keep(results)


def measure_all(options: argparse.Namespace) -> dict:
    require_wrk()
    rounds, seconds = (1, 1) if options.short else (options.rounds, options.seconds)
    results = {
        "date": date.today().isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "rounds": rounds,
        "seconds": seconds,
        "peers": measure(options.peers or list(everyone().values()), rounds, seconds, tell),
    }
    if not options.peers:
        tell("a class at once")
        results |= {"class": measure_class(), "queries": queries_of_lists()}
    return results


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    peers = ", ".join(everyone())
    options.add_argument("peers", nargs="*", type=one_of_them, metavar="PEER", help=f"only these, of {peers}")
    options.add_argument("--rounds", type=int, default=3, help="of which the middle one counts (default 3)")
    options.add_argument("--seconds", type=int, default=2, help="of load in each round (default 2)")
    options.add_argument("--short", action="store_true", help="one round of one second, to see whether it works")
    options.add_argument("--million", action="store_true", help="instead, what lists take with a million users")
    options.add_argument("--write", action="store_true", help="put the figures and the picture into docs/")
    return options


def one_of_them(word: str) -> Peer:
    if word not in everyone():
        raise argparse.ArgumentTypeError(f"nobody is called {word}")
    return everyone()[word]


def tell(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
