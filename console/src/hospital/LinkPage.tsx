/** Beds by a link: no account, one hospital, one tap where nothing changed. */
import { useEffect, useMemo, useRef, useState } from "react";

import { bedKinds } from "../boards/bedKinds";
import { clock } from "../live/clock";
import { useSecond } from "../live/ticker";
import { LanguageButton } from "../shell/LanguageButton";
import { ThemeButton } from "../shell/ThemeButton";
import { useCell } from "../store/cell";
import { timeAndDay } from "../text/format";
import { bedName, useText } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";
import { behindHash } from "../wire/fragment";
import { Refusal } from "../wire/send";
import * as ward from "../wire/ward";
import { BedForm } from "./BedForm";
import { LeftCounts } from "./LeftCounts";
import { before, by, useLeft } from "./leftBehind";
import { nameOf, useBoard, type Board } from "./link";
import { openOrders, type Orders } from "./orders";
import { WaitingOrders } from "./WaitingOrders";
import "./words";

/** Where the hospital's own is not known. */
const OURS = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A count without an answer for so long asks whether the line is there, s. */
const LATE_S = 3;

export function LinkPage() {
  const { t } = useText();
  const [secret, setSecret] = useState(() => behindHash(location.hash));
  useEffect(() => {
    const changed = () => setSecret(behindHash(location.hash));
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  useEffect(() => { document.title = t("title.hospital"); }, [t]);
  if (secret === "") return <main className="starting" role="status"><p>{t("link_page.none")}</p><LanguageButton /></main>;
  return <ByLink key={secret} secret={secret} />;
}

function ByLink({ secret }: { secret: string }) {
  const { t } = useText();
  const { ask, ...held } = useBoard(secret);
  const orders = useLinkOrders(secret, ask, held.state === "over");
  if (held.state === "over") return <Over secret={secret} board={held.board} orders={orders} />;
  if (held.state === "unknown") return <Elsewhere />;
  if (!held.board || !orders) return <main className="starting" role="status">{t(held.state === "cut" ? "link.unreachable" : "link.starting")}</main>;
  return <Beds secret={secret} held={{ ...held, board: held.board }} orders={orders} ask={ask} />;
}

/** The link is good; the hospital it was made for is none of this centre's. */
function Elsewhere() {
  const { t } = useText();
  return (
    <main className="ward">
      <p className="ward-old" role="alert"><span aria-hidden="true">■ </span>{t("link_page.unknown")}</p>
      <LanguageButton />
    </main>
  );
}

/** Nothing is sent by it any more. What it took down and never sent is shown, and goes only when somebody says so. */
function Over({ secret, board, orders }: { secret: string; board: ward.LinkBoard | null; orders: Orders | null }) {
  const { t } = useText();
  return (
    <main className="ward">
      <p className="ward-old" role="alert"><span aria-hidden="true">■ </span>{t("link_page.over")}</p>
      {orders && <LeftOver secret={secret} board={board} orders={orders} />}
      <LanguageButton />
    </main>
  );
}

function LeftOver({ secret, board, orders }: { secret: string; board: ward.LinkBoard | null; orders: Orders }) {
  const { t, language } = useText();
  const wanted = useMemo(() => by(nameOf(secret)), [secret]);
  const kindName = (kind: string) => bedName(board?.bed_kinds ?? [], kind, language, t);
  return <LeftCounts left={useLeft(orders, wanted)} timezone={board?.timezone ?? OURS} kindName={kindName} sendAs={null} />;
}

type BedsProps = { secret: string; held: Board & { board: ward.LinkBoard }; orders: Orders; ask: () => void };

function Beds({ secret, held: { state, board, at }, orders, ask }: BedsProps) {
  const { t, language } = useText();
  const { answered, waiting } = useCell(orders.box.held);
  const now = useSecond();
  // A count that waits for its answer may be the first to feel that the server is away: the lamp does not wait to be told.
  const late = waiting.some((one) => now - Date.parse(one.tapped) / 1000 > LATE_S);
  useEffect(() => { if (late) ask(); }, [late, ask]);
  const kindName = (kind: string) => bedName(board.bed_kinds, kind, language, t);
  const wanted = useMemo(() => before(nameOf(secret), board.hospital_id), [secret, board.hospital_id]);
  const left = useLeft(orders, wanted);
  const when = (time: string) => timeAndDay(time, board.timezone, language, clock.now() / 1000);
  // What the server has answered is on the screen as soon as a board that is younger than the count came.
  useEffect(() => {
    const shown = answered.filter((one) => Date.parse(at ?? "") > Date.parse(one.kept.tapped));
    if (shown.length > 0) orders.box.reached(Math.max(...shown.map((one) => one.seq)));
  }, [answered, at, orders]);
  return (
    <>
      {board.demo && <div className="demo-banner" role="note">{t("demo.banner")}</div>}
      <main className="ward">
        <header className="ward-head">
          <h1>{language === "en" ? board.name_en || board.name : board.name}</h1>
          <div className="ward-tools">
            <span className={`lamp ${state === "good" ? "live" : "cut"}`} role="status">
              <span aria-hidden="true">{state === "good" ? "●" : "■"}</span> {t(state === "good" ? "link_page.good" : "link.lost")}</span>
            <ThemeButton /><LanguageButton />
          </div>
        </header>
        {state === "cut" && at && <p className="ward-old" role="alert"><span aria-hidden="true">■ </span>{t("ward.offline_since", { time: when(at) })}</p>}
        <LeftCounts left={left} timezone={board.timezone} kindName={kindName} sendAs={nameOf(secret)} />
        <WaitingOrders orders={orders} timezone={board.timezone} kindName={kindName} />
        <BedForm hospital={board.hospital_id} beds={board.beds} kinds={bedKinds({ beds: board.beds } as HospitalRow)} kindName={kindName}
          limits={board.bed_age} timezone={board.timezone} orders={orders} who={board.label} cut={state === "cut"} />
        <p className="faint">{t("link_page.foot", { label: board.label, until: when(board.expires_at), number: board.emergency_number })}</p>
      </main>
    </>
  );
}

/** The outbox of this link; after each word that was heard the board is asked for again. */
function useLinkOrders(secret: string, heard: () => void, over: boolean): Orders | null {
  const [orders, setOrders] = useState<Orders | null>(null);
  const ended = useRef(over);
  useEffect(() => { ended.current = over; }, [over]);
  useEffect(() => {
    void openOrders(async ({ id, tapped, order }) => {
      if (order.kind !== "beds") return;
      const told = ward.countByLink(secret, id, tapped, order.beds);
      // After a no, too: what the server knows is shown beside it. A link that ended is not asked again.
      told.then(heard, (error: unknown) => { if (error instanceof Refusal && error.status === 409) heard(); });
      return told;
    }, () => (ended.current ? null : nameOf(secret))).then(setOrders);
  }, [secret, heard]);
  return orders;
}
