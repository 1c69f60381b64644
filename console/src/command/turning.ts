/** Commands that turn to something and order nothing. */
import { showPoint, showUnit } from "../boards/moves";
import { takeNewCall } from "../shell/keys";
import { selectIncident, selection } from "../shell/selection";
import type { Command } from "./commands";

export function actOn(command: Command): void {
  switch (command.do) {
    case "new_call":
      takeNewCall();
      if (command.address) typeInto("address", command.address);
      return;
    case "advise":
      return selectIncident(command.incident.id);
    case "record":
      selectIncident(command.incident.id);
      // It is drawn with the incident: one frame later it is there to be read.
      requestAnimationFrame(() => document.querySelector<HTMLElement>(".timeline .scroll")?.focus());
      return;
    case "show_unit":
      selection.change({ unit: command.unit.id });
      if (command.unit.incident_id) selectIncident(command.unit.incident_id);
      return;
    case "go_to":
      if ("incident" in command) showPoint(command.incident.position);
      else if ("unit" in command) {
        selection.change({ unit: command.unit.id });
        showUnit(command.unit);
      } else {
        selection.change({ hospital: command.hospital.id });
        showPoint(command.hospital.position);
      }
      return;
    default:
  }
}

/** As if it had been typed there, so that the field looks it up. */
function typeInto(id: string, words: string): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(field, words);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
