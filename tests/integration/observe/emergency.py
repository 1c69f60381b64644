"""One emergency with everything a caller may say, and with what goes wrong at a desk."""

import httpx

from tests.desk_work import DeskWork, a_run, now, point
from tests.server import API, Server, ok, refused
from tests.small_city import where

CALLER, PHONE, ADDRESS = "Trần Thị Kim Ngân", "0938 271 828", "37/12B hẻm Cầu Mây"
COMPLAINT, NOTE, REASON = "Ong đốt sưng cổ", "Cổng màu xanh ngọc", "Người nhà tự chở"
PASSWORD = "mật khẩu bí mật 271828"
PLACE = where("T")

SECRETS = (
    *("Kim Ngân", "Trần Thị", "0938 271", "0938271", "271 828", "271828", "37/12B", "Cầu Mây"),
    *("Ong đốt", "sưng cổ", "xanh ngọc", "Người nhà", "mật khẩu"),
    *(f"{PLACE.lat:.4f}", f"{PLACE.lon:.4f}"),
)
"""What the caller said, wherever it may turn up, and where the caller is to some ten metres."""


def an_emergency(server: Server, client: httpx.Client) -> None:
    """Drive it, from the ring to the closed file."""
    desk = DeskWork(client)
    desk.everybody_on_duty()
    call = desk.call(
        caller_name=CALLER, phone=PHONE, address=ADDRESS, complaint=COMPLAINT, position=point(PLACE)
    )
    answers = {"conscious": "yes", "breathing": "normal"}
    client.put(f"/calls/{call['id']}/triage", json={"protocol": "general", "answers": answers})
    ok(client.put(f"/calls/{call['id']}/position", json={"position": point(PLACE), "address": ADDRESS}))
    body = {"call_id": call["id"], "position": point(PLACE), "priority": "P1"}
    incident = ok(client.post("/incidents", json=body), 201)
    ok(client.post(f"/incidents/{incident['id']}/notes", json={"text": NOTE}), 201)
    units = ok(client.get("/units"))
    desk.ping(units[0]["callsign"], PLACE)
    advice = ok(client.get(f"/incidents/{incident['id']}/recommendation"))
    run = desk.send(incident, advice["units"][0]["unit_id"])
    # What is refused is told with all that was asked; nobody may write that down.
    refused(client.post(f"/incidents/{incident['id']}/runs", json=a_run(advice["units"][0]["unit_id"])), 409)
    bad = {"phone": PHONE * 9, "caller_name": CALLER, "complaint": COMPLAINT}
    refused(client.post("/calls", json=bad), 422)
    refused(client.post("/calls", json={"phone": [CALLER], "complaint": COMPLAINT}), 422)
    client.get("/travel-times", params={"q": ADDRESS})
    httpx.post(
        f"{server.url}{API}/login",
        json={"username": CALLER, "password": PASSWORD},
        trust_env=False,
        timeout=30,
    )
    httpx.get(f"{server.url}{API}/{PHONE}", trust_env=False, timeout=10)
    desk.report(
        run, "accepted", "en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear"
    )
    ok(client.post(f"/incidents/{incident['id']}/close", json={"reason": REASON}))
    other = desk.call(caller_name=CALLER, phone=PHONE, complaint=COMPLAINT)
    ok(client.post(f"/calls/{other['id']}/close", json={"reason": REASON}))
    ok(client.get("/snapshot", params={"at": now().isoformat()}))
