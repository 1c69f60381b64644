"""How people sign in here: `sign-in.toml` in the data folder. Without it: passwords alone, 24 h at most.

    [sessions]
    longest_h = 24            # a session ends so long after its sign-in, however much it is used
    idle_h = 12               # and so long after its last use

    [second_factor]
    required = ["supervisor", "admin"]

    [oidc]                    # another sign-in beside the passwords; see docs/guide/administrator.md
    issuer = "https://id.example.vn/realms/health"
    client_id = "vigil"
    client_secret_file = "oidc-secret"   # beside this file; left out for a public client
    public_url = "https://vigil.example.vn"
    name = { vi = "Tài khoản Sở Y tế", en = "Department of Health account" }
    username_claim = "preferred_username"
    roles_claim = "groups"
    roles = { "vigil-dispatchers" = "dispatcher", "vigil-wards" = "hospital" }
    hospital_claim = "vigil_hospital"
    unit_claim = "vigil_unit"

It lies with the data and not with the city: it names a secret, and it is read before there is a city.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from api.accounts.roles import Role

FILE_NAME: Final = "sign-in.toml"


class BadSignInFile(ValueError):
    """The file cannot be used; the sentence names the field."""


@dataclass(frozen=True, slots=True)
class OidcRules:
    """One OpenID Connect provider, and what its claims mean here.

    roles : a value of `roles_claim`, as the provider says it, to a role; the first in this order counts
    """

    issuer: str
    client_id: str
    public_url: str
    client_secret: str | None
    name: Mapping[str, str]
    roles: Mapping[str, Role]
    username_claim: str = "preferred_username"
    roles_claim: str = "groups"
    hospital_claim: str = "vigil_hospital"
    unit_claim: str = "vigil_unit"
    scope: str = "openid profile"


@dataclass(frozen=True, slots=True)
class SignInRules:
    """longest, idle : how long a session lasts, used or unused"""

    longest: timedelta = timedelta(hours=24)
    idle: timedelta = timedelta(hours=12)
    second_factor_for: frozenset[Role] = frozenset()
    oidc: OidcRules | None = field(default=None, repr=False)  # it holds a secret


def load_sign_in(data: Path) -> SignInRules:
    """Raises BadSignInFile."""
    path = data / FILE_NAME
    if not path.is_file():
        return SignInRules()
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadSignInFile(f"{path} is not TOML: {fault}.") from None
    _only(said, ("sessions", "second_factor", "oidc"), FILE_NAME)
    sessions, second = said.get("sessions", {}), said.get("second_factor", {})
    _only(sessions, ("longest_h", "idle_h"), "[sessions]")
    _only(second, ("required",), "[second_factor]")
    return SignInRules(
        longest=_hours(sessions, "longest_h", 24),
        idle=_hours(sessions, "idle_h", 12),
        second_factor_for=frozenset(_role(name) for name in second.get("required", [])),
        oidc=_oidc(said["oidc"], data) if "oidc" in said else None,
    )


def _oidc(said: Mapping[str, Any], data: Path) -> OidcRules:
    texts = ("issuer", "client_id", "public_url")
    free = ("username_claim", "roles_claim", "hospital_claim", "unit_claim", "scope")
    _only(said, (*texts, *free, "client_secret_file", "name", "roles"), "[oidc]")
    for key in texts:
        if not isinstance(said.get(key), str) or not said[key]:
            raise BadSignInFile(f"{FILE_NAME}, [oidc]: '{key}' is missing.")
    for key in ("issuer", "public_url"):
        if not (said[key].startswith("https://") or _loopback(said[key])):
            raise BadSignInFile(f"{FILE_NAME}, [oidc]: '{key}' must begin with https://.")
    secret = None
    if "client_secret_file" in said:
        file = data / str(said["client_secret_file"])
        if not file.is_file():
            raise BadSignInFile(f"{FILE_NAME}, [oidc]: there is no file {file}.")
        secret = file.read_text(encoding="utf-8").strip()
    roles = said.get("roles", {})
    if not isinstance(roles, dict) or not roles:
        raise BadSignInFile(f"{FILE_NAME}, [oidc]: 'roles' says of no group which role it has.")
    name = said.get("name", {})
    return OidcRules(
        issuer=said["issuer"].rstrip("/"),
        client_id=said["client_id"],
        public_url=said["public_url"].rstrip("/"),
        client_secret=secret,
        name={
            "vi": str(name.get("vi", "Tài khoản cơ quan")),
            "en": str(name.get("en", "Your organisation's account")),
        },
        roles={str(group): _role(role) for group, role in roles.items()},
        **{key: str(said[key]) for key in free if key in said},
    )


def _loopback(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "http://localhost:", "http://[::1]:"))


def _hours(section: Mapping[str, Any], key: str, otherwise: float) -> timedelta:
    value = section.get(key, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 24 * 31:
        raise BadSignInFile(f"{FILE_NAME}, [sessions]: '{key}' is a number of hours, at most 744.")
    return timedelta(hours=value)


def _role(name: object) -> Role:
    try:
        return Role(str(name))
    except ValueError:
        raise BadSignInFile(f"{FILE_NAME}: '{name}' is no role: it is one of {', '.join(Role)}.") from None


def _only(section: object, known: tuple[str, ...], where: str) -> None:
    if not isinstance(section, dict):
        raise BadSignInFile(f"{FILE_NAME}: {where} must be a table.")
    for key in section:
        if key not in known:
            raise BadSignInFile(f"{FILE_NAME}, {where}: '{key}' is not known here; is it misspelt?")
