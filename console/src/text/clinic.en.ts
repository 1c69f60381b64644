/** The clinician who rings callers back: in English. */
import type { clinic as vi } from "./clinic.vi";

export const clinic: Record<keyof typeof vi, string> = {
  "clinic.title": "Ring back",
  "clinic.due": "{count} waiting",
  "clinic.empty": "Nobody waits for a clinician.",
  "clinic.last": "last time: {finding}",
  "clinic.held": "{who} is ringing",
  "clinic.take_over": "I take over",
  "clinic.finding": "Found when rung back",
  "clinic.note": "Note",
  "clinic.record": "Record the call",
  "clinic.ends": "Ends without an ambulance:",
  "clinic.back": "Back to the list",
  "clinic_why.referred": "referred",
  "clinic_why.waiting": "long wait, nobody on the way",
  "clinic_why.no_emergency": "no emergency",
  "outcome.advice_only": "Advice only",
  "outcome.referred": "Referred elsewhere",
  "outcome.self_transport": "Own transport",
  "outcome.no_ambulance_needed": "No ambulance needed",
};
