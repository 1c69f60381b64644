/** The orders a command stands for, through the same requests and the same keys as the buttons. Made once, tried as often as it takes. */
import { takeDeskAlarm } from "../alarms/orders";
import type { Standing } from "../alarms/ranked";
import { clock } from "../live/clock";
import { stands } from "../recommend/onRecord";
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
/** `key` : what else must wait for it, as in store/pending.ts. Not the key it travels under, which is its own. `stands` : whether the record has it already. */
export type Order = { key: string; give: () => Promise<Told>; stands?: () => boolean };

const A_FEW = 6;

/** Empty for what only turns to something. Keys, ids and times are fixed here: given a second time it is the same order. */
export function ordersFor(command: Command, sending: Sending | null, alarm: Standing | null): Order[] {
  const at = clock.iso();
  switch (command.do) {
    case "send":
    case "send_plan":
      return sending ? [sendOrder(command.incident.id, sending)] : [];
    case "reach":
      return command.steps.map(({ run, milestone }) => as(`run:${run.id}`, (key) => api.reach(run.id, milestone, at, key)));
    case "stand_down":
      return command.runs.map((run) => as(`run:${run.id}`, (key) => standDown(run.id, at, command.reason || undefined, key)));
    case "duty":
      // A whole shift comes one after the other, under one key: a hundred requests at once would keep other orders waiting.
      if (command.units.length > A_FEW) {
        const units = command.units.map(({ callsign }) => ({ callsign, key: freshId() }));
        return [{ key: "duty", give: () => comeOnDuty(units, at) }];
      }
      return command.units.map(({ callsign }) =>
        as(`unit:${callsign}`, (key) => setDuty(callsign, command.status, command.reason || undefined, at, key)));
    case "destination":
      return [goThere(command.run, command.hospital, command.depart, at)];
    case "priority":
      return [ofIncident(command, (key) => api.setPriority(command.incident.id, command.priority, command.reason, key))];
    case "level":
      return [ofIncident(command, (key) => api.setAlarmLevel(command.incident.id, command.level, command.reason, key))];
    case "danger":
      return [ofIncident(command, (key) => api.tellDanger(command.incident.id, command.words, key))];
    case "close":
      return [ofIncident(command, (key) => api.closeIncident(command.incident.id, command.reason, key))];
    case "note":
      return [ofIncident(command, (key) => api.addNote(command.incident.id, key, command.words))];
    case "message": {
      const { unit, words } = command;
      return [as(`message:${unit.callsign}`, (key) => writeTo(unit.callsign, key, words))];
    }
    case "beds": {
      const { hospital, kind, free } = command;
      const beds = report(hospital.beds, { [kind]: { staffed: hospital.beds[kind]!.staffed, empty: free } });
      return [as(`beds:${hospital.id}`, (key) => api.reportBeds(hospital.id, at, beds, key))];
    }
    case "merge":
      return [ofIncident(command, (key) => mergeIncident(command.incident.id, command.into.id, key))];
    case "unmerge":
      return [ofIncident(command, (key) => unmergeIncident(command.incident.id, key))];
    case "correct": {
      const { run, milestone, clock: typed, reason } = command;
      const when = nearestMoment(readTimeOfDay(typed)!, run.milestones[milestone]!, session.get().city!.timezone);
      return [as(`run:${run.id}`, (key) => correctTime(run.id, milestone, when, reason, key))];
    }
    case "confirm_place":
      return [as(`place:${command.incident.id}`, (key) => api.confirmPlace(command.incident.id, key))];
    case "answer_prompt": {
      const { run, yes } = command;
      const answer = yes ? api.confirmPrompt : api.dismissPrompt;
      const { id } = run.prompt!;
      return [as(`run:${run.id}`, (key) => answer(run.id, id, key))];
    }
    case "veto":
      return [as(`veto:${command.incident.id}`, (key) => api.veto(command.incident.id, key))];
    case "take_alarm": {
      if (alarm?.crew) return [as(`alarm:${alarm.key}`, (key) => api.takeAlarm(alarm.crew!.id, key))];
      return alarm?.desk ? [as(`alarm:${alarm.key}`, (key) => takeDeskAlarm(alarm.desk!.id, key))] : [];
    }
    case "undo": {
      const { run } = command;
      const { of } = run.undo!;
      return [as(`run:${run.id}`, (key) => api.undo(run.id, of, key))];
    }
    default:
      return [];
  }
}

/** Under one key however often it is given: the record keeps it once. */
function as(waits: string, give: (key: string) => Promise<Told>): Order {
  const key = freshId();
  return { key: waits, give: () => give(key) };
}

function ofIncident({ incident }: { incident: { id: string } }, give: (key: string) => Promise<Told>): Order {
  return as(`incident:${incident.id}`, give);
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
    return { key, give: () => api.sendUnit(incident, order), stands: () => stands(order) };
  }
  // The bed goes with the first who can carry a patient.
  const carrier = units.findIndex((unit) => unit.kind !== "motorbike");
  const order = {
    response_id: freshId(), decision_id: advice.decision_id, confirm_place: false, ...said,
    runs: runs.map((run, place) => (place === carrier ? { ...run, ...bed } : run)),
  };
  return { key, give: () => api.sendResponse(incident, order), stands: () => stands(order) };
}

/** First where to, then that it has left: who asks meanwhile hears the right hospital. Two requests, so two keys. */
function goThere(run: RunRow, hospital: HospitalRow, depart: boolean, at: string): Order {
  const kind = run.bed_kind && run.bed_kind in hospital.beds ? run.bed_kind : undefined;
  const moves = run.hospital_id !== hospital.id;
  const left = freshId();
  return as(`run:${run.id}`, async (key) => {
    const moved = moves ? await redirectRun(run.id, hospital.id, kind, undefined, key) : {};
    return depart ? api.reach(run.id, "transporting", at, left) : moved;
  });
}
