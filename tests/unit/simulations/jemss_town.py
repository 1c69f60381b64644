"""A JEMSS model of four crossings on one street, whose times can be worked out on paper.

On the equator a degree is as long both ways; the scales say 100 km. The crossings lie 1 km apart; on lights a
kilometre takes a minute, else two, and off the road half a minute and one.
"""

from pathlib import Path

import numpy as np
import tifffile

DAY_MIN = 24 * 60

FILES = {
    "maps/map_1.csv": "map,1\nxMin,xMax,yMin,yMax,xScale,yScale\n100,100.1,0.9,1.1,100,100\n",
    "travel/travel/travel_1.csv": (
        f"travelModes,,\ntravelModeIndex,offRoadSpeed,note\n1,{2 * DAY_MIN},lights\n2,{DAY_MIN},regular\n,,\n"
        "travelSets,,\ntravelSetIndex,priority,travelModeIndex\n1,highPriority,1\n1,medPriority,1\n"
        "1,lowPriority,2\n,,\ntravelSetsTiming,,\nstartTime,travelSetIndex,\n0,1,\n"
    ),
    "travel/roads/nodes.csv": (
        "nodes,,,\nindex,x,y,offRoadAccess\n1,100.00,1,1\n2,100.01,1,1\n3,100.02,1,0\n4,100.03,1,1\n"
    ),
    "travel/roads/arcs.csv": (
        "miscData,,,\narcForm,numModes,\nundirected,2\n,\narcs,,,\nindex,fromNode,toNode,distance,mode_1,mode_2\n"
        f"1,1,2,1.0,{1 / DAY_MIN},{2 / DAY_MIN}\n2,2,3,1.0,{1 / DAY_MIN},{2 / DAY_MIN}\n"
        f"3,3,4,1.0,{1 / DAY_MIN},{2 / DAY_MIN}\n4,1,2,1.5,{5 / DAY_MIN},{9 / DAY_MIN}\n"
    ),
    "stations/stations_1.csv": (
        'stations,,,\nindex,x,y,capacity,name of the station\n1,100.00,1,5,"West, by the bridge"\n'
        "2,100.03,1.01,5,\n"
    ),
    "hospitals/hospitals_1.csv": "hospitals,,\nindex,x,y\n1,100.03,1\n",
    "ambulances/ambulances_1.csv": "ambulances,,\nindex,stationIndex,class\n1,1,1\n2,2,1\n",
    "misc/call priorities/priorities_1.csv": (
        "priorities,3,,\npriority,name,targetResponseTime,note\n1,highPriority,8/60/24,\n"
        "2,medPriority,10/60/24,\n3,lowPriority,12/60/24,\n"
    ),
    "demand/demand_1.csv": (
        "demandRasters,,\nrasterIndex,rasterFilename\n1,$jemssDir/data/cities/x/people/density.tif\n,,\n"
        "demandModes,,\nmodeIndex,rasterIndex,priority,arrivalRate\n1,1,highPriority,18\n2,1,medPriority,0\n"
        "3,1,lowPriority,6\n"
    ),
    "calls/reps/train/gen_config.xml": (
        "<genConfig><sim><callDistributions>"
        '<interarrivalTime seed="1">Exponential(1/24)</interarrivalTime>'
        "<priority>Categorical([0.75, 0, 0.25])</priority>"
        "<dispatchDelay>Normal(40/60/60/24,0)</dispatchDelay>"
        "<onSceneDuration>Exponential(12/60/24)</onSceneDuration>"
        "<transport>Bernoulli(0.6)</transport>"
        "<handoverDuration>Weibull(2.5, 34.3/60/24)</handoverDuration>"
        "</callDistributions></sim></genConfig>"
    ),
}


def write_jemss_town(root: Path) -> Path:
    """The model's folder; its raster lies two folders above it, as in JEMSS."""
    folder = root / "paper" / "models" / "1"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    people = np.zeros((2, 4))
    people[1] = (3.0, 1.0, 0.0, 4.0)
    raster = root / "paper" / "people" / "density.tif"
    raster.parent.mkdir(parents=True)
    tifffile.imwrite(
        raster,
        people,
        extratags=[
            (33550, "d", 3, (0.01, 0.01, 0.0), False),
            (33922, "d", 6, (0.0, 0.0, 0.0, 99.995, 1.015, 0.0), False),
            (34735, "H", 8, (1, 1, 0, 1, 2048, 0, 1, 4326), False),
        ],
    )
    return folder
