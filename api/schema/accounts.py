"""Bodies and rows of the administrator's page: people, their sessions, devices, and the record."""

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from api.accounts.acts import Act
from api.accounts.roles import Role
from api.schema.orders import Order, Short

Name = Annotated[str, Field(min_length=1, max_length=64)]
Password = Annotated[str, Field(min_length=1, max_length=512)]


class RoleSaid(Order):
    """hospital_id : for the role hospital alone; callsign : for the role crew alone"""

    role: Role
    hospital_id: Short | None = None
    callsign: Short | None = None


class AsTyped(Order):
    """Nothing of it is mended: a name with a mark nobody sees is refused, a password is what was typed."""

    @model_validator(mode="before")
    @classmethod
    def _without_unseen_marks(cls, said: Any) -> Any:
        return said


class NewAccount(AsTyped, RoleSaid):
    username: Name
    password: Password


class NewPassword(AsTyped):
    password: Password


class Stopped(Order):
    stopped: bool


class AccountRow(BaseModel):
    """second_factor : signs in with a code; paper_codes : how many are left for when the phone is lost;
    vouched : another sign-in says who this is, and the role; sessions : open now
    """

    username: str
    role: Role
    hospital_id: str | None
    callsign: str | None
    demo: bool
    stopped_at: AwareDatetime | None
    second_factor: bool
    paper_codes: int
    vouched: bool
    sessions: int


class SessionRow(BaseModel):
    """own : the one by which this was asked; ends_at : when it ends though it be used"""

    id: str
    username: str
    opened_at: AwareDatetime
    ends_at: AwareDatetime
    address: str
    agent: str
    own: bool


class OidcSetUp(BaseModel):
    issuer: str
    client_id: str
    public_url: str
    name: dict[str, str]
    roles: dict[str, Role]


class SignInSetUp(BaseModel):
    """oidc : the provider and the roles of its groups, None where there is no other sign-in"""

    longest_h: float
    idle_h: float
    code_for: list[Role]
    oidc: OidcSetUp | None


class ActRow(BaseModel):
    """about : a user name, a device or for whom a link is; detail : what more is to say, such as a role"""

    number: int
    at: AwareDatetime
    by: str
    act: Act
    about: str
    detail: str


class NewDevice(Order):
    """topic : `user/device` of a phone that speaks by MQTT; without it the device gets a token"""

    callsign: Short
    name: Short
    topic: Short | None = None


class DeviceRow(BaseModel):
    name: str
    callsign: str
    topic: str | None


class DeviceMade(DeviceRow):
    """token : told this once, for a tracker by HTTP; path : where on this server it reports"""

    token: str | None
    path: str | None
