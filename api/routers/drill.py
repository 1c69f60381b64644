"""The end of a drill: what happened is thrown away, and the centre opens on its own log."""

import asyncio
from typing import Annotated

from fastapi import Depends, Request

from api.accounts.errors import NoDrill
from api.accounts.guard import allow
from api.accounts.roles import DESK, Account
from api.dependencies import TheCentre
from api.room import Room

router = Room(tags=["city"])
BEHIND_THE_ANSWER_S = 0.3


@router.post("/drill/end", status_code=202)
async def end_drill(
    request: Request, _: Annotated[Account, Depends(allow(*DESK))], centre: TheCentre
) -> None:
    """Go live: the service starts again, which takes some seconds. Raises NoDrill where this is none."""
    if centre.drill is None:
        raise NoDrill
    asyncio.get_running_loop().call_later(BEHIND_THE_ANSWER_S, request.app.state.end_drill)
