"""`--show`: what a command or the seed did, as a tree."""


def test_the_seed_shows_its_tree_and_no_password(house):
    code, printed, said = house("-m", "seed", "--show", SAMPLE_DATA="lesson")
    assert (code, said) == (0, "")
    lines = printed.splitlines()
    (makes_users,) = [number for number, line in enumerate(lines) if "init_users(" in line]
    assert "models/user.py:" in lines[makes_users]
    assert lines[makes_users + 1].lstrip().startswith("User.create(")
    inserted = next(line for line in lines[makes_users:] if 'INSERT INTO "users"' in line)
    assert "1 row" in inserted
    assert inserted.index("INSERT") > lines[makes_users + 1].index("User.create") > lines[makes_users].index("init")
    assert any(line.lstrip() == "… 9 more like this" for line in lines)
    assert lines[-1].startswith("Made ")
    assert "123toby" not in printed
    assert "scrypt:" not in printed


def test_a_command_shows_its_tree_and_not_what_was_typed(house):
    assert house("-m", "seed")[0] == 0
    code, printed, _ = house("-m", "models", "admin", "niko", "--show")
    assert code == 0
    assert printed.startswith("niko is an admin.")
    assert 'UPDATE "users" SET' in printed
    assert "User.update(role='admin')" in printed


def test_without_show_nothing_more_is_said(house):
    _, printed, _ = house("-m", "seed")
    assert printed.count("\n") == 1


def test_a_set_up_that_fails_shows_how_far_it_came(house):
    (house.models / "planet.py").write_text(
        "from models.shared.resource import Resource\nfrom models.shared.fields import LineField\n\n\n"
        "class Planet(Resource):\n    name = LineField()\n    plural = 'planets'\n\n\n"
        "def init_planets():\n    Planet.create(name='Mars')\n    Planet.create(name=None)\n"
    )
    code, printed, said = house("-m", "seed", "--show")
    assert code != 0
    assert "Planet.create(name='Mars')" in printed
    assert "models/planet.py" in said
