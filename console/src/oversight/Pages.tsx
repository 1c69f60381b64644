/** The way between the pages of those who supervise and plan. */
import { seesAll, session } from "../shell/session";
import { useCell } from "../store/cell";
import { useText, type Key } from "../text/i18n";

type Page = "desk" | "wall" | "past" | "supervisor" | "planner" | "admin";
const PAGES: { page: Page; href: string; text: Key; desk: boolean; admin?: true }[] = [
  { page: "desk", href: "/", text: "nav.desk", desk: true },
  { page: "wall", href: "/wall", text: "nav.wall", desk: true },
  { page: "supervisor", href: "/supervisor", text: "nav.supervisor", desk: false },
  { page: "past", href: "/past", text: "nav.past", desk: false },
  { page: "planner", href: "/planner", text: "nav.planner", desk: false },
  { page: "admin", href: "/admin", text: "nav.admin", desk: true, admin: true },
];

export function Pages({ here }: { here: Page }) {
  const { t } = useText();
  const { me } = useCell(session);
  const works = seesAll(me);
  const may = (one: (typeof PAGES)[number]) => (works || !one.desk) && (!one.admin || me?.role === "admin");
  return (
    <nav className="pages" aria-label={t("nav.pages")}>
      {PAGES.filter((one) => one.page !== here && may(one)).map((one) => <a key={one.page} href={one.href}>{t(one.text)}</a>)}
    </nav>
  );
}
