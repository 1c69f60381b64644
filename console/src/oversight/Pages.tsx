/** The way between the pages of those who supervise and plan. */
import { atDesk, session } from "../shell/session";
import { useCell } from "../store/cell";
import { useText, type Key } from "../text/i18n";

type Page = "desk" | "wall" | "past" | "supervisor" | "planner";
const PAGES: { page: Page; href: string; text: Key; desk: boolean }[] = [
  { page: "desk", href: "/", text: "nav.desk", desk: true },
  { page: "wall", href: "/wall", text: "nav.wall", desk: true },
  { page: "supervisor", href: "/supervisor", text: "nav.supervisor", desk: false },
  { page: "past", href: "/past", text: "nav.past", desk: false },
  { page: "planner", href: "/planner", text: "nav.planner", desk: false },
];

export function Pages({ here }: { here: Page }) {
  const { t } = useText();
  const works = atDesk(useCell(session).me);
  return (
    <nav className="pages" aria-label={t("nav.pages")}>
      {PAGES.filter((one) => one.page !== here && (works || !one.desk)).map((one) => <a key={one.page} href={one.href}>{t(one.text)}</a>)}
    </nav>
  );
}
