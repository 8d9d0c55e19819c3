"""A class from the school's list to the next period, as a teacher and two pupils see it."""

import re

from playwright.sync_api import expect

PUPILS = [f"Kid {number} Family{number}" for number in range(1, 28)]
ROSTER = "Name,E-mail\n" + "".join(f"{name},kid{number}@x.org\n" for number, name in enumerate(PUPILS, 1))
ROSTER += "吳英,\nToby Other,toby@x.org\n=HYPERLINK(1),z@x.org\n"
SHEET = re.compile(rb"/Type /Page\b")  # in a PDF


def test_a_class_comes_in_writes_is_moderated_and_reset(open_page, site):
    teacher, first, second = (open_page(base_url=site, reduced_motion="reduce") for _ in range(3))
    log_in(teacher, "toby", "123toby")
    passwords = class_that_came_in(teacher)
    for pupil, uid in ((first, "kid1"), (second, "kid2")):
        first_login(pupil, uid, passwords[uid])
        pupil.goto("/groups")
        pupil.get_by_role("link", name="Period 3").click()
        expect(pupil.get_by_text("27 people")).to_be_visible()
        expect(pupil.get_by_role("heading", name="For teachers")).to_have_count(0)
    write(first, "A rude word")
    hide(teacher)
    first.goto("/posts")
    expect(first.get_by_text("Be kind.")).to_be_visible()
    second.goto("/posts")
    expect(second.get_by_role("heading", name="Posts")).to_be_visible()
    expect(second.get_by_text("A rude word")).to_have_count(0)
    assert second.goto("/users/slips").status == 403
    reset(teacher)
    first.goto("/posts")
    expect(first.get_by_role("heading", name="Posts")).to_be_visible()
    expect(first.get_by_text("A rude word")).to_have_count(0)
    expect(first.locator("summary .name")).to_have_text("Kid 1 Family1")


def class_that_came_in(page):
    """From the file to the slips, which are printed; the password of each user id."""
    page.goto("/groups")
    page.get_by_role("link", name="Make the first one").click()
    page.get_by_label("Name").fill("Period 3")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("link", name="Import people").click()
    csv = {"name": "period3.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
    page.locator("#roster-file").set_input_files(csv)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("status").first).to_have_text("27 new, 3 with a problem.")
    expect(page.locator(".roster-problems tbody tr")).to_have_count(3)
    page.get_by_label("Leave out the 3 lines").check()
    page.get_by_role("button", name="Import 27 people").click()
    expect(page.locator(".slip")).to_have_count(27)
    rows = page.locator(".slip").evaluate_all(
        "all => all.map(each => [...each.querySelectorAll('dd')].slice(1).map(cell => cell.textContent))"
    )
    page.emulate_media(media="print")
    expect(page.get_by_text("Print this page now")).to_be_hidden()
    lefts = page.locator(".slip").evaluate_all("all => all.map(each => each.getBoundingClientRect().left)")
    assert len(set(lefts)) == 2  # columns
    assert len(SHEET.findall(page.pdf(format="A4"))) == 5  # of six slips
    page.emulate_media(media="screen")
    passwords = dict(rows)
    assert len(set(passwords.values())) == 27
    return passwords


def first_login(page, uid, password):
    log_in(page, uid, password)
    expect(page.get_by_role("heading", name="Choose a password")).to_be_visible()
    page.goto("/posts/new")
    expect(page.get_by_role("heading", name="Choose a password")).to_be_visible()
    page.locator("#choose input[type=password]").fill(f"my own of {uid}")
    page.get_by_role("button", name="Take it").click()
    expect(page.locator("summary .name")).to_be_visible()


def log_in(page, uid, password):
    page.goto("/login")
    page.get_by_label("User id").fill(uid)
    page.locator("#login input[type=password]").fill(password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(lambda url: "/login" not in url)


def write(page, note):
    page.goto("/posts/new")
    page.get_by_label("Note").fill(note)
    page.get_by_role("button", name="Post it").click()
    expect(page.get_by_text(note)).to_be_visible()


def hide(page):
    page.goto("/posts")
    page.locator("article", has_text="A rude word").get_by_role("link", name="Hide").click()
    page.locator("#hide-post [name=reason]").fill("Be kind.")
    page.get_by_role("button", name="Hide it").click()
    expect(page.get_by_text("Be kind.")).to_be_visible()


def reset(page):
    page.goto("/groups")
    page.get_by_role("link", name="Period 3").click()
    page.get_by_role("link", name="Between periods").click()
    expect(page.get_by_text("1 post")).to_be_visible()
    page.get_by_role("button", name="Take them away").click()
    expect(page.get_by_text("The rows of Period 3 were deleted.")).to_be_visible()
