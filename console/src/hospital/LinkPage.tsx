/** Beds by a link: no account, one hospital, one tap where nothing changed. */
import { useEffect, useState } from "react";

import { bedKinds } from "../boards/bedKinds";
import { clock } from "../live/clock";
import { LanguageButton } from "../shell/LanguageButton";
import { ThemeButton } from "../shell/ThemeButton";
import { useCell } from "../store/cell";
import { timeAndDay } from "../text/format";
import { bedName, useText } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";
import * as ward from "../wire/ward";
import { BedForm } from "./BedForm";
import { nameOf, secretOf, useBoard, type Board } from "./link";
import { openOrders, type Orders } from "./orders";
import { WaitingOrders } from "./WaitingOrders";
import "./words";

export function LinkPage() {
  const { t } = useText();
  const [secret, setSecret] = useState(() => secretOf(location.hash));
  useEffect(() => {
    const changed = () => setSecret(secretOf(location.hash));
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  useEffect(() => { document.title = t("title.hospital"); }, [t]);
  if (secret === "") return <main className="starting" role="status">{t("link_page.none")}</main>;
  return <ByLink key={secret} secret={secret} />;
}

function ByLink({ secret }: { secret: string }) {
  const { t } = useText();
  const { ask, ...held } = useBoard(secret);
  const orders = useLinkOrders(secret, ask);
  if (held.state === "over") return (
    <main className="ward"><p className="ward-old" role="alert"><span aria-hidden="true">■ </span>{t("link_page.over")}</p><LanguageButton /></main>
  );
  if (!held.board || !orders) return <main className="starting" role="status">{t(held.state === "cut" ? "link.unreachable" : "link.starting")}</main>;
  return <Beds held={{ ...held, board: held.board }} orders={orders} />;
}

function Beds({ held: { state, board, at }, orders }: { held: Board & { board: ward.LinkBoard }; orders: Orders }) {
  const { t, language } = useText();
  const { answered } = useCell(orders.box.held);
  const kindName = (kind: string) => bedName(board.bed_kinds, kind, language, t);
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
        <WaitingOrders orders={orders} timezone={board.timezone} kindName={kindName} />
        <BedForm hospital={board.hospital_id} beds={board.beds} kinds={bedKinds({ beds: board.beds } as HospitalRow)} kindName={kindName}
          limits={board.bed_age} timezone={board.timezone} orders={orders} who={board.label} />
        <p className="faint">{t("link_page.foot", { label: board.label, until: when(board.expires_at), number: board.emergency_number })}</p>
      </main>
    </>
  );
}

/** The outbox of this link; after each word that was heard the board is asked for again. */
function useLinkOrders(secret: string, heard: () => void): Orders | null {
  const [orders, setOrders] = useState<Orders | null>(null);
  useEffect(() => {
    void openOrders(async ({ id, tapped, order }) => {
      if (order.kind !== "beds") return;
      const answer = await ward.countByLink(secret, id, tapped, order.beds);
      heard();
      return answer;
    }, () => nameOf(secret)).then(setOrders);
  }, [secret, heard]);
  return orders;
}
