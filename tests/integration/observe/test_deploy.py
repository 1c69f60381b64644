"""The files of deploy/ speak of what exists: figures, commands, options, explanations in the guide."""

import re
from datetime import UTC, datetime

import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest
from typer import Context
from typer.core import TyperGroup
from typer.main import get_command

from api.cli.main import app
from api.ingest.to_kafka import PingPublisher
from api.observe.figures import exposition
from api.observe.of_postgres import Server, of_server
from api.observe.of_region import of_publisher, of_workers
from api.observe.orders import outcome_of
from api.observe.status_words import PARTS
from api.streams.back_figures import BackCollector
from api.streams.back_to_centre import BackToCentre, Door
from api.streams.broker_settings import SECURITIES, BrokerSettings
from api.streams.region_watch import Seen
from api.streams.relay_figures import RelayCollector, RelayFigures
from domain.errors import NotStored, PerhapsStored, TooContended
from projections.positions import BELIEVED
from tests.server import ROOT

DEPLOY, GUIDE = ROOT / "deploy", ROOT / "docs" / "operator.md"
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
A_PUBLISHER = PingPublisher(BrokerSettings("127.0.0.1:9092"), "hcmc")
SCHEMAS = {"vigil_log", "vigil_read"}
OF_PROMETHEUS = {"up"}
WORDS = {"max", "sum", "by", "increase", "rate", "histogram_quantile", "delta", "predict_linear", "offset"}
WORDS |= {"changes", "abs", "or", "le", "on", "max_over_time", "and", "time", "unless", "last_over_time"}


def alerts():
    rules = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in rules["groups"] for rule in group["rules"]]


def names_in(expression):
    """The figures an expression asks for, without its functions, labels and their values."""
    plain = re.sub(r'\{[^}]*\}|"[^"]*"|\b(?:by|on) \([^)]*\)|\[[^]]*\]', " ", expression)
    return set(re.findall(r"\b[a-z_]\w*\b", plain)) - WORDS


@pytest.fixture(scope="module")
def figures(told):
    """Every name that a centre, its database, a relay or a worker tells."""
    relay = CollectorRegistry()
    relay.register(RelayCollector(RelayFigures("hcmc"), lambda: NOW))
    relay.register(BackCollector([BackToCentre(Door("hcmc", "http://127.0.0.1:8115", "streams", "secret"))]))
    server = Server(NOW, "15.18", 1, read_only=False, wanted=True, standbys=0, archive_fails=False)
    texts = [
        told.shown["/metrics"],
        exposition({"database": of_server(server, NOW)}).decode(),
        exposition({"workers": of_workers(Seen(1, 2, 3.0, 4.0))}).decode(),
        exposition({"kafka": of_publisher(A_PUBLISHER)}).decode(),
        generate_latest(relay).decode(),
    ]
    found = set()
    for text in texts:
        for line in text.splitlines():
            if match := re.match(r"# TYPE (\S+) (\S+)", line):
                name, kind = match.groups()
                found |= {name, f"{name}_bucket", f"{name}_count"} if kind == "histogram" else {name}
    return found | {"vigil_alarms_standing"} | OF_PROMETHEUS


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: rule["alert"])
def test_an_alert_asks_for_figures_there_are_and_is_explained_in_the_guide(rule, figures):
    asked = names_in(rule["expr"])
    assert asked, "it asks for nothing"
    assert asked <= figures, asked - figures
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert rule["annotations"]["runbook"] == f"docs/operator.md#{rule['alert'].lower()}"
    assert f"\n### {rule['alert']}\n" in GUIDE.read_text(encoding="utf-8")


def picked(figure, label):
    """Every value by which an alert picks lines of this figure, of any where it is ""."""
    found = re.findall(
        rf"\b(\w+)\{{[^}}]*\b{label}[!=][=~]?\"([^\"]*)\"", " ".join(r["expr"] for r in alerts())
    )
    return {value for name, values in found if figure in ("", name) for value in values.split("|")}


def test_alerts_pick_out_parts_and_causes_there_are():
    assert picked("", "part") <= set(PARTS)
    assert picked("", "cause") == {"store", "conflict"}


def test_alerts_pick_out_ends_of_orders_there_are():
    fallen = (TooContended(attempts=8), NotStored(), PerhapsStored(), RuntimeError())
    assert picked("vigil_order_seconds_count", "outcome") == {outcome_of(fault) for fault in fallen}


def test_a_position_that_is_believed_or_was_heard_before_is_not_counted_as_refused():
    assert picked("vigil_pings_total", "outcome") == BELIEVED | {"duplicate"}


