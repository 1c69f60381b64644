/** The door: codes from the phone, another sign-in, the end of a session, and a drill: in English. */
import type { gate as vietnamese } from "./gate.vi";

export const gate: Record<keyof typeof vietnamese, string> = {
  "gate.demo": "A trial on this machine. Choose an account; the password is “demo”:",
  "gate.or": "or",
  "gate.oidc": "Sign in with {name}",
  "gate.code": "Code from the phone (or a spare code from paper)",
  "gate.first_code": "The code that the phone shows now",
  "gate.enrol": "This role signs in with a code from the phone. Open an app for codes (FreeOTP, Aegis, Google Authenticator…), photograph this square, and type the six digits.",
  "gate.picture": "Square to photograph with an app for codes",
  "gate.secret": "No camera? Type this key:",
  "gate.paper": "Spare codes",
  "gate.paper_why": "Each opens the door once when the phone is not there. Print them or write them down, and keep them safe: they are not shown again.",
  "gate.print": "Print",
  "gate.kept": "I have put them away",
  "gate.ends": "This session ends at {time}. Sign in again now so that nothing is interrupted; what you are typing stays.",
  "gate.renew": "Sign in again",
  "gate.not_now": "Later",
  "drill.banner": "DRILL: no real call, and nothing is counted",
  "drill.end": "End the drill",
  "drill.sure": "Delete the drill and go live?",
  "drill.yes": "Go live",
  "drill.no": "Go on with the drill",
  "drill.opening": "Opening the live desk…",
};
