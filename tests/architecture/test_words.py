"""What the project says of itself is finished, and names only what exists."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_no_page_was_left_with_a_gap_to_fill():
    for page in PAGES:
        assert not re.search(r"@[A-Z]+@|TODO|FIXME", page.read_text(encoding="utf-8")), page.name


def test_every_link_and_every_file_a_page_names_is_there():
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        links = re.findall(r"\]\(([^)#]+?)\)|src=\"([^\"]+)\"", text)
        for target in (one or other for one, other in links):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} names {target}"
        for named in re.findall(
            r"`((?:api|console|dispatch|domain|projections|routing|simulations)/[\w./-]+)`", text
        ):
            assert (ROOT / named).exists(), f"{page.name} names {named}"
