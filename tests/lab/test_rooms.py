import pytest

ROOMS = {
    "requests": "Requests",
    "tables": "Tables",
    "sql": "SQL",
    "twins": "Twins",
    "check": "Check",
    "doctor": "Doctor",
}


@pytest.mark.parametrize("room", ROOMS)
def test_each_page_of_the_lab_leads_to_all_others(here, room):
    links = here.get(f"/lab/{room}").html.select("nav[aria-label='The lab'] a")
    assert {link["href"]: link.text for link in links} == {f"/lab/{path}": name for path, name in ROOMS.items()}
    assert [link["href"] for link in links if link.has_attr("aria-current")] == [f"/lab/{room}"]
