"""python -m simulations.living_demo --url http://127.0.0.1:8115 --speed 5"""

import argparse
import os
import signal
import sys
import threading

from simulations.living_demo.errors import Refusal, Unreachable
from simulations.living_demo.life import run

PASSWORD_VARIABLE = "VIGIL_DEMO_PASSWORD"


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="living_demo", description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8115", help="where Vigil listens")
    parser.add_argument("--speed", type=float, default=1.0, help="city seconds in a real second, up to 100")
    parser.add_argument("--seed", type=int, default=115, help="another seed, another day")
    parser.add_argument("--parent-pid", type=int, default=None, help="end when this process ends")
    parsed = parser.parse_args(given)
    if not 0 < parsed.speed <= 100:
        parser.error("--speed must be above 0 and at most 100.")
    if parsed.seed < 0:
        parser.error("--seed must not be negative.")
    return parsed


def main(given: list[str] | None = None) -> int:
    asked = arguments(sys.argv[1:] if given is None else given)
    stop = threading.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: stop.set())
    try:
        run(
            asked.url,
            password=os.environ.get(PASSWORD_VARIABLE, "demo"),
            speed=asked.speed,
            seed=asked.seed,
            stop=stop,
            parent_pid=asked.parent_pid,
        )
    except (Refusal, Unreachable) as fault:
        print(f"the demo cannot begin: {fault}", file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
