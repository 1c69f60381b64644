"""Draw a town from the command line: `python -m simulations.town --seed 115 --out town.osm.pbf`."""

from argparse import ArgumentParser
from pathlib import Path

from simulations.town import draw_town


def main() -> None:
    parser = ArgumentParser(prog="simulations.town", description=__doc__)
    parser.add_argument("--seed", type=int, required=True, help="another seed draws another town")
    parser.add_argument("--out", type=Path, required=True, help="the file to write, .osm or .osm.pbf")
    order = parser.parse_args()
    if not order.out.parent.is_dir():
        parser.error(f"there is no folder {order.out.parent}")
    if order.seed < 0:
        parser.error("the seed must not be below zero")
    report = draw_town(order.seed, order.out, lambda step: print(f"drawing: {step}", flush=True))
    print(f"{report.street_nodes} street nodes, {report.street_km:.0f} km of streets")


if __name__ == "__main__":
    main()
