"""`python -m tests.chaos`: strike an installation at random for as long as wanted, then judge it."""

import argparse
import json
import logging
import signal
import sys
import tempfile
from pathlib import Path

from tests.chaos.fire import under_fire
from tests.server import letter_town_ground


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=115, help="the same seed strikes in the same order")
    asked.add_argument("--strikes", type=int, default=1000)
    asked.add_argument("--desks", type=int, default=4)
    asked.add_argument("--brokers", type=int, default=1, help="0: no Kafka; 3: struck one by one")
    asked.add_argument("--keep", type=Path, help="a folder that stays, with everything that was said")
    asked.add_argument("--json", type=Path, help="where the report goes")
    told = asked.parse_args()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # that nobody answers is what is wanted here
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # and all parts with it
    with tempfile.TemporaryDirectory(prefix="vigil-chaos-") as folder:
        report = under_fire(
            letter_town_ground(),
            told.keep or Path(folder),
            seed=told.seed,
            strikes=told.strikes,
            desks=told.desks,
            brokers=told.brokers,
            say=lambda words: print(words, file=sys.stderr, flush=True),
        )
    words = json.dumps(report, indent=2, ensure_ascii=False)
    print(words)
    if told.json:
        told.json.parent.mkdir(parents=True, exist_ok=True)
        told.json.write_text(words, encoding="utf-8")
    sys.exit(1 if report["faults"] else 0)


if __name__ == "__main__":
    main()
