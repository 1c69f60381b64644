/** One hospital's page: what must be answered first, then its beds, then the rest of what is between it and dispatch. */
import { useEffect } from "react";

import { store, useLink, useSeq } from "../live";
import { useCell } from "../store/cell";
import { later } from "../shell/later";
import { session } from "../shell/session";
import { Soon } from "../shell/Soon";
import { bedName, useText } from "../text/i18n";
import { timeAndDay } from "../text/format";
import { clock } from "../live/clock";
import type { HospitalRow } from "../wire/rows";
import { bedKinds } from "../boards/bedKinds";
import { AskedBar } from "./AskedBar";
import { BedForm } from "./BedForm";
import { DiversionForm } from "./DiversionForm";
import { Door } from "./Door";
import { InboundList } from "./InboundList";
import { keep, withoutPatients, type Ward as Kept } from "./kept";
import { OF_ACCOUNTS } from "../outbox/shelf";
import type { Orders } from "./orders";
import { Services } from "./Services";
import { useWardSound } from "./sound";
import { StationCars } from "./StationCars";
import { useExpected } from "./useExpected";
import { WaitingOrders } from "./WaitingOrders";
import { WardHead } from "./WardHead";

const WardTransfers = later(async () => (await import("./WardTransfers")).WardTransfers);

export const KEPT = OF_ACCOUNTS.ward;

/** `since` : when what stands here was kept, where the server has not told anything newer; null on a good line. */
export function Ward({ row, orders, since }: { row: HospitalRow; orders: Orders; since: string | null }) {
  const { t, language } = useText();
  const { me, city } = useCell(session);
  const seq = useSeq();
  const cut = useLink() !== "live";
  const unsent = useCell(orders.box.held).waiting.length;
  useEffect(() => orders.box.reached(store.seq), [orders, seq]);
  useEffect(() => {
    if (since === null && me!.hospital_id) void keep<Kept>(KEPT, { me: me!, city: city!, row: withoutPatients(row) });
  }, [row, me, city, since]);

  const expected = useExpected(row.id, `${row.seq}`);
  useWardSound(expected);
  const kindName = (kind: string) => bedName(city!.bed_kinds, kind, language, t);
  return (
    <>
      <WardHead title={language === "en" ? row.name_en || row.name : row.name} unsent={unsent} />
      {since !== null && <p className="ward-old" role="alert"><span aria-hidden="true">■ </span>
        {t("ward.offline_since", { time: timeAndDay(since, city!.timezone, language, clock.now() / 1000) })}</p>}
      {since === null && <AskedBar expected={expected} />}
      <WaitingOrders orders={orders} timezone={city!.timezone} kindName={kindName} />
      <div className="ward-columns">
        <div className="ward-column">
          <DiversionForm row={row} orders={orders} />
          <BedForm key={row.id} hospital={row.id} beds={row.beds} kinds={bedKinds(row)} kindName={kindName}
            limits={city!.targets.bed_age} timezone={city!.timezone} orders={orders} who={me!.username} cut={cut} />
        </div>
        {since === null && (
          <div className="ward-column">
            <InboundList row={row} expected={expected} />
            <Door row={row} />
            <StationCars hospital={row.id} />
            <Services row={row} />
            <Soon><WardTransfers hospital={row.id} /></Soon>
          </div>
        )}
      </div>
    </>
  );
}
