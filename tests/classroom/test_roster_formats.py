"""The files that schools really have, each read without a word about what it is."""

from io import BytesIO
from pathlib import Path

import pytest

from classroom.roster.reading import columns_of_roster, read_roster
from classroom.roster.roles_file import roles_in, with_roles
from classroom.roster.roster import look_at_roster
from classroom.roster.roster_wish import RosterWish
from models.user import User

ROSTERS = Path(__file__).with_name("rosters")


def looked_at(content, **wish):
    """The roster in these bytes, in a text, or in a file of ROSTERS."""
    if isinstance(content, str):
        content = content.encode() if "\n" in content else (ROSTERS / content).read_bytes()
    sheet = read_roster(BytesIO(content))
    return look_at_roster(sheet, RosterWish(columns_of_roster(sheet), **wish))


def told(roster):
    """Each person as a line of text."""
    return [f"{each.line} {each.name} {each.uid} {each.born or ''}".strip() for each in roster.people if each.is_right]


FOUND = {
    "canvas-gradebook.csv": (
        ["4 Pat Quill pquill", "5 Zoë Ann O'Dell zodell", "6 Bo van der Berg bvanderberg"],
        [
            (2, "has no name, login or e-mail: “Manual Posting”"),
            (3, "is no person: “Points Possible”"),
            (7, "is the test student"),
        ],
    ),
    "canvas-gradebook-first-last-bom-semicolon.csv": (
        ["3 Jürgen Müller jmueller"],
        [(2, "is no person: “Points Possible”"), (4, "is the test student")],
    ),
    "oneroster-1.1-users.csv": (
        ["3 Avery Smith asmith9"],
        [(2, "has the role “teacher”"), (4, "has the status “tobedeleted”"), (5, "has the role “guardian”")],
    ),
    "oneroster-1.2-users.csv": (["2 Ave Smith asmith9", "3 Terry Lee tlee"], []),
    "github-classroom-roster.csv": (["2 Avery Smith avery-codes", "3 bjones bjones", "4 Pat Quill patq"], []),
    "moodle-upload-users.csv": (["2 Avery Smith asmith9", "3 Björn Jones bjones"], []),
    "google-classroom-grades.csv": (
        ["4 Avery Smith asmith9", "5 Björn Jones bjones"],
        [(2, "is no person: “Date”"), (3, "is no person: “Points”")],
    ),
    "microsoft-sds-v1-student.csv": (["2 Avery Smith asmith9", "3 Björn Jones bjones"], []),
    "sis-report-title-rows.csv": (
        ["5 Avery Smith 2001 2010-04-05", "6 Björn Jones 2002 2010-12-31"],
        [(8, "has no name, login or e-mail: “Total Students: 2”")],
    ),
    "excel-csv-utf8.csv": (["2 Avery Smith asmith9 2010-04-05", "3 Björn Jones bjones 2010-12-31"], []),
    "excel-european-semicolon-ansi.csv": (
        ["2 Jürgen Müller jmueller 2010-04-05", "3 Zoë Weiß zweiss 2010-12-31"],
        [],
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_schools_file_is_known_by_its_headings(tables, name):
    roster = looked_at(name)
    assert (told(roster), roster.left_out) == FOUND[name]
    assert roster.all_problems == []


def test_where_a_date_could_be_two_days_somebody_is_asked(tables):
    roster = looked_at("excel-unicode-text.txt")
    assert roster.all_problems == [(1, "“4/5/2010” could be two days: say in which order the dates are written")]
    assert told(looked_at("excel-unicode-text.txt", order="mdy"))[0] == "2 Avery Smith asmith9 2010-04-05"
    assert told(looked_at("excel-unicode-text.txt", order="dmy")) == ["2 Avery Smith asmith9 2010-05-04", "3 李 li01"]


def test_who_teaches_stands_in_a_second_file_of_oneroster(tables):
    people, roles = ((ROSTERS / f"oneroster-1.2-{name}.csv").read_bytes() for name in ("users", "roles"))
    roster = looked_at(with_roles(read_roster(BytesIO(people)), roles_in(read_roster(BytesIO(roles)))))
    assert told(roster) == ["2 Ave Smith asmith9"]
    assert roster.left_out == [(3, "has the role “teacher”")]
    assert "send users.csv" in looked_at("oneroster-1.2-roles.csv").all_problems[0][1]


def test_names_that_are_written_wrong_in_the_wrong_encoding_are_told(tables):
    assert looked_at("excel-european-semicolon-ansi.csv").telling_names == ["Jürgen Müller", "Zoë Weiß"]
    names = looked_at("Name\nÁna\nBo\nÇa\nDö\nÉva\n").telling_names
    assert names == ["Ána", "Ça", "Dö"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Avery Smith\nBo Ng\n", ["1 Avery Smith asmith", "2 Bo Ng bng"]),
        ("Smith, Avery\nvan der Berg, Bo\n", ["1 Avery Smith asmith", "2 Bo van der Berg bvanderberg"]),
        ("sep=;\nname;login\nAvery;a.s\n", ["3 Avery a.s"]),
        ("name\tlogin\rAvery\tasm\rBo\tbo2\r\n", ["2 Avery asm", "3 Bo bo2"]),
        ('[{"name": "Avery Smith", "email": "a.smith@x.org"}]\n', ["1 Avery Smith a.smith"]),
        ("First Name [Required],Last Name [Required]\nAvery,Smith\n", ["2 Avery Smith asmith"]),
    ],
)
def test_names_alone_and_other_delimiters_are_read_too(tables, text, people):
    assert told(looked_at(text)) == people


@pytest.mark.parametrize(
    ("cells", "name", "uid"),
    [
        ("Smith, Avery", "Avery Smith", "asmith"),
        ("Avery Smith", "Avery Smith", "asmith"),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr.", "mkingjr"),
        ("Sammy Davis Jr.", "Sammy Davis Jr.", "sdavisjr"),
        ("García López, María", "María García López", "mgarcialopez"),
        ("D'Arcy O’Neil", "D'Arcy O’Neil", "doneil"),
        ("Ng", "Ng", "ng"),
        ("X", "X", "x1"),
        ("محمد علي", "محمد علي", "mly"),
        ("דוד כהן", "דוד כהן", "dkhhn"),
        ("Łukasz Żuk", "Łukasz Żuk", "lzuk"),
        ("吳英 Ng", "吳英 Ng", "ng"),
        (f"A {'b' * 80}", f"A {'b' * 80}", f"a{'b' * 63}"),
    ],
)
def test_a_name_becomes_a_user_id(tables, cells, name, uid):
    roster = looked_at(f'Name\n"{cells}"\n')
    assert [(each.name, each.uid) for each in roster.new] == [(name, uid)]


def test_the_preferred_name_stands_for_the_official_one(tables):
    text = "First name,Last name,Preferred name,E-mail\nAvery,Smith,Ave,\nBo,Ng,Bobo Ng,\nCy,Day,,cy@x.org\n"
    assert told(looked_at(text)) == ["2 Ave Smith asmith", "3 Bobo Ng bng", "4 Cy Day cy"]


@pytest.mark.parametrize("name", ["吳英", "たろう", "김철수", "!!"])
def test_a_name_without_latin_letters_is_asked_for_a_user_id_unless_there_is_an_email(tables, name):
    roster = looked_at(f"Name,E-mail\n{name},\n{name},w.ying@x.org\n")
    assert roster.all_problems == [(2, "User id is required: none can be made from this name")]
    assert told(roster) == [f"3 {name} w.ying"]
    roster = looked_at(f"Name,E-mail\n{name},\n", given={2: "WuYing"})
    assert told(roster) == [f"2 {name} wuying"]


@pytest.mark.parametrize(
    ("login", "uid"),
    [
        ("A.Smith@School.example", "a.smith"),
        ("SCHOOL\\asmith", "asmith"),
        ("asmith+code@x.org", "asmith"),
        ("o'dell@x.org", "odell"),
        ("zoë@x.org", "zoe"),
        ('"=""002001"""', "002001"),
        ("N/A", "asmith"),
        ("??@x.org", "asmith"),
    ],
)
def test_a_login_becomes_a_user_id(tables, login, uid):
    assert [each.uid for each in looked_at(f"Name,Login\nAvery Smith,{login}\n").new] == [uid]


def test_user_ids_differ_from_those_that_are_there_and_from_each_other(tables):
    User.create(name="Ann Smith", uid="asmith")
    text = "Name,E-mail\nAvery Smith,\nAndy Smith,\nA. Smith,a@x.org\nB. Smith,a@y.org\n"
    assert told(looked_at(text)) == ["2 Avery Smith asmith2", "3 Andy Smith asmith3", "4 A. Smith a1", "5 B. Smith a2"]


def test_a_formula_is_no_name_and_no_login(tables):
    roster = looked_at("Name,Login\n=HYPERLINK(1),x1\n+1,x2\nBo,@SUM(1)\n'=Cy,cy\n'tis,tis\n")
    assert roster.all_problems == [
        (2, "Full name is a formula: “=HYPERLINK(1)”"),
        (3, "Full name is a formula: “+1”"),
        (4, "User id or login is a formula: “@SUM(1)”"),
    ]
    assert told(roster) == ["5 =Cy cy", "6 'tis tis"]


def test_two_people_may_have_one_name_and_one_person_may_stand_there_twice(tables):
    roster = looked_at("Name,Section\nAvery Smith,A\nAvery Smith,B\n")
    assert [(each.uid, each.notes) for each in roster.new if each.name == "Avery Smith"] == [
        ("asmith", []),
        ("asmith2", ["has the same name as line 2"]),
    ]
    text = "Name,Student ID,Section\nAvery Smith,002001,A\nSmith Avery,2001,B\nAvery Smith,2002,B\n"
    roster = looked_at(text)
    assert roster.left_out == [(3, "is the same person as in line 2")]
    assert [each.uid for each in roster.new] == ["002001", "2002"]
    roster = looked_at("Name,Login\nAvery Smith,as\nBo Ng,as\n")
    assert roster.all_problems == [(3, "has the login of line 2, and another name: “as”")]
    roster = looked_at("Name,Born\nAvery Smith,2010-01-02\nAvery Smith,2010-01-02\nAvery Smith,2010-01-03\n")
    assert [each.line for each in roster.new] == [2, 4]


def test_numbers_that_lost_their_zeros_are_told_and_found_again(tables):
    User.create(name="Avery Smith", uid="002001")
    User.create(name="Somebody Else", uid="002009")
    roster = looked_at("Name,Student ID\nAvery Smith,2001\nBo Ng,123456\nCy Day,123457\nDi Fox,2009\n")
    avery, _, _, di = roster.people
    assert (avery.user.uid, avery.uid, avery.becomes) == ("002001", "002001", "there")
    assert avery.notes == ["is there as 002001: the same number, but for its zeros"]
    assert (di.becomes, di.notes) == (
        "new",
        ["has a shorter number than the others: zeros at its beginning may be lost"],
    )


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["4/5/2010", "12/31/2010"], ["2010-04-05", "2010-12-31"]),
        (["4/5/2010", "31/12/2010"], ["2010-05-04", "2010-12-31"]),
        (["4.5.2010", "5.5.10"], ["2010-05-04", "2010-05-05"]),
        (["2010-4-5", "2010/12/31"], ["2010-04-05", "2010-12-31"]),
        (["5/5/2010", ""], ["2010-05-05", ""]),
        (["2010-04-05T00:00:00Z", "7-7-99"], ["2010-04-05", "1999-07-07"]),
    ],
)
def test_a_whole_column_says_in_which_order_its_dates_are(tables, dates, read):
    text = "Name,Birthdate\n" + "".join(f"Kid {number},{date}\n" for number, date in enumerate(dates))
    roster = looked_at(text)
    assert ([str(each.born or "") for each in roster.new], roster.all_problems) == (read, [])


