from datetime import timedelta

import pytest

from api.accounts.roles import Role
from api.accounts.sign_in_rules import BadSignInFile, SignInRules, load_sign_in

OIDC = """
[oidc]
issuer = "https://id.example.vn/"
client_id = "vigil"
public_url = "https://vigil.example.vn"
roles = { "desk" = "dispatcher" }
"""


def written(tmp_path, text):
    (tmp_path / "sign-in.toml").write_text(text, encoding="utf-8")
    return load_sign_in(tmp_path)


def test_without_the_file_passwords_are_enough(tmp_path):
    assert load_sign_in(tmp_path) == SignInRules()


def test_the_file_says_who_needs_a_code_and_how_long_a_session_lasts(tmp_path):
    rules = written(
        tmp_path, '[sessions]\nlongest_h = 13\nidle_h = 1.5\n[second_factor]\nrequired = ["admin"]'
    )
    assert (rules.longest, rules.idle) == (timedelta(hours=13), timedelta(minutes=90))
    assert rules.second_factor_for == {Role.ADMIN}


def test_another_sign_in_keeps_its_secret_in_a_file_of_its_own(tmp_path):
    (tmp_path / "secret").write_text("hush\n", encoding="utf-8")
    oidc = written(tmp_path, OIDC + 'client_secret_file = "secret"').oidc
    assert (oidc.issuer, oidc.client_secret) == ("https://id.example.vn", "hush")
    assert oidc.roles == {"desk": Role.DISPATCHER}
    assert "hush" not in repr(load_sign_in(tmp_path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sessions]\nlongest_h = 0", "a number of hours"),
        ("[sessions]\nlongest = 3", "'longest' is not known here"),
        ('[second_factor]\nrequired = ["boss"]', "'boss' is no role"),
        ("[sessions", "is not TOML"),
        (OIDC.replace("https://id", "http://id"), "must begin with https://"),
        (OIDC.replace('client_id = "vigil"\n', ""), "'client_id' is missing"),
        (OIDC + 'client_secret_file = "nowhere"', "there is no file"),
        (OIDC.replace('{ "desk" = "dispatcher" }', "{}"), "of no group"),
    ],
)
def test_a_fault_is_said_in_a_sentence(tmp_path, text, said):
    with pytest.raises(BadSignInFile, match=said):
        written(tmp_path, text)
