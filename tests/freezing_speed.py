"""Pages a second of a freeze beside those of asking the site alone: `python -m tests.freezing_speed USERS`."""

import sys
import tempfile
import time
from pathlib import Path

from app import create_app
from config import Settings
from freezing.making import Wishes, make_files
from freezing.moment import site_of_one_moment
from freezing.target import Target
from freezing.visitor import Visitor
from models.shared.database import database
from routes.shared.state import Frozen
from seed.made_up import add_made_up_users

clock = time.process_time if "cpu" in sys.argv else time.perf_counter


def main(users):
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(volumes=Path(folder) / "volumes")
        create_app(settings)
        with database.connection_context():
            for _ in add_made_up_users(users):
                pass
        asked, ask = [], Visitor.ask

        def note(visitor, path, query=""):
            asked.append((path, visitor.frozen.places.get(path)))
            return ask(visitor, path, query)

        with site_of_one_moment(settings) as site:
            Visitor.ask = note
            freeze(site, Path(folder) / "first")
            Visitor.ask = ask
            visitor = Visitor(site, Frozen())
            started = clock()
            for path, place in asked:
                visitor.frozen.places[path] = place
                assert visitor.ask(path).status in (200, 404)
            alone = clock() - started
            started = clock()
            freeze(site, Path(folder) / "second")
            frozen = clock() - started
            started = clock()
            freeze(site, Path(folder) / "second")
            again = clock() - started
        print(f"{len(asked):,} addresses: frozen {len(asked) / frozen:,.0f}/s, asked alone {len(asked) / alone:,.0f}/s")
        print(f"{alone / frozen:.2f} times as many; with nothing changed {alone / again:.2f}")


def freeze(site, folder):
    target = Target(folder)
    target.begin()
    make_files(site, Wishes("", "", "/", "http://localhost"), target.keep, lambda *_: None)
    target.finish()


if __name__ == "__main__":
    main(int(sys.argv[1]))
