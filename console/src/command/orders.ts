/** The orders a command stands for, through the same requests and the same keys as the buttons. Made once, tried as often as it takes. */
import { takeDeskAlarm } from "../alarms/orders";
import type { Standing } from "../alarms/ranked";
import { clock } from "../live/clock";
import { report } from "../hospital/beds";
import { session } from "../shell/session";
import { nearestMoment, readTimeOfDay } from "../text/moment";
import * as api from "../wire/api";
import { comeOnDuty, setDuty, standDown, writeTo } from "../wire/field";
import { correctTime, mergeIncident, redirectRun, unmergeIncident } from "../wire/mending";
import { freshId } from "../wire/ids";
import type { HospitalRow, RunRow } from "../wire/rows";
import type { Command } from "./commands";
import type { Sending } from "./sending";

type Told = { seq?: number };
/** `key` : what else must wait for it, as in store/pending.ts. */
export type Order = { key: string; give: () => Promise<Told> };

const A_FEW = 6;

/** Empty for what only turns to something. Ids and times are fixed here: a second try is the same order. */
export function ordersFor(command: Command, sending: Sending | null, alarm: Standing | null): Order[] {
  const at = clock.iso();
  switch (command.do) {
    case "send":
    case "send_plan":
      return sending ? [sendOrder(command.incident.id, sending)] : [];
    case "reach":
      return command.steps.map(({ run, milestone }) => ({ key: `run:${run.id}`, give: () => api.reach(run.id, milestone, at) }));
    case "stand_down":
      return command.runs.map((run) => ({ key: `run:${run.id}`, give: () => standDown(run.id, at, command.reason || undefined) }));
    case "duty":
      // A whole shift comes one after the other, under one key: a hundred requests at once would keep other orders waiting.
      if (command.units.length > A_FEW) return [{ key: "duty", give: () => comeOnDuty(command.units, at) }];
      return command.units.map(({ callsign }) => ({
        key: `unit:${callsign}`, give: () => setDuty(callsign, command.status, command.reason || undefined, at) }));
    case "destination":
      return [{ key: `run:${command.run.id}`, give: () => goThere(command.run, command.hospital, command.depart, at) }];
    case "priority":
      return [ofIncident(command, () => api.setPriority(command.incident.id, command.priority, command.reason))];
    case "level":
      return [ofIncident(command, () => api.setAlarmLevel(command.incident.id, command.level, command.reason))];
    case "danger":
      return [ofIncident(command, () => api.tellDanger(command.incident.id, command.words))];
    case "close":
      return [ofIncident(command, () => api.closeIncident(command.incident.id, command.reason))];
    case "note": {
      const id = freshId();
      return [ofIncident(command, () => api.addNote(command.incident.id, id, command.words))];
    }
    case "message": {
      const { unit, words } = command;
      const id = freshId();
      return [{ key: `message:${unit.callsign}`, give: () => writeTo(unit.callsign, id, words) }];
    }
    case "beds": {
      const { hospital, kind, free } = command;
      const beds = report({ [kind]: hospital.beds[kind]! }, { [kind]: { staffed: hospital.beds[kind]!.staffed, empty: free } });
      return [{ key: `beds:${hospital.id}`, give: () => api.reportBeds(hospital.id, at, beds) }];
    }
    case "merge":
      return [ofIncident(command, () => mergeIncident(command.incident.id, command.into.id))];
    case "unmerge":
      return [ofIncident(command, () => unmergeIncident(command.incident.id))];
    case "correct": {
      const { run, milestone, clock: typed, reason } = command;
      const when = nearestMoment(readTimeOfDay(typed)!, run.milestones[milestone]!, session.get().city!.timezone);
      return [{ key: `run:${run.id}`, give: () => correctTime(run.id, milestone, when, reason) }];
    }
    case "confirm_place":
      return [{ key: `place:${command.incident.id}`, give: () => api.confirmPlace(command.incident.id) }];
    case "answer_prompt": {
      const { run, yes } = command;
      const answer = yes ? api.confirmPrompt : api.dismissPrompt;
      return [{ key: `run:${run.id}`, give: () => answer(run.id, run.prompt!.id) }];
    }
    case "veto":
      return [{ key: `veto:${command.incident.id}`, give: () => api.veto(command.incident.id) }];
    case "take_alarm": {
      if (alarm?.crew) return [{ key: `alarm:${alarm.key}`, give: () => api.takeAlarm(alarm.crew!.id) }];
      return alarm?.desk ? [{ key: `alarm:${alarm.key}`, give: () => takeDeskAlarm(alarm.desk!.id) }] : [];
    }
    case "undo": {
      const { run } = command;
      const { of } = run.undo!;
      return [{ key: `run:${run.id}`, give: () => api.undo(run.id, of) }];
    }
    default:
      return [];
  }
}

function ofIncident({ incident }: { incident: { id: string } }, give: () => Promise<Told>): Order {
  return { key: `incident:${incident.id}`, give };
}

/** One unit by itself, several in one save: all of them go, or nobody. */
function sendOrder(incident: string, { advice, units, hospital, reason }: Sending): Order {
  const bed = hospital && { hospital_id: hospital.hospital_id, bed_kind: hospital.bed_kind ?? undefined };
  const said = reason ? { override_code: reason.code?.code, override_reason: reason.words.trim() || undefined } : {};
  const runs = units.map((unit) => ({ run_id: freshId(), unit_id: unit.unit_id }));
  const key = `send:${incident}`;
  if (units.length === 1) {
    const order = {
      ...runs[0]!, ...bed, ...said, decision_id: advice.decision_id, preempt: units[0]!.swap !== null, confirm_place: false,
    };
    return { key, give: () => api.sendUnit(incident, order) };
  }
  // The bed goes with the first who can carry a patient.
  const carrier = units.findIndex((unit) => unit.kind !== "motorbike");
  const order = {
    response_id: freshId(), decision_id: advice.decision_id, confirm_place: false, ...said,
    runs: runs.map((run, place) => (place === carrier ? { ...run, ...bed } : run)),
  };
  return { key, give: () => api.sendResponse(incident, order) };
}

/** First where to, then that it has left: who asks meanwhile hears the right hospital. */
async function goThere(run: RunRow, hospital: HospitalRow, depart: boolean, at: string): Promise<Told> {
  const kind = run.bed_kind && run.bed_kind in hospital.beds ? run.bed_kind : undefined;
  const moved = run.hospital_id === hospital.id ? {} : await redirectRun(run.id, hospital.id, kind, undefined);
  return depart ? api.reach(run.id, "transporting", at) : moved;
}
