/** What a line would do, said before it is done; and whether it asks for a second Enter. */
import { standing } from "../boards/milestones";
import { empty } from "../hospital/beds";
import { span } from "../text/format";
import { known, type Key, type Tell } from "../text/i18n";
import type { UnitRow, Words } from "../wire/rows";
import type { Command } from "./commands";
import type { Values } from "./reader";
import type { Sending } from "./sending";
import type { CommandKey } from "./texts";

export type Meaning = {
  what: string;
  /** Hard to take back, or it withdraws help from somebody: it wants a second Enter. */
  risky: boolean;
  /** What must be the same at the Enter as when it was read. */
  sign: string;
};

const MOST_NAMED = 12;
const few = (list: { callsign: string }[]) =>
  callsigns(list.slice(0, MOST_NAMED)) + (list.length > MOST_NAMED ? ` … (${list.length})` : "");
const callsigns = (list: { callsign: string }[]) => list.map((one) => one.callsign).join(", ");

/** How a line speaks of things. `alarm` : the one on top, in words. `next` : the steps a unit may report, as words of the line. */
export type Voice = {
  t: Tell;
  say: (words: Words) => string;
  code: (hospital_id: string) => string;
  next: (unit: UnitRow) => string;
  alarm: string | null;
};

export function meaningOf(command: Command, sending: Sending | null, voice: Voice): Meaning {
  const { t } = voice;
  const says = (key: CommandKey, values: Values = {}, risky = false): Meaning => {
    const what = t(key as Key, values);
    return { what, risky, sign: what };
  };
  switch (command.do) {
    case "new_call":
      return command.address ? says("says.new_call_at", { address: command.address }) : says("says.new_call");
    case "advise": return says("says.advise", { number: command.incident.number });
    case "send":
    case "send_plan": return ofSending(command.incident, sending!, voice);
    case "reach": {
      const [first] = command.steps;
      const step = t(`milestone.${first!.milestone}` as Key);
      return says("says.reach", { callsigns: callsigns(command.steps.map(({ run }) => run)), step }, command.steps.length > 1);
    }
    case "duty":
      return command.status === "on_duty"
        ? says("says.on_duty", { callsigns: few(command.units) }, command.units.length > 1)
        : says("says.out_of_service", { callsigns: callsigns(command.units), reason: command.reason }, true);
    case "stand_down":
      return says("says.stand_down", { callsigns: callsigns(command.runs), number: [...new Set(command.runs.map((run) => run.incident_number))].join(", #") }, true);
    case "priority": {
      const { incident, priority, reason } = command;
      return says("says.priority", { number: incident.number, was: incident.priority, priority, reason }, priority > incident.priority);
    }
    case "level": {
      const { incident, level, reason } = command;
      return says("says.level", { number: incident.number, level, reason }, level < incident.alarm_level);
    }
    case "danger":
      return command.words === null ? says("says.danger_over", { number: command.incident.number }, true)
        : says("says.danger", { number: command.incident.number, words: command.words });
    case "close": {
      const { incident, reason } = command;
      const out = incident.runs.filter((run) => !["clear", "declined", "stood_down"].includes(run.status));
      return out.length > 0
        ? says("says.close_served", { number: incident.number, callsigns: callsigns(out), reason }, true)
        : says("says.close", { number: incident.number, reason }, incident.status !== "done");
    }
    case "destination": {
      const { run, hospital: { code }, depart } = command;
      if (depart) return says("says.depart", { callsign: run.callsign, code });
      const aboard = standing(run.milestones) === "transporting";
      return aboard ? says("says.divert", { callsign: run.callsign, was: run.hospital_id ? voice.code(run.hospital_id) : "—", code }, true)
        : says("says.destination", { callsign: run.callsign, code });
    }
    case "beds": {
      const { hospital, kind, free } = command;
      return says("says.beds", { code: hospital.code, bed: known(t, "bed", kind), free, was: empty(hospital.beds[kind]!) });
    }
    case "note": return says("says.note", { number: command.incident.number, words: command.words });
    case "message": return says("says.message", { callsign: command.unit.callsign, words: command.words });
    case "merge": return says("says.merge", { number: command.incident.number, into: command.into.number }, true);
    case "unmerge": return says("says.unmerge", { number: command.incident.number, into: command.incident.merged_into?.number ?? "—" }, true);
    case "correct": {
      const { run, milestone, clock, reason } = command;
      return says("says.correct", { callsign: run.callsign, step: known(t, "milestone", milestone), time: clock, reason });
    }
    case "confirm_place": return says("says.confirm_place", { number: command.incident.number });
    case "answer_prompt": {
      const step = known(t, "milestone", command.run.prompt!.milestone);
      return says(command.yes ? "says.prompt_yes" : "says.prompt_no", { callsign: command.run.callsign, step });
    }
    case "veto": return says("says.veto", { number: command.incident.number });
    case "record": return says("says.record", { number: command.incident.number });
    case "go_to":
      return says("says.go_to", { name: "incident" in command ? `#${command.incident.number}` : "unit" in command ? command.unit.callsign : command.hospital.code });
    case "show_unit":
      return says("says.show_unit", { callsign: command.unit.callsign, status: known(t, "status", command.unit.status), next: voice.next(command.unit) });
    case "take_alarm": return says("says.take_alarm", { alarm: voice.alarm ?? "—" });
    case "undo": return says("says.undo", { callsign: command.run.callsign, step: known(t, "run", command.run.undo!.milestone) });
    case "help": return says("says.help");
  }
}

function ofSending(incident: { number: number; priority: string }, sending: Sending, voice: Voice): Meaning {
  const say = (key: CommandKey, values: Values) => voice.t(key as Key, values);
  const to = sending.hospital ? say("says.to", { code: voice.code(sending.hospital.hospital_id) }) : "";
  const { reason } = sending;
  const because = reason
    ? say("says.because", { reason: [reason.code && voice.say(reason.code), reason.words].filter(Boolean).join(": ") })
    : sending.spare ? say("says.reason_spare", {}) : "";
  const [first] = sending.units;
  const what = first?.swap
    ? say("says.taken", { callsign: first.callsign, number: first.swap.incident_number, here: incident.number, to })
    : say("says.send", {
        units: sending.units.map(({ callsign, rank, eta_s }) => {
          const time = span(Math.round(eta_s));
          return rank === null ? say("says.unit", { callsign, time }) : say("says.unit_rank", { callsign, rank, time });
        }).join(", "),
        number: incident.number, priority: incident.priority, to,
      });
  // Seconds of a way change by themselves; who goes where, and for what reason, must not.
  const sign = JSON.stringify([incident.number, sending.units.map((one) => one.callsign), sending.hospital?.hospital_id, because]);
  return { what: what + because, risky: first?.swap != null, sign };
}
