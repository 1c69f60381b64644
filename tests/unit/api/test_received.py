"""A map file that is sent in the first run: whole, or not there at all."""

import asyncio

import pytest
from starlette.requests import ClientDisconnect, Request

from api.first_run.app import received
from api.first_run.errors import MapBusy


class Uploads:
    def __init__(self, folder):
        self.folder, self.busy = folder, False

    def uploads(self):
        if self.busy:
            raise MapBusy
        return self.folder


def sent(*messages, then=lambda: None):
    waiting = list(messages)

    async def receive():
        if len(waiting) == 1:
            then()
        return waiting.pop(0)

    return Request(
        {"type": "http", "method": "PUT", "path": "/", "headers": [], "query_string": b""}, receive
    )


def piece(body, more):
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_line_that_breaks_leaves_nothing_behind(tmp_path):
    request = sent(piece(b"half", True), {"type": "http.disconnect"})
    with pytest.raises(ClientDisconnect):
        asyncio.run(received(request, Uploads(tmp_path), "town.osm"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_being_read_in_meanwhile_is_not_written_over(tmp_path):
    (tmp_path / "town.osm").write_bytes(b"the one being read")
    place = Uploads(tmp_path)
    request = sent(piece(b"an", True), piece(b"other", False), then=lambda: setattr(place, "busy", True))
    with pytest.raises(MapBusy):
        asyncio.run(received(request, place, "town.osm"))
    assert [each.name for each in tmp_path.iterdir()] == ["town.osm"]
    assert (tmp_path / "town.osm").read_bytes() == b"the one being read"


def test_a_whole_file_stands_under_its_name(tmp_path):
    place = asyncio.run(
        received(sent(piece(b"a ", True), piece(b"town", False)), Uploads(tmp_path), "town.osm")
    )
    assert place.read_bytes() == b"a town"
    assert [each.name for each in tmp_path.iterdir()] == ["town.osm"]
