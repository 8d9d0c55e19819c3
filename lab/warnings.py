"""What there is to learn from a request: statements that are asked again and again, or take their time."""

from lab.record import Warned
from lab.recording import Recording

NOTABLE_SECONDS = 0.05


def warnings_of(recording: Recording) -> list[Warned]:
    """All of them. The statements still have the values and rows that they had."""
    return [
        Warned("slow", f"This took {(each.ended - each.began) * 1000:.0f} ms.", "", each.place, [number])
        for number, each in enumerate(recording.statements)
        if each.ended - each.began > NOTABLE_SECONDS
    ]
