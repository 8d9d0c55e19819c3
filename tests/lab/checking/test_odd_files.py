"""What a folder of students' files may have in it: odd names, odd files, odd classes. Each is alone with it."""

import json
import os

from lab.checking.lines import TO_DO
from tests.lab.checking.planted import CLASS, GOOD, GOOD_TEST, changed, write_planted
from tests.lab.checking.test_planted import needs_a_closed_place, only

ENDLESS = ("IntegerField(minimum=0)", "FloatField(minimum=float('-inf'), maximum=float('inf'))")
ODD = {
    "nothing": '"""Only words."""\n',
    "two": changed((CLASS, f"class Moon(Resource):\n    name = CharField()\n\n\n{CLASS}")) + "    Moon\n",
    "endless": changed(ENDLESS, ("import IntegerField", "import FloatField")),
    "a\x1b[31mb\nc": "",
    os.fsdecode(b"no\xfftext"): GOOD,
}


@needs_a_closed_place
def test_each_is_judged_and_none_keeps_the_others_from_it(house, tmp_path):
    place = tmp_path / "class"
    write_planted(place, {name: ("", "", file, GOOD_TEST) for name, file in ODD.items()})
    (place / "loop").symlink_to(place)
    code, printed, said = house("-m", "models", "check", str(place), "--json", PYTHONIOENCODING="utf-8")
    verdicts = {verdict["student"]: verdict for verdict in json.loads(printed)}
    assert (code, said) == (1, "")
    assert verdicts.keys() == {"nothing", "two", "endless", "a�[31mb�c", "no�text"}
    assert only(verdicts["nothing"], TO_DO) == {"file": "There is no model in it: write class Planet(Resource)."}
    assert verdicts["no�text"]["done"] == verdicts["no�text"]["of"]
    assert {line["name"] for line in verdicts["endless"]["lines"] if line["state"] == TO_DO} <= {"refuses"}
    assert "names" not in only(verdicts["two"], TO_DO)
    assert "larger than 256 KiB, or cannot be read" in only(verdicts["a�[31mb�c"], TO_DO)["file"]
    assert all(letter.isprintable() for letter in printed.replace("\n", ""))