@pytest.mark.parametrize("dates", [["4/5/2010", "6/7/2010"], ["4/5/2010", "13/1/2010", "1/13/2010"]])
def test_dates_that_say_nothing_or_two_things_are_asked_for(tables, dates):
    text = "Name,Birthdate\n" + "".join(f"Kid {number},{date}\n" for number, date in enumerate(dates))
    assert "could be two days" in looked_at(text).all_problems[0][1]


def test_dates_that_are_none_are_told(tables):
    roster = looked_at("Name,Born\nAvery Smith,31.2.2010\nBo Ng,soon\nCy Day,2999-01-01\n", order="dmy")
    assert roster.all_problems == [
        (2, "Date of birth must be a date like 2008-04-05: “31.2.2010”"),
        (3, "Date of birth must be a date like 2008-04-05: “soon”"),
        (4, "Date of birth must not be in the future"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "Total: 30,,,",
        "Class Average,,,",
        "Student Name,Login,Role,Enabled",
        "Terry Lee,tlee,Teacher,",
        "Casey Smith,cs,Parent of student,",
        "Bo Ng,bng,student,FALSE",
        "EX,,,",
        ",,student,",
    ],
)
def test_a_row_that_is_nobody_of_the_class_is_left_out_with_the_reason(tables, row):
    roster = looked_at(f"Student Name,Login,Role,Enabled\nAvery Smith,as,Student,true\n{row}\n")
    assert told(roster) == ["2 Avery Smith as"]
    assert [line for line, _ in roster.left_out] == [3]
    assert roster.all_problems == []


@pytest.mark.parametrize(
    "text",
    ["Colour,Shape\nred,round\nblue,flat\n", "a;b;c\n1;2;3\n", "Name\n", "name,login\n,\n", "Name\nTotal: 3\n"],
)
def test_a_file_without_people_says_so(tables, text):
    roster = looked_at(text)
    assert told(roster) == []
    assert len(roster.problems) == 1
