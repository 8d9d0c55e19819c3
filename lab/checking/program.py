"""Checks models of this house for the site: `python -m lab.checking.program` reads their names as a line of JSON.

It is a process of its own, as it forks, and a site has threads. It writes the verdicts as JSON.
"""

import json
import sys

from lab.checking.handed_in import NotHandedIn, own_handed_in
from lab.checking.many import verdicts_on


def main() -> None:
    """Read, judge, write."""
    try:
        verdicts = verdicts_on([own_handed_in(name) for name in json.loads(sys.stdin.readline())], are_own=True)
        said = {"verdicts": [verdict.as_json() for verdict in verdicts], "problem": ""}
    except (NotHandedIn, OSError) as error:
        said = {"verdicts": [], "problem": str(error)}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
