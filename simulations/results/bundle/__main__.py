"""python -m simulations.results.bundle key|pack|verify|rerun"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from simulations.experiment.__main__ import bar
from simulations.experiment.alone import at_rest
from simulations.results.bundle.keys import fingerprint, new_key
from simulations.results.bundle.manifest import BadBundle
from simulations.results.bundle.pack import pack
from simulations.results.bundle.rerun import rerun
from simulations.results.bundle.verify import verify


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bundle", description=__doc__)
    orders = parser.add_subparsers(dest="order", required=True)
    key = orders.add_parser("key")
    key.add_argument("path", type=Path)
    packed = orders.add_parser("pack")
    packed.add_argument("folder", type=Path)
    packed.add_argument("path", type=Path)
    packed.add_argument("--key", type=Path, required=True)
    verified = orders.add_parser("verify")
    verified.add_argument("path", type=Path)
    verified.add_argument("--signer", type=Path)
    again = orders.add_parser("rerun")
    again.add_argument("path", type=Path)
    again.add_argument("--signer", type=Path)
    again.add_argument("--jobs", type=int)
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(given)
    try:
        return {"key": _key, "pack": _pack, "verify": _verify, "rerun": _rerun}[asked.order](asked)
    except (BadBundle, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1


def _key(asked: argparse.Namespace) -> int:
    public = new_key(asked.path)
    print(f"{asked.path} signs; give {public} to whoever checks: {fingerprint(public.read_text('utf-8'))}")
    return 0


def _pack(asked: argparse.Namespace) -> int:
    with at_rest(asked.folder):
        pack(asked.folder, asked.path, asked.key)
    checked = verify(asked.path)
    print(f"{asked.path}: {len(checked.manifest.replications)} replications, signed by {checked.signer}")
    return 0


def _verify(asked: argparse.Namespace) -> int:
    checked = verify(asked.path, asked.signer)
    print(f"{checked.manifest.question}\nWhole, and as it was signed by {checked.signer}.")
    if asked.signer is None:
        print("Whose key that is, only its owner can tell you: ask, or name it with --signer.")
    return 0


def _rerun(asked: argparse.Namespace) -> int:
    with bar() as tell:
        found = rerun(
            asked.path,
            asked.jobs,
            lambda done, of: tell(f"{done} of {of} replications", done / of),
            asked.signer,
        )
    for name, then, now in found.versions:
        print(f"{name} was {then}, here it is {now}")
    if found.differ:
        print(f"{len(found.differ)} of {found.same + len(found.differ)} differ, first {found.differ[0]}.")
    else:
        print(f"All {found.same} replications came out with the same bits.")
    if found.outputs:
        print(f"Not what the replications give: {', '.join(found.outputs)}.")
    else:
        print("So did the rows and the report.")
    return 1 if found.differ or found.outputs else 0


if __name__ == "__main__":
    sys.exit(main())
