/** What stands there two seconds after the page came up: nobody needs it sooner, and what is needed comes first. */
import { Suspense, type ReactNode } from "react";

import { useCell } from "../store/cell";
import { soon } from "./later";

export function Soon({ children }: { children: ReactNode }) {
  return useCell(soon) ? <Suspense fallback={null}>{children}</Suspense> : null;
}
