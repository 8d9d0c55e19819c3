"""The lines make a backup, try it and bring it back; the page says what the program says."""

import re

from models.shared.backup import kept
from tests.docs.pages import HOUSE, blocks, run_sh, text_of
from tests.server import free_port, server

PAGE = "docs/backups.md"
NAMED = "backup-20261127T030012Z.zip"


def test_the_lines_make_a_backup_try_it_and_bring_it_back_while_the_site_runs(house, tmp_path):
    folder = house.models.parent
    make, bring_back, rehearse = blocks(PAGE, "sh")
    with server(folder, free_port(), house=folder):
        (made,) = run_sh([make], folder, SAMPLE_DATA="locked")
        name = re.search(r"backup-\w+\.zip", made)[0]
        lines = [line.replace(NAMED, name) for line in (bring_back, rehearse)]
        restored, tried = run_sh(lines, folder, SAMPLE_DATA="locked")
    assert restored.startswith(f"Restored volumes/backups/{name} of ")
    assert "can be restored" in tried
    back = restored.splitlines()[-1].strip()
    assert run_sh([back], folder, SAMPLE_DATA="locked")[0].startswith("Restored ")


def test_it_says_how_many_are_kept_and_what_they_are_called():
    assert f"the newest of each of {kept.DAYS} days, {kept.WEEKS} weeks and {kept.MONTHS} months" in text_of(PAGE)
    assert kept.NAME_OF_BACKUP.fullmatch(NAMED)


def test_what_the_table_says_the_program_says():
    source = "".join(file.read_text() for file in (HOUSE / "models" / "shared").rglob("*.py"))
    for words in re.findall(r"^\| ([A-Z…][^|`]*) \|", text_of(PAGE), re.MULTILINE):
        assert words.strip("… ").removeprefix("The database ") in source
