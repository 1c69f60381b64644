/** What may lie over the map, and the keys for it: F6 the patients of the incident, F7 the transfers. */
import { lazy, Suspense, useEffect } from "react";

import { takeKeys } from "../shell/keys";
import { useCell } from "../store/cell";
import { openSheet, turn } from "./openSheet";

const panels = () => Promise.all([import("./PatientsPanel"), import("../transfers/TransfersPanel")]);
const PatientsPanel = lazy(() => import("./PatientsPanel").then((found) => ({ default: found.PatientsPanel })));
const TransfersPanel = lazy(() => import("../transfers/TransfersPanel").then((found) => ({ default: found.TransfersPanel })));
/** They come after the first picture, but before anybody needs them: a line that is cut later keeps nothing away, ms. */
const SOON_MS = 3_000;

export function Sheets() {
  const open = useCell(openSheet);
  useEffect(() => takeKeys({ F6: () => turn("patients"), F7: () => turn("transfers") }), []);
  useEffect(() => {
    const timer = setTimeout(() => void panels().catch(() => undefined), SOON_MS);
    return () => clearTimeout(timer);
  }, []);
  return <Suspense fallback={null}>{open === "patients" ? <PatientsPanel /> : open === "transfers" ? <TransfersPanel /> : null}</Suspense>;
}
