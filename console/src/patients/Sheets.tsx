/** What may lie over the map, and the keys for it: F6 the patients of the incident, F7 the transfers. */
import { Suspense, useEffect } from "react";

import { takeKeys } from "../shell/keys";
import { later } from "../shell/later";
import { useCell } from "../store/cell";
import { openSheet, turn } from "./openSheet";

const PatientsPanel = later(() => import("./PatientsPanel").then((found) => found.PatientsPanel));
const TransfersPanel = later(() => import("../transfers/TransfersPanel").then((found) => found.TransfersPanel));
const BatchPanel = later(() => import("../recommend/BatchPanel").then((found) => found.BatchPanel));

export function Sheets() {
  const open = useCell(openSheet);
  useEffect(() => takeKeys({ F6: () => turn("patients", true), F7: () => turn("transfers", true) }), []);
  return (
    <Suspense fallback={null}>
      {open === "patients" ? <PatientsPanel /> : open === "transfers" ? <TransfersPanel /> : open === "batch" ? <BatchPanel /> : null}
    </Suspense>
  );
}
