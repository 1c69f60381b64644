"""The shipped card leads every patient to a hospital that treats them."""

from dispatch.policies.triage import determine, needs_of
from dispatch.protocol_file import shipped_protocols
from domain.values import Needs, Priority


def test_every_determinant_that_sends_somebody_names_what_the_hospital_must_do():
    card = shipped_protocols()["general"]
    for determinant in card.determinants.values():
        if determinant.priority is not None:
            assert determinant.needs.speciality is not None, determinant.code


def test_an_injured_patient_is_not_taken_to_a_maternity_hospital():
    determinant = determine(shipped_protocols()["general"], {"problem": "injury"})
    assert determinant.needs.speciality == "trauma"


def test_where_no_card_was_used_a_general_hospital_is_wanted():
    assert {needs_of(priority).speciality for priority in Priority} == {"general"}
    assert Needs().speciality == "general"
