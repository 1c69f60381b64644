"""Trackers and phones that report positions: administrators say which speaks for which unit."""

from fastapi import Response

from api.centre import Centre
from api.dependencies import Admin, TheCentre
from api.ingest.devices import Device, Devices
from api.room import Room
from api.schema.accounts import DeviceMade, DeviceRow, NewDevice
from domain.errors import UnknownUnit

router = Room(tags=["administration"])
TRACKERS = "/osmand"


@router.get("/devices")
def all_devices(_: Admin, centre: TheCentre) -> list[DeviceRow]:
    """All devices by unit and name, without their secrets."""
    return [_row(device) for device in _book(centre).all()]


@router.post("/devices", status_code=201)
def add_device(response: Response, body: NewDevice, admin: Admin, centre: TheCentre) -> DeviceMade:
    """A device that is heard from now on. Its token is told this once; of it only a hash is kept."""
    if centre.row("units", body.callsign) is None:
        raise UnknownUnit(unit=body.callsign)
    response.headers["Cache-Control"] = "no-store"
    book = _book(centre)
    if body.topic is not None:
        device = book.add_topic(body.callsign, body.topic, body.name, admin.username)
        return DeviceMade(**_row(device).model_dump(), token=None, path=None)
    device, token = book.add(body.callsign, body.name, admin.username)
    return DeviceMade(**_row(device).model_dump(), token=token, path=TRACKERS)


@router.delete("/devices/{name}", status_code=204)
def remove_device(name: str, admin: Admin, centre: TheCentre) -> None:
    """It is not heard any more, from now on."""
    _book(centre).remove(name, admin.username)


def _book(centre: Centre) -> Devices:
    book = centre.telemetry.devices
    assert book is not None, "the ways in are opened with the centre"
    return book


def _row(device: Device) -> DeviceRow:
    return DeviceRow(name=device.name, callsign=device.callsign, topic=device.topic)
