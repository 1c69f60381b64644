"""Map files that nobody should have written: OSM XML of any nonsense, and real files with broken bytes."""

import bz2
import gzip
from pathlib import Path

import osmium
from hypothesis import strategies as st

from routing.access import RELEVANT
from routing.speeds import CLASSES
from tests.small_city import letter_town
from tests.towns import SOUTH, WEST, Town

STRANGE_IDS = [
    "0", "-1", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "1e3", "1.5", "", "x",
    "+3", "99999999999999999999999", " 7", "0x10", "４",
]  # fmt: skip
STRANGE_DEGREES = [
    "nan", "inf", "-inf", "90", "-90", "90.0000001", "180", "-180", "181", "1e308", "-1e-320", "", "10,75",
    "x", "10.7500000000000000000001", "214.7483647", "214.7483648", "0",
]  # fmt: skip
STRANGE_VALUES = [
    "", "yes", "no", "-1", "50", "50 mph", "-20", "0", "1e309", "nan", "walk", "none", "VN:urban", "00:00:00",
    "∞", "a" * 300, "no;yes", "no @ (Mo-Fr 07:00-09:00)", "no @ (", "@", ";", "motorcar;bicycle", "\u202e",
    "\U0001d518\U0001d52b\U0001d526", "đ", "private", "destination", "reversible", "0.5", "5'6\"", "1,5",
    "no_left_turn", "only_straight_on",
    "no_entry",
]  # fmt: skip
ROLES = ["from", "to", "via", "", "FROM", "label", "đ"]
SUFFIXES = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf")
WHOLE_FILES = ("town.osm", "town.osm.gz", "town.osm.bz2", "town.osm.pbf", "plain.osm.pbf", "sparse.osm.pbf")

small_ids = st.integers(1, 9).map(str)
ids = st.one_of(small_ids, small_ids, small_ids, st.sampled_from(STRANGE_IDS))
steps = st.integers(0, 6).map(lambda step: step * 0.0009)
lats = st.one_of(*3 * [steps.map(lambda d: str(SOUTH + d))], st.sampled_from(STRANGE_DEGREES))
lons = st.one_of(*3 * [steps.map(lambda d: str(WEST + d))], st.sampled_from(STRANGE_DEGREES))
words = st.one_of(
    st.sampled_from(STRANGE_VALUES),
    st.sampled_from(CLASSES),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
keys = st.one_of(st.sampled_from(sorted(RELEVANT)), st.sampled_from(["name", "ref", "type", "restriction",
                 "restriction:conditional", "except", "restriction:motorcycle"]), words)  # fmt: skip
tag_lists = st.lists(st.tuples(keys, words), max_size=4)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Nodes, ways and relations in any order, with any ids, places, references and tags; now and then the
    XML itself is cut short or spoiled."""
    things = draw(st.lists(nodes(), max_size=9)) + draw(st.lists(ways(), max_size=6))
    things += draw(st.lists(relations(), max_size=4))
    # most of the time something that is a street, so that the nonsense gets past the first door
    if draw(st.integers(0, 3)):
        things += [f'<node id="{i}" lat="{SOUTH + i * 0.0009}" lon="{WEST}"/>' for i in range(1, 5)]
        street = '<tag k="highway" v="residential"/>'
        things.append(f'<way id="99"><nd ref="1"/><nd ref="2"/><nd ref="3"/>{street}</way>')
    things = draw(st.permutations(things))
    text = '<?xml version="1.0"?><osm version="0.6">' + "".join(things) + "</osm>"
    content = text.encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 9)) == 0:
        content = draw(broken(content))
    return content


@st.composite
def nodes(draw: st.DrawFn) -> str:
    return f'<node id="{draw(ids)}" lat="{draw(lats)}" lon="{draw(lons)}">{_tags(draw(tag_lists))}</node>'


@st.composite
def ways(draw: st.DrawFn) -> str:
    """One node or many, the same one twice running, a ring, nodes that are nowhere."""
    refs = draw(st.lists(ids, max_size=8))
    tags = draw(tag_lists)
    if draw(st.integers(0, 4)):
        tags = [("highway", draw(st.sampled_from(CLASSES))), *tags]
    inner = "".join(f'<nd ref="{ref}"/>' for ref in refs)
    return f'<way id="{draw(ids)}">{inner}{_tags(tags)}</way>'


@st.composite
def relations(draw: st.DrawFn) -> str:
    """Turn restrictions of any members, relations of relations, of themselves."""
    members = draw(
        st.lists(
            st.tuples(st.sampled_from(["node", "way", "relation", "area"]), ids, st.sampled_from(ROLES)),
            max_size=6,
        )
    )
    tags = draw(tag_lists)
    if draw(st.booleans()):
        tags = [("type", "restriction"), ("restriction", draw(words)), *tags]
    inner = "".join(f'<member type="{kind}" ref="{ref}" role="{role}"/>' for kind, ref, role in members)
    return f'<relation id="{draw(ids)}">{inner}{_tags(tags)}</relation>'


@st.composite
def broken(draw: st.DrawFn, content: bytes) -> bytes:
    """The same with bytes changed, cut out, doubled or cut off."""
    spoiled = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        if not spoiled:
            break
        at = draw(st.integers(0, len(spoiled) - 1))
        until = min(len(spoiled), at + draw(st.sampled_from([1, 1, 2, 7, 40, 400])))
        match draw(st.sampled_from(["change", "change", "bit", "cut", "double", "end", "noise"])):
            case "change":
                spoiled[at] = draw(st.sampled_from([0, 1, 127, 128, 255, draw(st.integers(0, 255))]))
            case "bit":
                spoiled[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del spoiled[at:until]
            case "double":
                spoiled[at:at] = spoiled[at:until]
            case "end":
                del spoiled[at:]
            case "noise":
                spoiled[at:until] = draw(st.binary(min_size=1, max_size=40))
    return bytes(spoiled)


def packed(content: bytes, suffix: str) -> bytes:
    """XML as a file of this kind holds it."""
    return {".osm.gz": gzip.compress, ".osm.bz2": bz2.compress}.get(suffix, bytes)(content)


def whole_files(folder: Path, drawn: Town | None = None) -> dict[str, bytes]:
    """A good town in every format there is, by name; of PBF with and without compression."""
    source = (drawn or letter_town()).write(folder, "whole.osm")
    xml = source.read_bytes()
    found = {f"town{suffix}": packed(xml, suffix) for suffix in (".osm", ".osm.gz", ".osm.bz2")}
    for name, kind in (
        ("town.osm.pbf", "pbf"),
        ("plain.osm.pbf", "pbf,pbf_compression=none"),
        ("sparse.osm.pbf", "pbf,pbf_compression=none,pbf_dense_nodes=false"),
    ):
        target = folder / name
        writer = osmium.SimpleWriter(osmium.io.File(str(target), kind), overwrite=True)
        for thing in osmium.FileProcessor(str(source)):
            writer.add(thing)
        writer.close()
        found[name] = target.read_bytes()
    return found


def _tags(tags: list[tuple[str, str]]) -> str:
    return "".join(f'<tag k="{_escaped(key)}" v="{_escaped(value)}"/>' for key, value in tags)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
