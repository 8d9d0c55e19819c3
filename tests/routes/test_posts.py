"""Posts, as a person and as a program meets them."""

import sqlite3


def test_a_visitor_sees_the_newest_posts_first_and_who_wrote_them(visitor):
    html = visitor.get("/posts").html
    assert html.select_one(".note").text == "Born in the year 10, to see whether a program can count that far back."
    assert html.select_one(".byline a").text == "Fred Flintstone"
    assert html.select_one("time")["datetime"].endswith("Z")


def test_a_visitor_searches_posts(visitor):
    form = visitor.get("/posts").forms[0]
    form["search"] = "MOTH"
    assert [note.text[:8] for note in form.submit().html.select(".note")] == ["1947: a "]


def test_a_search_for_what_nobody_said_says_so(visitor):
    assert "No post says “xyzzy”" in visitor.get("/posts?search=xyzzy").html.text


def test_where_nobody_has_written_the_page_says_so(visit):
    assert "Nobody has written anything yet" in visit(sample_data="none").get("/posts")


def test_a_program_lists_and_reads_posts(visitor):
    answer = visitor.get("/api/posts?limit=5&sort=created").json
    assert [post["id"] for post in answer["posts"]] == [1, 2, 3, 4, 5]
    assert visitor.get("/api/posts/1").json == answer["posts"][0]
    assert answer["posts"][0]["created"] == "2026-01-05T09:30:00Z"
    assert visitor.get("/api/posts?user=2&search=unit").json["total"] == 1


def test_a_note_of_several_lines_and_with_html_is_shown_as_it_is(visitor, settings):
    with sqlite3.connect(settings.database_path) as program:
        program.execute("update posts set note = '<script>x</script>' || char(10) || 'two' where id = 19")
    program.close()
    html = visitor.get("/posts").html
    assert html.select_one(".note").text == "<script>x</script>\ntwo"
    assert not html.select("main script")


def test_what_a_deleted_user_left_behind_is_never_shown(visitor, settings):
    """The lesson deletes row 7 in the `sqlite3` program, whose foreign keys are off."""
    with sqlite3.connect(settings.database_path) as program:
        program.execute("delete from users where id = 7")
        (left,) = program.execute("select min(id) from posts where userID = 7").fetchone()
    program.close()
    assert visitor.get("/api/posts").json["total"] == 17
    assert "Heddy" not in visitor.get("/posts")
    assert "2,292,387" not in visitor.get("/posts")
    visitor.get(f"/api/posts/{left}", status=404)
    visitor.get("/api/users/7/posts", status=404)
    assert visitor.get("/api/posts?user=7", status=422).json["problems"] == {"user": "does not exist"}


def test_a_person_with_many_posts_has_pages_of_them(visitor, settings):
    with sqlite3.connect(settings.database_path) as program:
        for number in range(25):
            program.execute("insert into posts (note, userID, created) values (?, 2, '2026-02-01')", (f"n{number}",))
    program.close()
    first = visitor.get("/users/2?added")
    assert first.html.select_one(".note").text == "n24"
    second = first.click("Next")
    assert len(second.html.select(".note")) == 7
    assert "was added" not in second
    assert second.click("Previous").html.select_one(".note").text == "n24"


def test_a_page_beyond_the_last_post_says_so(visitor):
    first = visitor.get("/api/posts?limit=19").json
    assert first["next"] is None
    last = visitor.get("/api/posts?limit=18").json["next"].replace("/api/posts", "/posts").replace("limit=18&", "")
    assert len(visitor.get(last).html.select(".note")) == 1
