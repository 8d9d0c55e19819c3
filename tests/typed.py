"""A command as somebody types it."""

from types import SimpleNamespace

import commands as command


def typed(capsys, *arguments, main=command.main):
    """What it prints, its errors, and its exit code."""
    code = 0
    try:
        main([str(each) for each in arguments])
    except SystemExit as stop:
        code = stop.code
    out, err = capsys.readouterr()
    return SimpleNamespace(out=out, err=err, code=code)
