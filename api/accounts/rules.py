"""What a new account must look like."""

import re
import unicodedata

from api.accounts.errors import BadUsername, BindingMissing, BindingNotWanted, UnknownRole
from api.accounts.roles import Account, Role

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
BINDING = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def typed_username(typed: str) -> str:
    """The name as we keep it: a capital or a stray space from a telephone's keyboard does not matter."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def new_account(username: str, role: str, hospital_id: str | None, callsign: str | None) -> Account:
    """A sound account, or a refusal that says what is wrong.

    Whether the hospital and the unit exist is for the caller: the accounts know no city.
    """
    name = typed_username(username)
    if not USERNAME.fullmatch(name):
        raise BadUsername
    try:
        kind = Role(role)
    except ValueError:
        raise UnknownRole(role=role, roles=", ".join(Role)) from None
    return Account(
        name,
        kind,
        hospital_id=_binding("hospital_id", hospital_id, kind, wanted=kind is Role.HOSPITAL),
        callsign=_binding("callsign", callsign.upper() if callsign else None, kind, wanted=kind is Role.CREW),
    )


def _binding(field: str, value: str | None, role: Role, *, wanted: bool) -> str | None:
    if not wanted:
        if value:
            raise BindingNotWanted(role=role, field=field)
        return None
    if not value or not BINDING.fullmatch(value):
        raise BindingMissing(role=role, field=field)
    return value
