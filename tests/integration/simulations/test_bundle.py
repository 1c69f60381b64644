"""A bundle is whole, signed and comes out the same again; whatever is changed in it is found."""

import json
import os
import stat
import subprocess
import sys
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
import pytest
from msgspec.structs import replace
from pyarrow import parquet

from simulations.experiment.inputs import read_inputs
from simulations.experiment.run import run
from simulations.results.bundle.__main__ import main
from simulations.results.bundle.keys import fingerprint, new_key, sign
from simulations.results.bundle.manifest import BadBundle, as_bytes
from simulations.results.bundle.pack import MANIFEST, SIGNATURE, pack
from simulations.results.bundle.rerun import rerun
from simulations.results.bundle.verify import verify
from simulations.results.report.page import write_report
from simulations.results.versions import versions
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


def forged(made, out, parts=None, key=None, **says):
    """Signed by its owner, and yet other parts in it, or a manifest that says something else."""
    _, bundle, owner = made
    parts = parts or {}
    manifest = verify(bundle).manifest
    for kind in ("inputs", "outputs"):
        known = says.pop(kind, getattr(manifest, kind))
        sums = {name: sha256(text).hexdigest() for name, text in parts.items() if name in known}
        says[kind] = {**known, **sums}
    text = as_bytes(replace(manifest, **says))
    signed = msgspec.json.encode(sign(text, key or owner))
    changes = {MANIFEST: text, SIGNATURE: signed, **parts}
    changed(bundle, out, lambda name, part: changes.pop(name, part))
    with ZipFile(out, "a") as archive:
        for name, part in changes.items():
            archive.writestr(name, part)
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
    assert (found.same, found.differ, found.outputs, found.versions) == (18, (), (), ())


