"""`python -m models`: the commands."""

from commands import main

main()
