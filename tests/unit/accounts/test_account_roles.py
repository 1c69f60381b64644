import pytest

from api.accounts.errors import BadUsername, BindingMissing, BindingNotWanted, UnknownRole
from api.accounts.roles import Account, Role, may_speak_for_hospital, may_speak_for_unit
from api.accounts.rules import new_account

SPEAKS_FOR = {  # role: (own hospital, another hospital, own unit, another unit)
    Role.DISPATCHER: (True, True, True, True),
    Role.HOSPITAL: (True, False, False, False),
    Role.CREW: (False, False, True, False),
    Role.PLANNER: (False, False, False, False),
    Role.SUPERVISOR: (True, True, True, True),
    Role.ADMIN: (True, True, True, True),
    Role.CLINICIAN: (False, False, False, False),
}


def an_account(role: Role) -> Account:
    hospital = "cho-ray" if role is Role.HOSPITAL else None
    return Account("somebody", role, hospital, "C1" if role is Role.CREW else None)


@pytest.mark.parametrize("role", Role)
def test_each_role_speaks_for_exactly_whom_the_table_says(role):
    account = an_account(role)
    assert (
        may_speak_for_hospital(account, "cho-ray"),
        may_speak_for_hospital(account, "nhan-dan-115"),
        may_speak_for_unit(account, "C1"),
        may_speak_for_unit(account, "C2"),
    ) == SPEAKS_FOR[role]


def test_a_hospital_account_without_a_hospital_speaks_for_none():
    assert not may_speak_for_hospital(Account("x", Role.HOSPITAL), "cho-ray")
    assert not may_speak_for_unit(Account("x", Role.CREW), "C1")


def test_a_name_typed_with_capitals_or_spaces_is_the_same_name():
    assert new_account(" Lan.Anh ", "dispatcher", None, None).username == "lan.anh"


def test_a_callsign_is_kept_in_capitals():
    assert new_account("kip-1", "crew", None, "c1").callsign == "C1"


@pytest.mark.parametrize("name", ["", "a", "-ab", "a b", "lân", "a" * 33, "a\nb", "ab/../c", "<b>"])
def test_a_name_that_is_hard_to_type_or_to_print_is_refused(name):
    with pytest.raises(BadUsername):
        new_account(name, "dispatcher", None, None)


def test_an_unknown_role_is_refused_and_the_roles_are_named():
    with pytest.raises(UnknownRole, match=r"'king'.*dispatcher.*admin"):
        new_account("lan", "king", None, None)


@pytest.mark.parametrize(
    ("role", "hospital", "unit"),
    [("hospital", None, None), ("crew", None, ""), ("hospital", "chợ rẫy", None), ("crew", None, "C 1")],
)
def test_a_bound_role_needs_what_it_is_bound_to(role, hospital, unit):
    with pytest.raises(BindingMissing):
        new_account("lan", role, hospital, unit)


@pytest.mark.parametrize(
    ("role", "hospital", "unit"),
    [("dispatcher", "cho-ray", None), ("hospital", "cho-ray", "C1"), ("crew", "cho-ray", "C1")],
)
def test_a_role_takes_no_binding_that_is_not_its_own(role, hospital, unit):
    with pytest.raises(BindingNotWanted):
        new_account("lan", role, hospital, unit)
