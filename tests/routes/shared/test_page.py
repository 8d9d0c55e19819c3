import pytest
from bottle import html_escape, touni

from routes.shared.page import escaped


@pytest.mark.parametrize("value", ["", "x", "Zoë & Ada", "<", ">", '"', "'", "a<b>&c\"'d", 12, 1.5, None, True, b"<b>"])
def test_a_value_is_escaped_as_bottle_does(value):
    assert escaped(value) == html_escape(touni(value))
