import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.basemap.serve import basemap_router

CONTENT = bytes(range(256)) * 40


@pytest.fixture
def maps(tmp_path):
    folder = tmp_path / "maps" / "hcmc-1a2b"
    folder.mkdir(parents=True)
    (folder / "basemap.pmtiles").write_bytes(CONTENT)
    return tmp_path / "maps"


@pytest.fixture
def client(maps):
    app = FastAPI()
    app.include_router(basemap_router(lambda: maps))
    return TestClient(app)


def test_a_range_is_answered_with_just_those_bytes(client):
    answer = client.get("/basemap/hcmc-1a2b.pmtiles", headers={"Range": "bytes=300-309"})
    assert answer.status_code == 206
    assert answer.content == CONTENT[300:310]
    assert answer.headers["content-range"] == f"bytes 300-309/{len(CONTENT)}"
    assert answer.headers["etag"]


def test_the_whole_file_may_be_kept_for_good_but_a_range_never(client):
    whole = client.get("/basemap/hcmc-1a2b.pmtiles")
    part = client.get("/basemap/hcmc-1a2b.pmtiles", headers={"Range": "bytes=0-9"})
    assert whole.content == CONTENT
    assert "immutable" in whole.headers["cache-control"]
    assert part.headers["cache-control"] == "no-store"
    assert whole.headers["etag"] == part.headers["etag"]


def test_a_range_past_the_end_is_refused(client):
    answer = client.get("/basemap/hcmc-1a2b.pmtiles", headers={"Range": "bytes=999999-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(CONTENT)}"


def test_head_tells_the_size_without_the_content(client):
    answer = client.head("/basemap/hcmc-1a2b.pmtiles")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(CONTENT))


def test_an_unknown_version_is_named_in_a_sentence(client):
    answer = client.get("/basemap/hue-ffff.pmtiles")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no base map hue-ffff."


@pytest.mark.parametrize("version", ["..", "%2e%2e", "..%2Fmaps%2Fhcmc-1a2b", ".hidden", "a%00b"])
def test_no_version_leads_out_of_the_folder(client, version):
    assert client.get(f"/basemap/{version}.pmtiles").status_code in (404, 422)


def test_a_linked_map_and_one_built_since_the_start_are_served(client, maps):
    (maps / "linked-2").symlink_to(maps / "hcmc-1a2b", target_is_directory=True)
    assert client.get("/basemap/linked-2.pmtiles").content == CONTENT
