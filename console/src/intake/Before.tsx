/** What happened at a place before. Its part of the page comes when a place is known; without it the form is whole. */
import { lazy, Suspense } from "react";

import type { Point } from "../wire/rows";

const HappenedHere = lazy(() => import("./HappenedHere").then(
  (found) => ({ default: found.HappenedHere }),
  () => ({ default: () => null }),
));

type Props = { at: Point | null; except?: string | null };

export function Before({ at, except = null }: Props) {
  return at && <Suspense fallback={null}><HappenedHere lat={at.lat} lon={at.lon} except={except} /></Suspense>;
}
