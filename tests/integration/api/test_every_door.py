"""Each address of the API against each role: the server alone decides, whatever a page shows.

The table is written by hand and not made of the code: a door that is new, gone or opened to somebody else
fails here until somebody has looked at it.
"""

from uuid import UUID

import pytest

from tests.server import ok

ROLES = ("dispatcher", "supervisor", "admin", "crew", "hospital", "planner", "clinician")
DOORS = {
    "admin": """
        GET:/account-acts GET:/accounts POST:/accounts DELETE:/accounts/{username}
        PUT:/accounts/{username}/password PUT:/accounts/{username}/role
        DELETE:/accounts/{username}/second-factor DELETE:/accounts/{username}/sessions
        PUT:/accounts/{username}/stopped GET:/devices POST:/devices DELETE:/devices/{name} GET:/sessions
        DELETE:/sessions/{session_id} GET:/sign-in-rules
    """,
    "admin dispatcher supervisor": """
        GET:/auto-dispatch GET:/callbacks POST:/callbacks/{callback_id}/done GET:/callers/{phone}
        POST:/calls GET:/calls/queue POST:/calls/{call_id}/join GET:/calls/{call_id}/nearby
        PUT:/calls/{call_id}/position POST:/calls/{call_id}/raise POST:/calls/{call_id}/separate
        POST:/crew-alarms/{alarm_id}/acknowledge POST:/crew-alarms/{alarm_id}/close
        GET:/decisions/{decision_id} GET:/decisions/{decision_id}/why/{callsign}
        POST:/desk-alarms/{alarm_id}/acknowledge DELETE:/desk-alarms/{alarm_id}/shelf
        PUT:/desk-alarms/{alarm_id}/shelf POST:/dispatch/batch POST:/drill/end GET:/events POST:/incidents
        POST:/incidents/{incident_id}/alarm-level GET:/incidents/{incident_id}/alarm-levels
        POST:/incidents/{incident_id}/auto-dispatch/veto PUT:/incidents/{incident_id}/danger
        GET:/incidents/{incident_id}/distribution POST:/incidents/{incident_id}/distribution
        GET:/incidents/{incident_id}/look-ahead
        POST:/incidents/{incident_id}/merge POST:/incidents/{incident_id}/place
        GET:/incidents/{incident_id}/recommendation POST:/incidents/{incident_id}/responses
        POST:/incidents/{incident_id}/runs POST:/incidents/{incident_id}/unmerge POST:/missed-calls
        POST:/near/incidents GET:/places GET:/places/history GET:/reports/overrides
        GET:/rules/override-codes POST:/runs/{run_id}/prompts PUT:/traffic POST:/traffic/closures
        DELETE:/traffic/closures/{closure_id} POST:/traffic/slowings DELETE:/traffic/slowings/{slowing_id}
        POST:/traffic/speeds POST:/units/{callsign}/messages
    """,
    "admin clinician crew dispatcher hospital planner supervisor": """
        GET:/areas GET:/calls GET:/city GET:/city/points GET:/crew-alarms GET:/desk-alarms GET:/hospitals
        GET:/hospitals/{hospital_id} GET:/hospitals/{hospital_id}/handovers GET:/incidents
        GET:/incidents/{incident_id} GET:/incidents/{incident_id}/patients
         GET:/messages GET:/patients/{patient_id} GET:/prompts
        GET:/protocols GET:/protocols/{protocol} GET:/run-course GET:/runs GET:/snapshot GET:/stations
        GET:/transfer-mode GET:/transfers GET:/units
    """,
    "admin crew dispatcher hospital supervisor": """
        POST:/runs/{run_id}/answer
    """,
    "admin crew dispatcher supervisor": """
        POST:/incidents/{incident_id}/casualties POST:/incidents/{incident_id}/patients
        POST:/messages/{message_id}/read GET:/move-ups POST:/move-ups/{move_up_id}/accept
        POST:/move-ups/{move_up_id}/decline POST:/move-ups/{move_up_id}/crew
        PUT:/patients/{patient_id}/destination
        PUT:/patients/{patient_id}/outcome PUT:/patients/{patient_id}/run PUT:/patients/{patient_id}/triage
        POST:/pings GET:/places/reverse GET:/runs/{run_id}/brief POST:/runs/{run_id}/corrections
        PUT:/runs/{run_id}/destination GET:/runs/{run_id}/destinations POST:/runs/{run_id}/milestones
        POST:/runs/{run_id}/pre-alert POST:/runs/{run_id}/prompt/confirm POST:/runs/{run_id}/prompt/dismiss
        POST:/runs/{run_id}/undo POST:/runs/{run_id}/welfare POST:/units/{callsign}/duty
        PUT:/units/{callsign}/shift POST:/units/{callsign}/sos GET:/units/{callsign}/track
    """,
    "admin clinician dispatcher supervisor": """
        POST:/calls/{call_id}/claim POST:/calls/{call_id}/close POST:/calls/{call_id}/instructions
        POST:/calls/{call_id}/refer POST:/calls/{call_id}/release GET:/calls/{call_id}/triage
        PUT:/calls/{call_id}/triage POST:/clinical/news2 GET:/clinician/queue
        GET:/incidents/{incident_id}/timeline POST:/incidents/{incident_id}/close
        POST:/incidents/{incident_id}/notes
        PUT:/incidents/{incident_id}/priority POST:/incidents/{incident_id}/safety-call
    """,
    "admin crew dispatcher planner supervisor": """
        GET:/coverage GET:/coverage/cells GET:/isochrone GET:/near/hospitals POST:/near/units GET:/policy
        GET:/reports/move-ups GET:/route GET:/traffic POST:/travel-times
    """,
    "admin supervisor": """
        GET:/hospital-links POST:/hospital-links DELETE:/hospital-links/{link_id} PUT:/policy
        POST:/protocols/{protocol}/versions PUT:/transfer-mode
    """,
    "admin dispatcher planner supervisor": """
        GET:/figures GET:/figures/units GET:/reports/regret GET:/simulations GET:/simulations/choices
        GET:/simulations/{simulation_id} GET:/simulations/{simulation_id}/bundle
        GET:/simulations/{simulation_id}/replay GET:/simulations/{simulation_id}/report
        GET:/simulations/{simulation_id}/rows
    """,
    "admin planner supervisor": """
        POST:/simulations DELETE:/simulations/{simulation_id}
    """,
    "admin dispatcher hospital supervisor": """
        PUT:/hospitals/{hospital_id}/beds DELETE:/hospitals/{hospital_id}/diversion
        PUT:/hospitals/{hospital_id}/diversion PUT:/hospitals/{hospital_id}/hours
        GET:/hospitals/{hospital_id}/inbound PUT:/hospitals/{hospital_id}/services
        POST:/runs/{run_id}/acceptance POST:/transfers POST:/transfers/{transfer_id}/cancel
        POST:/transfers/{transfer_id}/decision POST:/units/{callsign}/return POST:/units/{callsign}/withdraw
    """,
}
OF_ANYBODY = """
    GET:/me POST:/me/second-factor POST:/me/second-factor/confirm
"""
"""One's own account, whoever one is."""
OPEN = """
    POST:/login POST:/logout GET:/sign-in GET:/link/board PUT:/link/beds
"""
"""Asked before anybody has signed in, or by a link."""

