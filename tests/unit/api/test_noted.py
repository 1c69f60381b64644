"""What people noted at a place is read there again; what the service noted by itself is not."""

from types import SimpleNamespace

from api.noted import notes_on


def an_entry(text, actor, topic="Incident.Noted"):
    return {"topic": topic, "at": "2026-03-03T07:00:00+07:00", "actor": actor, "data": {"text": text}}


def test_notes_of_people_are_told_and_those_of_the_service_are_not():
    page = {
        "entries": [
            an_entry("chó dữ", "lan"),
            an_entry("Chưa có xe từ 07:46.", "streams"),
            an_entry("chó dữ", "lan", topic="Incident.DangerTold"),
            an_entry("cổng sau", "kip-c1"),
        ]
    }
    views = SimpleNamespace(row=lambda view, key: page if (view, key) == ("timeline", "here") else None)
    notes = notes_on([{"id": "here", "number": 7}, {"id": "gone", "number": 8}], SimpleNamespace(views=views))
    assert [(note.incident_number, note.text) for note in notes] == [(7, "chó dữ"), (7, "cổng sau")]
