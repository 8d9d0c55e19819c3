"""What JSON means is taken as it is: nothing is trimmed, read out of text, or empty instead of null."""


def test_every_reason_is_told_at_once(visitor):
    sent = {"name": "A", "uid": "toby", "password": "", "dob": ""}
    assert visitor.post_json("/api/users", sent, status=422).json["problems"] == {
        "name": "must have at least 2 characters",
        "uid": "is already taken",
        "password": "must have at least 8 characters",
        "dob": "must be a date like 2008-04-05",
    }


def test_a_form_is_read_leniently(visitor):
    values = {"name": " Ada Lovelace ", "uid": " Ada ", "password": "", "dob": ""}
    visitor.post("/users", values, status=303)
    ada = visitor.get("/api/users/11").json
    assert (ada["name"], ada["uid"], ada["dob"]) == ("Ada Lovelace", "ada", None)


def test_null_clears_and_empty_text_does_not(member):
    member.patch_json("/api/users/2", {"dob": ""}, status=422)
    assert member.patch_json("/api/users/2", {"dob": None}, status=200).json["dob"] is None


def test_an_order_that_is_empty_is_none_of_those_there_are(visitor):
    assert "must be one of" in visitor.get("/api/users?sort=", status=422).json["problems"]["sort"]
    visitor.get("/users?sort=&search=", status=200)
