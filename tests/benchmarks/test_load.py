"""Without the program that makes the load, the benchmark says in words what is missing."""

import pytest

from benchmarks.load import require_wrk


def test_it_says_how_to_get_wrk(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="apt install wrk"):
        require_wrk()
