"""Who answers the questions about places: PostGIS where the centre runs on it, else what is in memory."""

import logging
from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from typing import Any, Literal, TypeVar

import psycopg
from psycopg import Connection
from psycopg.errors import QueryCanceled

from api import lens
from api.centre import Centre
from api.postgres.address import Address
from api.spoken_fault import SpokenFault
from projections.postgis.spatial import SpatialInPostgis
from projections.rows import Row
from projections.spatial import BadQuestion, SpatialInMemory, SpatialQuestions

log = logging.getLogger("vigil.near")

AnsweredBy = Literal["postgis", "memory"]
Answer = TypeVar("Answer")

WAIT_S = 0.5
"""For the tables to reach what the desks see; where they do not, memory answers."""
QUESTION_MS = 2_000
_asking = BoundedSemaphore(2)
"""Two at a time: somebody who asks a lot must not slow the desk."""


def ask(
    centre: Centre,
    incidents: Iterable[Row],
    question: Callable[[SpatialQuestions], Answer],
    *,
    planning: bool = False,
) -> tuple[Answer, AnsweredBy]:
    """The answer, and whose it is. PostGIS knows every incident, memory the rows given.

    planning : units lie to about 100 m and those at a scene nowhere, or a small area would find a scene;
               memory answers, for the tables know the places exactly

    Raises SpokenFault: 422 where the question has no answer, 503 where it takes too long.
    """
    if not _asking.acquire(timeout=5):
        raise _too_long()
    try:
        address = None if planning else _tables(centre)
        if address is not None:
            try:
                with _connected(address) as connection:
                    return question(SpatialInPostgis(connection)), "postgis"
            except QueryCanceled:
                raise _too_long() from None
            except psycopg.Error as fault:
                log.warning("PostGIS cannot answer (%s); memory does", type(fault).__name__)
        return question(_in_memory(centre, incidents, planning=planning)), "memory"
    except BadQuestion as fault:
        raise SpokenFault(422, en=fault.en, vi=fault.vi) from None
    finally:
        _asking.release()


def _tables(centre: Centre) -> Address | None:
    """Where the tables are, if they show what the desks see. They are not where their keepers fail, or where
    another process keeps them: then nobody here knows how far they are."""
    maps, address = centre.maps, centre.stores.database
    if maps is None or address is None or maps.faults or not maps.projector.working:
        return None
    return address if maps.projector.wait_for(centre.views.position, WAIT_S) else None


def _in_memory(centre: Centre, incidents: Iterable[Row], *, planning: bool) -> SpatialInMemory:
    places = {
        unit.callsign: unit.position for unit in centre.picture.units_now() if unit.position is not None
    }
    if planning:
        hidden = lens.at_scene(centre.views.rows("units"))
        places = {name: lens.coarse(place) for name, place in places.items() if name not in hidden}
    return SpatialInMemory(places, incidents, centre.views.rows("hospitals"))


def _connected(address: Address) -> Connection[Any]:
    """That can read, and not for long. Raises psycopg.Error."""
    return psycopg.connect(
        address.libpq,
        autocommit=True,
        connect_timeout=2,
        tcp_user_timeout=QUESTION_MS + 1_000,  # ms; a server that vanished is noticed
        application_name="vigil near",
        options=f"-c search_path=vigil,public -c timezone=UTC -c statement_timeout={QUESTION_MS} "
        "-c default_transaction_read_only=on",
    )


def _too_long() -> SpokenFault:
    return SpokenFault(
        503,
        en="Questions about places take too long just now; please try again in a moment.",
        vi="Các câu hỏi về vị trí đang mất quá nhiều thời gian; hãy thử lại sau giây lát.",
    )
