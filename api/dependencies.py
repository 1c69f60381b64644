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

Anybody = Annotated[
    Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN, Role.CREW, Role.HOSPITAL))
]
"""All who have a part in a run: the centre, the crews, and the hospitals whose stations answer."""

StationDesk = Annotated[Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN, Role.HOSPITAL))]
"""The centre, and the hospitals for their own stations."""

HospitalDesk = Annotated[Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN, Role.HOSPITAL))]
"""The centre and the hospitals."""

Clinical = Annotated[Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN, Role.CLINICIAN))]
"""The centre, and the clinicians who ring back and advise."""

Supervisor = Annotated[Account, Depends(allow(Role.SUPERVISOR, Role.ADMIN))]
"""Those who answer for how the desk works."""

Admin = Annotated[Account, Depends(allow(Role.ADMIN))]
"""Those who say who may sign in."""

Plans = Annotated[Account, Depends(allow(Role.PLANNER, Role.SUPERVISOR, Role.ADMIN))]
"""Those who ask for simulations."""

PlansOrLooks = Annotated[Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN, Role.PLANNER))]
"""Those who may look at what was simulated."""

Planner = Annotated[
    Account, Depends(allow(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMIN, Role.PLANNER, Role.CREW))
]
"""Those who may ask for roads."""
