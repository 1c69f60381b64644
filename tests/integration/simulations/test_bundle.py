"""A bundle is whole, signed and comes out the same again; whatever is changed in it is found."""

import json
import os
import stat
import subprocess
import sys
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
import pytest
from msgspec.structs import replace

from simulations.experiment.inputs import read_inputs
from simulations.experiment.run import run
from simulations.results.bundle.__main__ import main
from simulations.results.bundle.keys import fingerprint, new_key, sign
from simulations.results.bundle.manifest import BadBundle, as_bytes
from simulations.results.bundle.pack import MANIFEST, SIGNATURE, pack
from simulations.results.bundle.verify import rerun, verify
from simulations.results.report.page import write_report
from simulations.results.write_rows import write_rows
from tests.server import ROOT
from tests.simulated_letters import ready


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Folder of the experiment, its bundle, and the key."""
    folder = ready(tmp_path_factory.mktemp("bundled"))
    run(folder, jobs=1)
    inputs = read_inputs(folder)
    write_rows(folder, inputs)
    write_report(folder, inputs)
    key = tmp_path_factory.mktemp("keys") / "planner.pem"
    new_key(key)
    bundle = key.with_name("letters.vigil")
    pack(folder, bundle, key)
    return folder, bundle, key


def changed(bundle, out, change):
    """A copy, its parts put through `change(name, content)`; None leaves one out."""
    with ZipFile(bundle) as archive, ZipFile(out, "w", ZIP_DEFLATED) as other:
        for name in archive.namelist():
            content = change(name, archive.read(name))
            if content is not None:
                other.writestr(name, content)
    return out


def test_it_is_whole_and_tells_who_signed(made):
    _, bundle, key = made
    public = key.with_name("planner.pem.pub")
    checked = verify(bundle, signer=public)
    assert checked.signer == fingerprint(public.read_text())
    assert checked.manifest.seed == 7
    assert checked.manifest.map_data == "a drawn town, no real map"
    assert set(checked.manifest.outputs) >= {"report.html", "rows/incidents.parquet"}
    assert len(checked.manifest.replications) == 3 * 6


def test_run_again_elsewhere_it_has_the_same_bits(made):
    found = rerun(made[1], jobs=1)
    assert (found.same, found.differ, found.versions) == (18, (), ())


def test_another_process_elsewhere_finds_the_same_bits(made, tmp_path):
    """Nothing but the file goes there: no folder, no map, no city."""
    other = tmp_path / "elsewhere.vigil"
    other.write_bytes(made[1].read_bytes())
    order = [sys.executable, "-m", "simulations.results.bundle", "rerun", str(other), "--jobs", "2"]
    done = subprocess.run(
        order, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "All 18 replications came out with the same bits.\n")


def test_packed_again_it_is_the_same_file(made, tmp_path):
    folder, bundle, key = made
    pack(folder, tmp_path / "again.vigil", key)
    assert (tmp_path / "again.vigil").read_bytes() == bundle.read_bytes()


def test_every_part_that_is_changed_left_out_or_added_is_found(made, tmp_path):
    _, bundle, _ = made
    with ZipFile(bundle) as archive:
        names = [name for name in archive.namelist() if name not in (MANIFEST, SIGNATURE)]
    for part in names:
        other = changed(bundle, tmp_path / "x", lambda name, text, part=part: text + b" " * (name == part))
        with pytest.raises(BadBundle, match=f"{part} was changed after signing"):
            verify(other)
        without = changed(
            bundle, tmp_path / "y", lambda name, text, part=part: None if name == part else text
        )
        with pytest.raises(BadBundle, match=f"{part} is missing"):
            verify(without)
    added = changed(bundle, tmp_path / "z", lambda name, text: text)
    with ZipFile(added, "a") as archive:
        archive.writestr("rows/more.csv", "1")
    with pytest.raises(BadBundle, match="nobody signed it"):
        verify(added)


def test_a_manifest_that_was_changed_does_not_fit_its_signature(made, tmp_path):
    def better(name, text):
        return text.replace(b'"seed":7', b'"seed":8') if name == MANIFEST else text

    with pytest.raises(BadBundle, match="changed after signing"):
        verify(changed(made[1], tmp_path / "x", better))


def test_who_signs_anew_with_another_key_is_told_from_the_owner(made, tmp_path):
    _, bundle, key = made
    forger = tmp_path / "forger.pem"
    new_key(forger)
    text = as_bytes(replace(verify(bundle).manifest, question="Something better?"))
    signed = msgspec.json.encode(sign(text, forger))
    forged = changed(
        bundle, tmp_path / "x", lambda name, part: {MANIFEST: text, SIGNATURE: signed}.get(name, part)
    )
    assert verify(forged).manifest.question == "Something better?"
    with pytest.raises(BadBundle, match=r"not by the key in planner\.pem\.pub"):
        verify(forged, signer=key.with_name("planner.pem.pub"))


def test_figures_that_were_never_reckoned_do_not_come_out_again(made, tmp_path):
    """Signed by its owner, and yet not what the inputs give."""
    _, bundle, key = made
    manifest = verify(bundle).manifest
    untrue = {**manifest.replications, "00/00002.npz": "0" * 64}
    text = as_bytes(replace(manifest, replications=untrue))
    signed = msgspec.json.encode(sign(text, key))
    other = changed(
        bundle, tmp_path / "x", lambda name, part: {MANIFEST: text, SIGNATURE: signed}.get(name, part)
    )
    assert rerun(other, jobs=1).differ == ("00/00002.npz",)
    assert main(["rerun", str(other), "--jobs", "1"]) == 1


def test_a_name_that_leads_out_of_the_folder_is_refused(made, tmp_path):
    _, bundle, key = made
    manifest = verify(bundle).manifest
    text = as_bytes(replace(manifest, inputs={**manifest.inputs, "../evil": "0" * 64}))
    signed = msgspec.json.encode(sign(text, key))
    other = changed(
        bundle, tmp_path / "x", lambda name, part: {MANIFEST: text, SIGNATURE: signed}.get(name, part)
    )
    with ZipFile(other, "a") as archive:
        archive.writestr("../evil", "1")
    with pytest.raises(BadBundle, match="outside"):
        verify(other)
    assert not (tmp_path.parent / "evil").exists()


@pytest.mark.parametrize("content", [b"", b"nothing", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_bundle_gets_a_sentence(tmp_path, capsys, content):
    (tmp_path / "x.vigil").write_bytes(content)
    assert main(["verify", str(tmp_path / "x.vigil")]) == 1
    assert "bundle" in capsys.readouterr().err


def test_what_is_not_done_is_not_packed(made, tmp_path, capsys):
    assert main(["pack", str(ready(tmp_path / "todo")), str(tmp_path / "x"), "--key", str(made[2])]) == 1
    assert "run the experiment to its end first" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_key_is_its_owners_alone_and_never_written_over(tmp_path):
    key = tmp_path / "key.pem"
    new_key(key)
    assert stat.S_IMODE(os.stat(key).st_mode) == 0o600
    before = key.read_bytes()
    with pytest.raises(FileExistsError):
        new_key(key)
    assert key.read_bytes() == before


def test_what_is_no_key_signs_nothing(tmp_path):
    (tmp_path / "no.pem").write_text(json.dumps({}))
    with pytest.raises(BadBundle, match="no private Ed25519 key"):
        sign(b"x", tmp_path / "no.pem")