TABLE = {door: frozenset(roles.split()) for roles, doors in DOORS.items() for door in doors.split()}
NOBODY = str(UUID(int=4))
API = "/api/v1"


@pytest.fixture(scope="module")
def doors(server) -> set[str]:
    """All doors there are, as the server describes them."""
    with server.client("admin") as client:
        told = ok(client.get(f"{server.url}/openapi.json"))
    return {
        f"{method.upper()}:{path.removeprefix(API)}"
        for path, methods in told["paths"].items()
        if path.startswith(API)
        for method in methods
    }


def knock(client, door):
    """At a thing nobody knows, with nothing in the hand: whoever is let in does nothing by it."""
    method, _, path = door.partition(":")
    for gap in ("callsign", "hospital_id", "username", "name", "phone", "protocol", "session_id"):
        path = path.replace("{" + gap + "}", "nobody")
    while "{" in path:
        path = path[: path.index("{")] + NOBODY + path[path.index("}") + 1 :]
    return client.request(method, path)


def test_the_table_names_every_door_once(doors):
    named = [*TABLE, *OF_ANYBODY.split(), *OPEN.split()]
    assert sorted(named) == sorted(doors)
    assert len({door for group in DOORS.values() for door in group.split()}) == len(TABLE)


def test_no_door_opens_without_a_sign_in(server, nothing_stored):
    with server.client(None) as client:
        let_in = {door for door in [*TABLE, *OF_ANYBODY.split()] if knock(client, door).status_code != 401}
    assert let_in == set()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_let_in_where_the_table_says_and_nowhere_else(role, server, nothing_stored):
    wrong = []
    with server.client(role) as client:
        for door, roles in TABLE.items():
            if role in roles and not door.startswith("GET:"):
                continue  # what they may do is tested where it is done
            answer = knock(client, door)
            problem = answer.json() if "problem" in answer.headers.get("content-type", "") else {}
            refused = problem.get("type") == "urn:vigil:NotYourRole"
            if refused != (role not in roles):
                wrong.append((door, answer.status_code, problem.get("type")))
    assert wrong == []
