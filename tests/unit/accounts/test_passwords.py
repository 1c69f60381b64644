import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters

from api.accounts.errors import BadPassword
from api.accounts.passwords import Passwords

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


def test_a_password_matches_its_own_hash_and_no_other():
    kept = CHEAP.hash("correct horse")
    assert kept.startswith("$argon2id$")
    assert "correct horse" not in kept
    assert CHEAP.match(kept, "correct horse")
    assert not CHEAP.match(kept, "correct horsf")


def test_the_same_password_twice_gives_two_hashes():
    assert CHEAP.hash("correct horse") != CHEAP.hash("correct horse")


def test_an_accent_may_be_composed_in_either_way():
    kept = CHEAP.hash(unicodedata.normalize("NFD", "mật khẩu dài"))
    assert CHEAP.match(kept, unicodedata.normalize("NFC", "mật khẩu dài"))


def test_nobody_has_a_password():
    assert not CHEAP.match(None, "")
    assert not CHEAP.match(None, "demo")


def test_nobodys_hash_costs_what_anybodys_costs():
    """The same parameters and lengths, and sound: the library really computes it."""
    passwords = Passwords()
    nobody, somebody = extract_parameters(passwords._nobody()), extract_parameters(passwords.hash("x"))
    assert nobody == somebody
    assert passwords.match(passwords.hash("correct horse"), "correct horse")


def test_a_damaged_hash_matches_nothing():
    assert not CHEAP.match("$argon2id$v=19$broken", "demo")


@pytest.mark.parametrize("password", ["", "demo", "1234567", "x" * 129])
def test_a_password_too_short_or_too_long_is_refused(password):
    with pytest.raises(BadPassword, match="8 and 128"):
        CHEAP.accepted(password)


def test_eight_characters_are_enough():
    assert CHEAP.accepted("12345678") == "12345678"
