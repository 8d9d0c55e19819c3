"""Freezing is a room that can be taken away: the site is the same without it."""


def test_without_it_the_site_is_served_and_the_command_is_unknown(house):
    house.take_away("freezing")
    assert house("-m", "seed")[0] == 0
    code, _, said = house("-m", "models", "freeze", "out")
    assert code == 2
    assert "invalid choice: 'freeze'" in said
    script = (
        "from app import create_app; from webtest import TestApp; print(TestApp(create_app()).get('/users/page/1'))"
    )
    assert "Nikola Tesla" in house("-c", script)[1]
