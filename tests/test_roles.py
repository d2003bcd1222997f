"""Schools write one role in many ways; an unknown one keeps its own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provision_costing.roles import is_known_role, is_one_of, roles_in, standard_role


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("TA", "Teaching Assistant"),
        ("TAs", "Teaching Assistant"),
        ("T.A.", "Teaching Assistant"),
        ("  teaching   ASSISTANT ", "Teaching Assistant"),
        ("Teaching Assistants", "Teaching Assistant"),
        ("LSA", "Teaching Assistant"),
        ("HLTA", "HLTA"),
        ("Higher-level teaching assistant", "HLTA"),
        ("Learning mentor", "Learning Mentor"),
        ("Learning-Mentor", "Learning Mentor"),
        ("Teacher (not class based)", "Teacher"),
        ("Class Teacher", "Class teacher"),
        ("class-teacher", "Class teacher"),
        ("SENDCo", "SENCO"),
        ("Inclusion Manager", "Inclusion manager"),
        ("SaLT", "Speech and language therapist"),
        ("Beekeeper", "Beekeeper"),
        (" Forest  school leader ", "Forest school leader"),
        ("", ""),
    ],
)
def test_each_way_of_writing_means_one_role(written: str, role: str) -> None:
    assert standard_role(written) == role


def test_a_teacher_is_not_a_class_teacher() -> None:
    assert standard_role("Teacher") != standard_role("Class teacher")
    assert standard_role("HLTA") != standard_role("TA")


@given(st.text(max_size=30))
def test_the_standard_form_is_its_own_standard_form(text: str) -> None:
    assert standard_role(standard_role(text)) == standard_role(text)


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("Teacher and TA", ("Teacher", "Teaching Assistant")),
        ("TA + LM", ("Teaching Assistant", "Learning Mentor")),
        ("HLTA/TA", ("HLTA", "Teaching Assistant")),
        ("TA & SALT", ("Teaching Assistant", "Speech and language therapist")),
        ("SENCO with TA", ("SENCO", "Teaching Assistant")),
        ("Speech and language therapist", ("Speech and language therapist",)),
        ("S&LT", ("Speech and language therapist",)),
        ("Bee and wasp keeper", ("Bee and wasp keeper",)),
        ("TA and friends", ("TA and friends",)),  # one of them is not known, so nothing is split
        ("  ", ()),
    ],
)
def test_the_roles_in_a_cell(cell: str, roles: tuple[str, ...]) -> None:
    assert roles_in(cell) == roles


def test_a_list_is_met_in_any_way_of_writing() -> None:
    listed = ("Class teacher", "SENCO", "Inclusion manager")
    assert is_one_of("class-teacher", listed)
    assert is_one_of("SENDCO", listed)
    assert is_one_of("INCO", listed)
    assert not is_one_of("Teacher", listed)
    assert not is_one_of("", listed)


def test_known_roles() -> None:
    assert is_known_role("LSA")
    assert not is_known_role("Beekeeper")
