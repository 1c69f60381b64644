"""What endpoints ask for: the centre, and accounts of certain roles."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from api.accounts.guard import allow
from api.accounts.roles import Account, Role
from api.centre import Centre


async def the_centre(connection: HTTPConnection) -> Centre:
    centre: Centre = connection.app.state.centre
    return centre


TheCentre = Annotated[Centre, Depends(the_centre)]

Desk = Annotated[Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN))]
"""Those who sit in the centre."""

FieldWorker = Annotated[Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN, Role.CREW))]
"""The centre and the crews."""

HospitalDesk = Annotated[Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN, Role.HOSPITAL))]
"""The centre and the hospitals."""

Planner = Annotated[
    Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN, Role.PLANNER, Role.CREW))
]
"""Those who may ask for roads."""
