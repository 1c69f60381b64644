/** Where each role works. Whoever signs in at the front door is taken there; the desk is a step away for those who may. */
const HOMES: Record<string, string> = {
  hospital: "/hospital", crew: "/crew", planner: "/planner", supervisor: "/supervisor", admin: "/admin",
};

export function home(role: string): string {
  return HOMES[role] ?? "/";
}

/** Behind the address of the front door where somebody comes back from another sign-in. */
export const JUST_SIGNED_IN = "?signed_in";

/** The address to go to after a sign-in at `path`; null where the person is in the right place. */
export function onward(role: string, path: string): string | null {
  const there = home(role);
  return path === "/" && there !== "/" ? there : null;
}

/** For somebody who was signed in elsewhere and came back to the front door. */
export function goHome(role: string | undefined): void {
  if (location.search !== JUST_SIGNED_IN) return;
  history.replaceState(null, "", "/");
  const there = role && onward(role, "/");
  if (there) location.replace(there);
}
