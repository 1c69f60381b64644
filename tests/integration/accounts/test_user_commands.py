import subprocess

import pytest
from typer.testing import CliRunner

from api.accounts.store import AccountStore
from api.cli.user_commands import app_user
from tests.server import ROOT, VIGIL


@pytest.fixture
def vigil_user(tmp_path):
    def run(*words: str, typed: str = ""):
        return CliRunner().invoke(app_user, [*words, "--data", str(tmp_path)], input=typed)

    return run


@pytest.fixture
def signs_in(tmp_path):
    def account(username: str, password: str):
        store = AccountStore(tmp_path / "accounts.sqlite")
        try:
            return store.sign_in(username, password, "127.0.0.1").account
        finally:
            store.close()

    return account


def test_an_added_user_signs_in(vigil_user, signs_in):
    words = ("add", "nurse", "--role", "hospital", "--hospital", "cho-ray")
    answer = vigil_user(*words, typed="a good password\na good password\n")
    assert answer.exit_code == 0, answer.output
    assert "nurse may sign in as hospital." in answer.output
    assert "a good password" not in answer.output
    assert signs_in("nurse", "a good password").hospital_id == "cho-ray"


def test_two_different_passwords_are_asked_for_again(vigil_user, signs_in):
    typed = "a good password\nanother one here\na good password\na good password\n"
    assert vigil_user("add", "lan", "--role", "dispatcher", typed=typed).exit_code == 0
    assert signs_in("lan", "a good password")


def test_a_password_may_come_from_a_pipe(vigil_user, signs_in):
    answer = vigil_user(
        "add", "kip1", "--role", "crew", "--unit", "c1", "--password-stdin", typed="a good password\n"
    )
    assert answer.exit_code == 0, answer.output
    assert signs_in("kip1", "a good password").callsign == "C1"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "lan", "--role", "hospital"), "needs its hospital_id"),
        (("add", "Lân", "--role", "planner"), "small letters"),
        (("add", "lan", "--role", "planner", "--unit", "C1"), "takes no callsign"),
    ],
)
def test_a_wrong_order_is_refused_before_a_password_is_asked_for(vigil_user, words, sentence, tmp_path):
    answer = vigil_user(*words)
    assert answer.exit_code == 1
    assert sentence in answer.output
    assert "Password" not in answer.output
    assert not (tmp_path / "accounts.sqlite").exists()


def test_a_short_password_is_refused_and_nothing_is_entered(vigil_user):
    answer = vigil_user("add", "lan", "--role", "planner", "--password-stdin", typed="short\n")
    assert answer.exit_code == 1
    assert "between 8 and 128" in answer.output
    assert "lan" not in vigil_user("list").output


def test_an_unknown_role_is_refused(vigil_user):
    assert vigil_user("add", "lan", "--role", "king").exit_code == 2


def test_a_name_is_given_once(vigil_user):
    add = ("add", "lan", "--role", "planner", "--password-stdin")
    assert vigil_user(*add, typed="a good password\n").exit_code == 0
    again = vigil_user(*add, typed="another password\n")
    assert again.exit_code == 1
    assert "already an account lan" in again.output


def test_the_list_shows_role_and_binding(vigil_user):
    assert "No accounts" in vigil_user("list").output
    vigil_user("add", "kip1", "--role", "crew", "--unit", "C1", "--password-stdin", typed="a good password\n")
    assert vigil_user("list").output.split() == ["kip1", "crew", "C1"]


def test_a_removed_user_is_gone(vigil_user):
    assert vigil_user("remove", "lan").exit_code == 1
    vigil_user("add", "lan", "--role", "planner", "--password-stdin", typed="a good password\n")
    assert vigil_user("remove", "lan").exit_code == 0
    assert vigil_user("list").output == ""
    assert "no account lan" in vigil_user("remove", "lan").output


def test_a_password_is_changed(vigil_user, signs_in):
    vigil_user("add", "lan", "--role", "planner", "--password-stdin", typed="a good password\n")
    assert vigil_user("password", "lan", typed="another password\nanother password\n").exit_code == 0
    assert signs_in("lan", "another password")
    assert vigil_user("password", "minh", "--password-stdin", typed="another password\n").exit_code == 1


def test_without_a_terminal_it_says_how_else_the_password_may_be_given(tmp_path):
    order = [*VIGIL, "user", "add", "lan", "--role", "planner", "--data", str(tmp_path)]
    done = subprocess.run(
        order, cwd=ROOT, input="a good password\n", capture_output=True, text=True, timeout=60,
        start_new_session=True,  # so that /dev/tty is nobody's
    )  # fmt: skip
    assert done.returncode == 2
    (said,) = done.stderr.splitlines()
    assert "no terminal" in said
    assert "--password-stdin" in said
    assert done.stdout.endswith("\n")
    assert "a good password" not in done.stdout
    assert not (tmp_path / "accounts.sqlite").exists()
