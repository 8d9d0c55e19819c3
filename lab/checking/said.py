"""What a student's process says of its own mistakes: only words, but with a file and a line to look at."""

import re

from lab.checking.handed_in import HandedIn
from lab.checking.lines import ToDo

PLACE_IN_WORDS = re.compile(r"^((?:models|routes|views|tests)/[\w/.]+), line (\d+): ")
MOST_OF_SAID = 500
NOTHING_SAID = "It fails, and does not say why."


def said_to_do(words: str, handed_in: HandedIn) -> ToDo:
    """Something to do, at the place that the words begin with."""
    clean = "".join(each if each.isprintable() or each == "\n" else "�" for each in words)[:MOST_OF_SAID]
    found = PLACE_IN_WORDS.match(clean)
    lines = [line.strip() for line in clean[found.end() if found else 0 :].splitlines() if line.strip()]
    says = " ".join(line if line.endswith((".", ":", "?")) else f"{line}." for line in lines) or NOTHING_SAID
    says = says.replace(" Mend that line, or move " + handed_in.file.rpartition("/")[2] + " away, and start again.", "")
    file, line = (found[1], int(found[2])) if found else (handed_in.file, 1)
    return ToDo(says, file, line)
