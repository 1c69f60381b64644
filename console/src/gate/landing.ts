/** Where each role works. Whoever signs in at the front door is taken there. */
const HOMES: Record<string, string> = { hospital: "/hospital", crew: "/crew" };

export function home(role: string): string {
  return HOMES[role] ?? "/";
}

/** The address to go to after a sign-in at `path`; null where the person is in the right place. */
export function onward(role: string, path: string): string | null {
  const there = home(role);
  return path === "/" && there !== "/" ? there : null;
}
