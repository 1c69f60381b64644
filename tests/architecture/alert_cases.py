"""What each alert is held to by promtool: a stretch at its limit, silent, then one beyond it, told in time.

Series are in promtool's notation, a sample each 15 s: `5x19 6x40` is 5 until 4:45 and 6 from 5:00 on.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Case(NamedTuple):
    """series : values by figure;  silent, fires : moments at which it must be so, "" for never

    labels : of what fires, without alert and severity;  words : for each `{{ … }}`, in its order
    """

    alert: str
    series: Mapping[str, str]
    silent: str
    fires: str
    labels: Mapping[str, str] = {}
    words: tuple[str, ...] = ()


HOUR = "60m"
CENTRE = 'job="vigil",instance="a"'
LIVING = {f"up{{{CENTRE}}}": "1x400", f"process_start_time_seconds{{{CENTRE}}}": "-100000x400"}
"""It has been running for a day, and so has Prometheus."""
ANEW = {f"up{{{CENTRE}}}": "1x400", f"process_start_time_seconds{{{CENTRE}}}": "-100000x79 1200x400"}
"""It started again after 20 minutes."""
UNSEEN = {
    f"up{{{CENTRE}}}": "1x119 0 1x400",
    f"process_start_time_seconds{{{CENTRE}}}": "-100000x119 stale -100000x400",
}
"""It runs; one scrape, after 30 minutes, failed."""
CUT_OFF = {
    f"up{{{CENTRE}}}": "1x119 0x39 1x400",
    f"process_start_time_seconds{{{CENTRE}}}": "-100000x119 stale _x39 -100000x400",
}
"""It runs; Prometheus did not reach it between the 30th minute and the 40th."""
NEW_WATCH = {f"up{{{CENTRE}}}": "_x40 1x400", f"process_start_time_seconds{{{CENTRE}}}": "_x40 -100000x400"}
"""It runs; Prometheus was started after 10 minutes, and remembers nothing."""
AT_A = {"job": "vigil", "instance": "a"}


def of(figure: str, labels: str = "") -> str:
    """A figure of the centre. labels : further ones, as Prometheus writes them"""
    return f"{figure}{{{CENTRE}{',' if labels else ''}{labels}}}"


def state(part: str, healthy: int, ill: int) -> dict[str, str]:
    """The part falls ill at 5:00."""
    return {of("vigil_part_state", f'part="{part}"'): f"{healthy}x19 {ill}x100"}


def part(name: str) -> dict[str, str]:
    return {**AT_A, "part": name}


FAILED = of("vigil_order_seconds_count", 'order="OpenIncident",outcome="failed"')
DONE = of("vigil_order_seconds_count", 'order="OpenIncident",outcome="done"')
RETRIED = of("vigil_order_retries_total", 'order="OpenIncident",cause="store"')
RACED = of("vigil_order_retries_total", 'order="AssignUnit",cause="conflict"')
FAULTS = of("vigil_faults_logged_total", 'part="pings"')
DROPPED = of("vigil_pings_dropped")
OF_RELAY = {"job": "vigil-relay", "instance": "r"}
OF_WORKER = {"job": "vigil-stream", "instance": "s"}
UP_RELAY, UP_WORKER = 'up{job="vigil-relay",instance="r"}', 'up{job="vigil-stream",instance="s"}'
LATEST, STALE, FUTURE = (
    of("vigil_pings_total", f'way="mqtt",outcome="{outcome}"') for outcome in ("latest", "stale", "future")
)


def within(figure: str, fast: str, slow: str) -> dict[str, str]:
    """A histogram whose every value is within `fast`, and from 5:00 on one in ten above `slow`."""
    labels = 'order="OpenIncident",outcome="done",' if "order" in figure else ""
    return {
        of(f"{figure}_bucket", f'{labels}le="{fast}"'): "0+90x19 1710+81x100",
        of(f"{figure}_bucket", f'{labels}le="{slow}"'): "0+90x19 1710+81x100",
        of(f"{figure}_bucket", f'{labels}le="2.5"'): "0+90x19 1710+90x100",
        of(f"{figure}_bucket", f'{labels}le="+Inf"'): "0+90x19 1710+90x100",
    }


CASES = [
    Case("VigilDown", {of("up"): "1x19 0x40"}, "5m15s", "5m30s", AT_A),
    Case("VigilTakesNoCalls", state("log", 1, 2), "5m", "5m15s", {"part": "log"}, ("log",)),
    Case("VigilTakesNoCalls", state("roads", 0, 2), HOUR, ""),
    Case(
        "VigilOrdersFail",
        {**LIVING, FAILED: "_x40 1x100"},
        "9m45s",
        "10m",
        {"outcome": "failed"},
        ("failed",),
    ),
    Case(
        "VigilOrdersFail", {**LIVING, FAILED: "3x19 4x100"}, "10m", "5m", {"outcome": "failed"}, ("failed",)
    ),
    Case(
        "VigilOrdersFail",
        {**ANEW, FAILED: "3x79 stale _x7 1x100"},
        "21m45s",
        "22m",
        {"outcome": "failed"},
        ("failed",),
    ),
    Case("VigilOrdersFail", {**LIVING, DONE: "0+9x200"}, "20m", ""),
    Case(  # the first one since a start, not as many as before it
        "VigilOrdersFail",
        {**ANEW, FAILED: "3x79 stale _x79 1x100"},
        "39m45s",
        "40m",
        {"outcome": "failed"},
        ("failed",),
    ),
    Case("VigilOrdersFail", {**UNSEEN, FAILED: "3x119 stale 3x200"}, "35m", ""),
    Case("VigilOrdersFail", {**UNSEEN, FAILED: "3x119 stale 3x200"}, "30m15s", ""),
    Case(  # one within the last minutes is told all along
        "VigilOrdersFail",
        {**UNSEEN, FAILED: "3x119 stale 3x5 4x200"},
        "31m30s",
        "35m",
        {"outcome": "failed"},
        ("failed",),
    ),
    Case(  # what failed unseen is told as soon as it is seen
        "VigilOrdersFail",
        {**CUT_OFF, FAILED: "3x119 stale _x39 4x200"},
        "45m15s",
        "40m",
        {"outcome": "failed"},
        ("failed",),
    ),
    Case("VigilOrdersFail", {**CUT_OFF, FAILED: "3x119 stale _x39 3x200"}, "40m", ""),
    Case("VigilOrdersFail", {**NEW_WATCH, FAILED: "_x40 3x200"}, "11m", ""),
    Case("VigilOrdersFail", {**NEW_WATCH, FAILED: "_x40 3x200"}, "15m", ""),
    Case("VigilViewsBehind", {of("vigil_view_lag_seconds"): "5x19 65x40"}, "5m", "5m15s", AT_A, ("1m 5s",)),
    Case("VigilScreensStale", {of("vigil_feed_stale"): "0x19 2x40"}, "5m15s", "5m30s", AT_A, ("2",)),
    Case("VigilRoadsFail", state("roads", 1, 2), "5m15s", "5m30s", part("roads")),
    Case(
        "VigilAlarm",
        {of("vigil_alarms_standing", 'code="mqtt"'): "_x20 1x40"},
        "5m45s",
        "6m15s",
        {**AT_A, "code": "mqtt"},
        ("mqtt",),
    ),
    Case("VigilDiskFull", {of("vigil_disk_free_bytes"): "2e9x19 1.9e9x40"}, "5m45s", "6m", AT_A),
    Case("VigilClockWrong", {of("vigil_log_newest_age_seconds"): "-1x19 -1.1x40"}, "5m15s", "5m30s", AT_A),
    Case("VigilStandbyMissing", {of("vigil_database_standbys_missing"): "0x19 1x40"}, "5m15s", "5m30s", AT_A),
    Case("VigilArchiveFails", {of("vigil_database_archive_fails"): "0x19 1x100"}, "9m45s", "10m", AT_A),
    Case("VigilOrdersSlow", within("vigil_order_seconds", "0.5", "1"), "6m30s", "8m"),
    Case("VigilStoreFaults", {**LIVING, RETRIED: "_x40 1x100"}, "9m45s", "10m", {"cause": "store"}),
    Case("VigilStoreFaults", {**ANEW, RETRIED: "3x79 1x100"}, "19m45s", "20m", {"cause": "store"}),
    Case("VigilStoreFaults", {**ANEW, RETRIED: "1x79 1x100"}, "26m15s", "20m", {"cause": "store"}),
    Case("VigilStoreFaults", {**UNSEEN, RETRIED: "3x119 stale 3x200"}, "35m", ""),
    Case("VigilStoreFaults", {**NEW_WATCH, RETRIED: "_x40 3x200"}, "11m", ""),
    Case("VigilStoreFaults", {**LIVING, RACED: "0+1x100"}, "20m", ""),
    Case(
        "VigilContention",
        {RACED: "0+15x19 285+30x100"},
        "5m",
        "15m",
        {"order": "AssignUnit"},
        ("AssignUnit",),
    ),
    Case("VigilAdviceSlow", within("vigil_advice_seconds", "0.1", "0.25"), "9m45s", "12m"),
    Case("VigilTrafficLate", state("roads", 0, 1), "5m45s", "6m", part("roads")),
    Case("VigilScreensLetGo", {of("vigil_feeds_let_go_total"): "0x19 2x59 6x40"}, "15m", "20m30s", AT_A),
    Case("VigilNoPositions", {of("vigil_pings_newest_age_seconds"): "120x19 121x40"}, "5m45s", "6m", AT_A),
    Case("VigilPingsRefused", {LATEST: "0+60x200", FUTURE: "0+15x19 285+20x200"}, "14m45s", "35m"),
    Case("VigilPingsRefused", {LATEST: "0+10x200", STALE: "0+60x200"}, "35m", ""),
    Case("VigilPingsDropped", {DROPPED: "4x19 5x100"}, "4m45s", "5m15s", AT_A),
    Case("VigilPingsDropped", {DROPPED: "100x79 0x3 50x40"}, "20m45s", "21m15s", AT_A),
    Case("VigilViewsNotStored", state("copy", 0, 1), "9m45s", "10m", part("copy")),
    Case("VigilDiskFills", {of("vigil_disk_free_bytes"): "50e9-5e6x400"}, "1h", "1h15s", AT_A),
    Case("VigilDiskFills", {of("vigil_disk_free_bytes"): "50e9-2.5e6x400"}, "80m", ""),
    Case("VigilListenerLost", state("listener", 0, 1), "5m45s", "6m", part("listener")),
    Case(
        "VigilDatabaseClock", {of("vigil_database_clock_ahead_seconds"): "-2x19 -2.1x40"}, "5m45s", "6m", AT_A
    ),
    Case(
        "VigilProjectorBehind",
        {of("vigil_part_lag_seconds", 'part="projector"'): "60x19 61x40"},
        "5m45s",
        "6m",
        part("projector"),
    ),
    Case(
        "VigilRelayBehind",
        {of("vigil_part_lag_seconds", 'part="relay"'): "30x19 31x40"},
        "5m45s",
        "6m",
        part("relay"),
        ("31s",),
    ),
    Case(
        "VigilRelayBehind", {of("vigil_relay_lag_seconds"): "30x19 90x40"}, "5m45s", "6m", AT_A, ("1m 30s",)
    ),
    Case("VigilRelaySilent", state("relay", 0, 1), "6m45s", "7m", part("relay")),
    Case("VigilRelaySilent", state("kafka", 0, 1), HOUR, ""),
    Case(  # that is told by VigilRelayBehind
        "VigilRelaySilent",
        {**state("relay", 0, 1), of("vigil_part_lag_seconds", 'part="relay"'): "0x19 31x200"},
        "20m",
        "",
    ),
    Case("VigilRegionProcessDown", {UP_RELAY: "1x19 0x100"}, "6m45s", "7m", OF_RELAY, ("vigil-relay", "r")),
    Case(
        "VigilRegionProcessDown", {UP_WORKER: "1x19 0x100"}, "6m45s", "7m", OF_WORKER, ("vigil-stream", "s")
    ),
    Case("VigilRegionProcessDown", {UP_WORKER: "1x19 0x6 1x100", of("up"): "0x100"}, "20m", ""),
    Case(
        "VigilStreamSilent",
        {of("vigil_workers_silent_seconds"): "30x19 31x40"},
        "5m45s",
        "6m",
        AT_A,
        ("31s",),
    ),
    Case(
        "VigilStreamBehind",
        {of("vigil_part_lag_seconds", 'part="workers"'): "30x19 31x40"},
        "5m45s",
        "6m",
        part("workers"),
        ("31s",),
    ),
    Case("VigilRegionAway", state("kafka", 0, 1), "9m45s", "10m", part("kafka")),
    Case("VigilMqttCut", state("mqtt", 0, 1), "6m45s", "7m", part("mqtt")),
    Case("VigilSoftAlertsLate", state("stream", 0, 1), "6m45s", "7m", part("stream")),
    Case("VigilPastNotStored", state("past", 0, 1), "14m45s", "15m", part("past")),
    Case(
        "VigilFaultsLogged", {**LIVING, FAULTS: "_x60 1x100"}, "14m45s", "15m", {"part": "pings"}, ("pings",)
    ),
    Case(
        "VigilFaultsLogged",
        {**ANEW, FAULTS: "9x79 stale _x3 2x100"},
        "20m45s",
        "21m",
        {"part": "pings"},
        ("pings",),
    ),
    Case("VigilFaultsLogged", {**UNSEEN, FAULTS: "7x119 stale 7x200"}, "40m", ""),
    Case("VigilFaultsLogged", {**NEW_WATCH, FAULTS: "_x40 7x200"}, "11m", ""),
    Case("VigilRestarts", {of("process_start_time_seconds"): "0x19 300x19 600x100"}, "9m45s", "10m", AT_A),
    Case(
        "VigilFilesRunOut",
        {of("process_open_fds"): "800x19 801x100", of("process_max_fds"): "1000x200"},
        "9m45s",
        "10m",
        AT_A,
    ),
]
