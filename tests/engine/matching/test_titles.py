"""Job titles: what falls away, what stays, and that reading a title twice changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.matching.titles import MOST_TITLES, Title, both_genders, normalise_title

JOBS = st.sampled_from(
    ["Schweißer", "Battery technician", "technik baterií", "Maschinen- und Anlagenführer", "5-axis milling operator",
     "CAD/CAM engineer", "Opérateur de ligne", "Lead-acid battery operator", "Softwareentwickler", "3D designer"]
)  # fmt: skip
MARKS = st.sampled_from(["(m/w/d)", "(f/m/x)", "(H/F)", "m/w/d", "(w|m|d)", "(all genders)", "(k/m)", "[m/f/d]"])
PLACES = st.sampled_from([" - Example Ltd", " | Vienna", " bei Beispiel GmbH", " at Example", " – Praha", " @ Example"])
CODES = st.sampled_from([" REQ-1234", " (2024-17)", " 80-100 %", " #4711", ", Ref. 2024/11"])


@pytest.mark.parametrize(("text", "names"), [
    ("Welder / pipe fitter", ("Welder", "pipe fitter")),
    ("Schweißer/Schweißerin", ("Schweißer", "Schweißerin")),
    ("Technicien/technicienne de cellules", ("Technicien de cellules", "technicienne de cellules")),
    ("Mechaniker/in", ("Mechaniker",)),
    ("Elektroniker:in für Geräte", ("Elektroniker für Geräte",)),
    ("MechanikerIn", ("Mechaniker",)),
    ("Kaufmann/-frau", ("Kaufmann",)),
    ("vendeur(se)", ("vendeur",)),
    ("operátor/ka výroby", ("operátor výroby",)),
    ("Técnico/a de baterías", ("Técnico de baterías",)),
    ("CAD/CAM engineer", ("CAD/CAM engineer",)),
    ("2024-17 - Welder", ("Welder",)),
    ("Engineer II", ("Engineer",)),
    ("S7-1500 programmer", ("S7-1500 programmer",)),
    ("Job 2", ("Job 2",)),
    ("(m/w/d)", ()),
    ("  ", ()),
    ("12345", ()),
])  # fmt: skip
def test_the_names_of_the_job_are_left(text: str, names: tuple[str, ...]) -> None:
    assert normalise_title(text).names == names


@pytest.mark.parametrize(("text", "name", "seniority"), [
    ("Senior Schweißer (m/w/d) bei Beispiel GmbH, 100 %", "Schweißer", "senior"),
    ("Sr. Data Engineer | Vienna | REQ-1234", "Data Engineer", "senior"),
    ("Welder (Junior)", "Welder", "junior"),
    ("Auszubildende/r Elektroniker", "Elektroniker", "trainee"),
    ("Ausbildung zum Mechatroniker", "Mechatroniker", "trainee"),
    ("Trainee - Vertrieb", "Vertrieb", "trainee"),
    ("Junior", "Junior", "junior"),
    ("dipping machine apprentice", "dipping machine apprentice", ""),
    ("Battery technician", "Battery technician", ""),
])  # fmt: skip
def test_the_rank_is_kept_as_information(text: str, name: str, seniority: str) -> None:
    assert normalise_title(text) == Title(text=name, seniority=seniority)  # type: ignore[arg-type]


@given(JOBS, MARKS)
def test_a_mark_of_genders_changes_nothing(job: str, mark: str) -> None:
    assert normalise_title(f"{job} {mark}") == normalise_title(job) == normalise_title(f"{mark} {job}")


@given(JOBS, PLACES, CODES, st.sampled_from(["", "Senior ", "Junior "]))
def test_employer_place_code_and_rank_change_no_name(job: str, place: str, code: str, rank: str) -> None:
    assert normalise_title(f"{rank}{job}{code}{place}").names == (job,)


@given(st.lists(JOBS, min_size=1, max_size=8))
def test_several_titles_are_several_names(jobs: list[str]) -> None:
    assert normalise_title(" / ".join(jobs)).names == tuple(dict.fromkeys(jobs))[:MOST_TITLES]


@given(st.text(max_size=400) | st.text(alphabet="aA1 /(-)|:;mwd%#IVin", max_size=60))
def test_whatever_is_written_is_read_and_tidy(text: str) -> None:
    title = normalise_title(text)
    assert len(title.names) <= MOST_TITLES
    for name in title.names:
        assert name == " ".join(name.split())
        assert name
    assert bool(title.names) or not any(sign.isalpha() for sign in title.text)


@given(JOBS, MARKS, PLACES)
def test_reading_a_name_again_changes_nothing(job: str, mark: str, place: str) -> None:
    name = normalise_title(f"{job} {mark}{place}").text
    assert normalise_title(name).text == name


@pytest.mark.parametrize("text", ["(" * 100_000, "aa/" * 100_000, "a-" * 100_000, "1." * 100_000, "ref " * 50_000])
def test_a_huge_title_is_cut(text: str) -> None:
    assert sum(map(len, normalise_title(text).names)) <= 300


def test_a_title_for_one_gender_comes_back_as_it_is() -> None:
    assert both_genders("Welder") == ("Welder",)
    assert both_genders("input/output clerk") == ("input/output clerk",)
