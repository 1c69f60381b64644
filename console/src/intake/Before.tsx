/** What happened at a place before. Its part of the page comes when a place is known; without it the form is whole. */
import { Suspense } from "react";

import { later } from "../shell/later";
import type { Point } from "../wire/rows";

const HappenedHere = later(() => import("./HappenedHere").then((found) => found.HappenedHere));

type Props = { at: Point | null; except?: string | null };

export function Before({ at, except = null }: Props) {
  return at && <Suspense fallback={null}><HappenedHere lat={at.lat} lon={at.lon} except={except} /></Suspense>;
}
