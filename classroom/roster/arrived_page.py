"""What has come in, with the one-time passwords: they are on this page only."""

from collections.abc import Sequence

from bottle import response

from classroom.roster.arriving import Arrived
from classroom.roster.preview_page import counted_words
from classroom.roster.roster import Roster
from routes.shared.page import page


def arrived_page(roster: Roster, arrived: Sequence[Arrived]) -> str:
    """Nobody can see it again."""
    response.set_header("Cache-Control", "no-store")
    return page(
        "classroom/roster/arrived",
        arrived=arrived,
        has_passwords=any(each.password for each in arrived),
        roster=roster,
        words=counted_words(roster),
    )
