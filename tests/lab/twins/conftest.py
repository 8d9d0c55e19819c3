"""Copies are made where those of SQL are, and nothing is left of them."""

from tests.lab.sql.conftest import copies  # noqa: F401 - each test here uses it
