/** Which theme the page wears, and its colours as the canvas needs them. */
import { useSyncExternalStore } from "react";

import type { Priority, UnitStatus } from "../wire/rows";
import type { Theme } from "./palettes";

function now(): Theme {
  return document.body.classList.contains("light") ? "light" : "dark";
}

/** Calls `listener` when the page changes its theme. */
export function onTheme(listener: () => void): () => void {
  const watch = new MutationObserver(listener);
  watch.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  return () => watch.disconnect();
}

export function useTheme(): Theme {
  return useSyncExternalStore(onTheme, now);
}

export type Ink = {
  theme: Theme;
  /** Around every mark, against the ground; around every text; of the text. */
  edge: string; halo: string; text: string;
  /** Around what is selected. */
  ring: string;
  status: Record<UnitStatus, string>;
  priority: Record<Priority, string>;
  onPriority: Record<Priority, string>;
  closure: string; slowing: string;
  /** Of what hinders, in words. */
  closureText: string; slowingText: string;
  covered: string; gap: string;
  station: string; point: string;
  driven: string; ahead: string;
};

const DARK = {
  edge: "#0b1014", halo: "#0b1014e6", text: "#eef3f7", ring: "#ffffff",
  closureText: "#ffb3b6", slowingText: "#ffd68a", covered: "#4cc38a", gap: "#ffb84d",
  station: "#c3ccd4", point: "#c3ccd4", driven: "#e8eef3", ahead: "#70b8ff",
  priority: { P1: "#e5484d", P2: "#ffa94d", P3: "#8fb3cc", P4: "#9aa7b0" },
  onPriority: { P1: "#ffffff", P2: "#11181d", P3: "#11181d", P4: "#11181d" },
};

const LIGHT: typeof DARK = {
  edge: "#14202a", halo: "#ffffffe6", text: "#14202a", ring: "#14202a",
  closureText: "#8c1116", slowingText: "#6b4200", covered: "#12724a", gap: "#8a5300",
  station: "#44535f", point: "#44535f", driven: "#14202a", ahead: "#0b5cad",
  priority: { P1: "#c62a2f", P2: "#8f5200", P3: "#2f5570", P4: "#4a555e" },
  onPriority: { P1: "#ffffff", P2: "#ffffff", P3: "#ffffff", P4: "#ffffff" },
};

/** The colours of a theme. Those of a status are the tokens of the page: a dot and its line on the board agree. */
export function inkOf(theme: Theme): Ink {
  const style = getComputedStyle(document.body);
  const token = (name: string) => style.getPropertyValue(name).trim() || "#b0c4d4";
  const status = Object.fromEntries(["AV", "DP", "EN", "SC", "TR", "HP", "NS"].map((code) => [code, token(`--${code.toLowerCase()}`)]));
  return {
    theme, ...(theme === "light" ? LIGHT : DARK), closure: "#ff4d55", slowing: "#ffb224", status: status as Ink["status"],
  };
}