def test_the_guide_explains_no_alert_that_is_gone():
    explained = re.findall(r"^### (Vigil\w+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert explained == [rule["alert"] for rule in alerts()]


def typed():
    """Every order of `vigil` that stands in the guide to be typed."""
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return re.findall(r"^\s*sudo -u vigil /opt/vigil/\.venv/bin/vigil (.*)$", "\n".join(blocks), re.MULTILINE)


@pytest.mark.parametrize("order", typed())
def test_an_order_of_the_guide_is_one_and_names_the_database(order):
    """Without it the command line refuses to look for the log of a centre on a server of others."""
    options = options_of(order.split())
    assert {"--data", "--db"} <= options


def test_what_the_guide_has_a_region_run_with_its_settings_is_an_order():
    (order,) = re.findall(
        r"vigil\.env; /opt/vigil/\.venv/bin/vigil ([^']*)'", GUIDE.read_text(encoding="utf-8")
    )
    assert options_of(order.split()) == {"--kafka"}


@pytest.mark.parametrize("place", [GUIDE, DEPLOY / "vigil.env"], ids=lambda place: place.name)
def test_further_words_for_a_centre_are_some_it_knows(place):
    found = re.findall(r'VIGIL_ALSO="([^"]*)"', place.read_text(encoding="utf-8"))
    assert found
    for words in found:
        assert options_of(["up", *words.split()])


def test_no_two_processes_of_a_machine_want_the_same_port_and_each_is_scraped_where_it_tells():
    env = dict(re.findall(r"^(\w+)=(.*)$", (DEPLOY / "vigil.env").read_text(encoding="utf-8"), re.MULTILINE))
    orders = " ".join(said(unit, "ExecStart")[0] for unit in units())
    told = [
        port.replace("%i", seat) for port in re.findall(r"--metrics (\S+)", orders) for seat in "123456789"
    ]
    ports = [env["VIGIL_PORT"], env["VIGIL_REGION_PORT"], *sorted(set(told))]
    assert len(ports) == len(set(ports)) == 12, "a centre, the page, a relay, nine workers"
    (region,) = [each for each in options("region") if each.name == "port"]
    assert str(region.default) == env["VIGIL_REGION_PORT"]
    scraped = (DEPLOY / "prometheus" / "prometheus.yml").read_text(encoding="utf-8")
    jobs = dict(re.findall(r"job_name: (\S+)\n.*\n\s+- targets: \[(.*)\]", scraped))
    assert ports_in(jobs["vigil"]) == {env["VIGIL_PORT"]}
    assert ports_in(jobs["vigil-relay"]) | ports_in(jobs["vigil-stream"]) <= set(told)
    assert ports_in(jobs["vigil-relay"]) == {said_port("vigil-relay")}


def test_every_security_that_a_kafka_may_ask_for_is_explained():
    told = (ROOT / "docs" / "topics.md").read_text(encoding="utf-8").partition("## Security")[2]
    assert [each for each in SECURITIES if f"`{each}`" not in told] == []


def said_port(name):
    """Where the figures of a unit are."""
    return re.findall(
        r"--metrics (\S+)", (DEPLOY / "systemd" / f"{name}.service").read_text(encoding="utf-8")
    )[0]


def ports_in(targets):
    return set(re.findall(r":(\d+)", targets))


def options(name):
    """The parameters of a command."""
    command = get_command(app)
    return command.get_command(Context(command), name).params


def test_no_order_of_the_guide_changes_a_setting_among_others():
    """psql -c "a; b" is one transaction, and PostgreSQL refuses ALTER SYSTEM in one."""
    assert re.findall(r"ALTER SYSTEM[^`\"]*;", GUIDE.read_text(encoding="utf-8")) == []


def test_every_figure_the_guide_names_is_told(figures):
    named = set(re.findall(r"`(vigil_\w+?)(?:\{[^}]*\})?`", GUIDE.read_text(encoding="utf-8")))
    assert named - SCHEMAS <= figures, named - SCHEMAS - figures


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("**/*.y*ml")), ids=lambda path: path.name)
def test_every_yaml_file_is_one(path):
    assert yaml.safe_load(path.read_text(encoding="utf-8"))


def options_of(words):
    """Those of an order; the command must be there and know each of them."""
    command, rest = get_command(app), list(words)
    while isinstance(command, TyperGroup) and not rest[0].startswith("-"):
        command = command.get_command(Context(command), rest.pop(0))
    known = {option for parameter in command.params for option in parameter.opts}
    given = {word for word in rest if word.startswith("--")}
    assert given <= known, given - known
    return given


def units():
    return sorted((DEPLOY / "systemd").glob("*.service"))


def said(unit, name):
    return re.findall(rf"^{name}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.name)
def test_a_unit_starts_a_command_there_is_with_options_it_knows(unit):
    (order,) = said(unit, "ExecStart")
    program, *words = order.split()
    assert program == "/opt/vigil/.venv/bin/vigil"
    assert options_of(words)


@pytest.mark.parametrize("service", ["vigil", "project", "relay"])
def test_a_container_starts_a_command_there_is_with_options_it_knows(service):
    services = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert "--db" in options_of(word.partition("=")[0] for word in services[service]["command"])


@pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.name)
def test_a_unit_is_fenced_in_comes_back_and_ends_in_time(unit):
    for name, value in {
        "User": "vigil",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "CapabilityBoundingSet": "",
        "UMask": "0077",
        "Restart": "always",
        "EnvironmentFile": "/etc/vigil/vigil.env",
    }.items():
        assert said(unit, name) == [value], name
    (stop,) = said(unit, "TimeoutStopSec")
    assert int(stop) == (30 if unit.name == "vigil.service" else 20)


@pytest.mark.parametrize(
    ("name", "codes"), [("vigil", []), ("vigil-project", []), ("vigil-relay", ["3"]), ("vigil-stream@", [])]
)
def test_what_may_pass_by_itself_is_started_again_and_two_relays_do_not_fight_for_ever(name, codes):
    """A port is free again, a log was begun, topics were made: but another log stays another."""
    assert said(DEPLOY / "systemd" / f"{name}.service", "RestartPreventExitStatus") == codes


def test_every_setting_that_a_unit_uses_stands_in_the_environment_file():
    given = set(re.findall(r"^(\w+)=", (DEPLOY / "vigil.env").read_text(encoding="utf-8"), re.MULTILINE))
    used = {name for unit in units() for name in re.findall(r"\$\{?(\w+)", unit.read_text(encoding="utf-8"))}
    assert used <= given
