"""A teacher who knows nothing finds each page of a class from another one."""

from tests.classroom.conftest import PUPIL


def links(page):
    return {link["href"] for link in page.html.select("main a[href]")}


def test_the_groups_lead_to_the_import_and_the_slips(teacher, pupil):
    assert {"/users/import", "/users/slips"} <= links(teacher.get("/groups"))
    assert not {"/users/import", "/users/slips"} & links(pupil.get("/groups"))


def test_an_admin_without_a_group_finds_the_import(log_in):
    assert {"/users/import", "/users/slips"} <= links(log_in("toby").get("/groups"))


def test_a_group_leads_its_teacher_to_all_that_is_of_it(teacher, pupil, p3):
    here = f"/groups/{p3.id}"
    pages = {f"{here}/joining", f"{here}/activity", f"{here}/reset", f"/users/slips?group={p3.id}"}
    pages.add(f"/users/import?group={p3.id}")
    assert pages <= links(teacher.get(here))
    assert not pages & links(pupil.get(here))
    for path in pages:
        teacher.get(path, status=200)


def test_a_pupils_page_leads_who_teaches_them_to_a_slip(teacher, pupil, other_teacher):
    path = "/users/slips?uid=niko"
    assert path in links(teacher.get(f"/users/{PUPIL}"))
    assert teacher.get(path).html.select("#slips")
    for browser in (pupil, other_teacher):
        assert path not in links(browser.get(f"/users/{PUPIL}"))