def test_another_process_elsewhere_finds_the_same_bits(made, tmp_path):
    """Nothing but the file goes there: no folder, no map, no city."""
    other = tmp_path / "elsewhere.vigil"
    other.write_bytes(made[1].read_bytes())
    order = [sys.executable, "-m", "simulations.results.bundle", "rerun", str(other), "--jobs", "2"]
    done = subprocess.run(
        order, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    said = "All 18 replications came out with the same bits.\nSo did the rows and the report.\n"
    assert (done.returncode, done.stdout) == (0, said)


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
    forger = tmp_path / "forger.pem"
    new_key(forger)
    other = forged(made, tmp_path / "x", {"report.html": b"<p>Something better"}, forger)
    assert verify(other).signer == fingerprint((tmp_path / "forger.pem.pub").read_text())
    for order in (verify, rerun):
        with pytest.raises(BadBundle, match=r"not by the key in planner\.pem\.pub"):
            order(other, signer=made[2].with_name("planner.pem.pub"))
    public = str(made[2].with_name("planner.pem.pub"))
    assert main(["rerun", str(other), "--signer", public, "--jobs", "1"]) == 1


def test_figures_that_were_never_reckoned_do_not_come_out_again(made, tmp_path):
    untrue = {**verify(made[1]).manifest.replications, "00/00002.npz": "0" * 64}
    other = forged(made, tmp_path / "x", replications=untrue)
    assert rerun(other, jobs=1).differ == ("00/00002.npz",)


def test_rows_and_report_that_nobody_reckoned_do_not_come_out_again(made, tmp_path, capsys):
    folder = made[0]
    rows = parquet.read_table(folder / "rows" / "incidents.parquet")
    never_late = rows.set_column(rows.schema.get_field_index("late"), "late", [[False] * len(rows)])
    parquet.write_table(never_late, tmp_path / "rows.parquet")
    report = (folder / "report.html").read_bytes().replace(b"</title>", b"!</title>")
    parts = {"report.html": report, "rows/incidents.parquet": (tmp_path / "rows.parquet").read_bytes()}
    assert main(["rerun", str(forged(made, tmp_path / "x", parts)), "--jobs", "1"]) == 1
    assert "Not what the replications give: report.html, rows/incidents.parquet." in capsys.readouterr().out


def test_another_library_may_write_the_same_rows_with_other_bytes_but_no_others(made, tmp_path):
    folder, bundle, _ = made
    then = {**verify(bundle).manifest.versions, "pyarrow": "1.0"}
    report = (folder / "report.html").read_text().replace(f"pyarrow {versions()['pyarrow']}", "pyarrow 1.0")
    parts = {"report.html": report.encode()}
    for name in ("rows/incidents.parquet", "rows/unit_hours.parquet"):
        with parquet.ParquetFile(folder / name) as file:
            groups = [file.read_row_group(number) for number in range(file.num_row_groups)]
        if name == "rows/unit_hours.parquet":
            groups = groups[::-1]
        with parquet.ParquetWriter(tmp_path / "rows", groups[0].schema, compression="none") as writer:
            for group in groups:
                writer.write_table(group)
        parts[name] = (tmp_path / "rows").read_bytes()
    found = rerun(forged(made, tmp_path / "x", parts, versions=then), jobs=1)
    assert found.outputs == ("rows/unit_hours.parquet",)
    assert found.versions == (("pyarrow", "1.0", versions()["pyarrow"]),)


@pytest.mark.parametrize("name", ["replications/00/00000.npz", "inputs/../replications/00/00000.npz"])
def test_replications_do_not_come_in_as_inputs(made, tmp_path, name):
    """They would be compared with themselves."""
    folder, bundle, _ = made
    manifest = verify(bundle).manifest
    forgery = (folder / "replications" / "02" / "00000.npz").read_bytes()
    other = forged(
        made,
        tmp_path / "x",
        {name: forgery},
        inputs={**manifest.inputs, name: ""},
        replications={**manifest.replications, "00/00000.npz": sha256(forgery).hexdigest()},
    )
    with pytest.raises(BadBundle, match=r"named as an input, but would lie outside of inputs\."):
        rerun(other, jobs=1)


@pytest.mark.parametrize(
    ("name", "untrue"),
    [
        ("question", "Something better?"),
        ("city", "elsewhere"),
        ("seed", 8),
        ("replications_count", 600),
        ("map_version", "another"),
        ("map_data", "© nobody"),
    ],
)
def test_what_a_bundle_says_of_itself_is_what_its_inputs_say(made, tmp_path, name, untrue):
    with pytest.raises(BadBundle, match=f"The manifest says {name} "):
        verify(forged(made, tmp_path / "x", **{name: untrue}))


def test_nothing_that_is_needed_may_be_left_out_of_the_manifest(made, tmp_path):
    manifest = verify(made[1]).manifest
    for kind, name in (("inputs", "inputs/experiment.toml"), ("outputs", "report.html")):
        named = {each: its for each, its in getattr(manifest, kind).items() if each != name}
        text = as_bytes(replace(manifest, **{kind: named}))
        changes = {MANIFEST: text, SIGNATURE: msgspec.json.encode(sign(text, made[2])), name: None}
        other = changed(made[1], tmp_path / "x", lambda part, its, says=changes: says.get(part, its))
        with pytest.raises(BadBundle, match=f"{name} is missing"):
            verify(other)


def test_what_unpacks_without_end_is_not_unpacked(made, tmp_path, monkeypatch):
    for name, most in (("MOST_BYTES", "larger than any"), ("MOST_INPUTS", "larger than those of any city")):
        with monkeypatch.context() as patched:
            patched.setattr(f"simulations.results.bundle.verify.{name}", 1_000)
            with pytest.raises(BadBundle, match=most):
                rerun(made[1], jobs=1)


def test_what_lies_beside_the_rows_is_not_packed(made, tmp_path):
    folder, bundle, key = made
    note = folder / "rows" / "mine.txt"
    note.write_text("not for others")
    try:
        pack(folder, tmp_path / "x", key)
    finally:
        note.unlink()
    assert (tmp_path / "x").read_bytes() == bundle.read_bytes()


def test_a_name_that_leads_out_of_the_folder_is_refused(made, tmp_path):
    manifest = verify(made[1]).manifest
    other = forged(made, tmp_path / "x", {"../evil": b"1"}, inputs={**manifest.inputs, "../evil": ""})
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
