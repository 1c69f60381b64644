/** Whether a hand is about to send: the mouse over the panel, or the keyboard in it. What it points at is to stay what it was. */
import { useCallback, useEffect, useRef, useState } from "react";

export function useHand() {
  const panel = useRef<HTMLElement>(null);
  const [pointed, setPointed] = useState(false);
  const [keyed, setKeyed] = useState(false);
  const look = useCallback(() => setKeyed(keyboardIn(panel.current)), []);
  // What goes grey, or goes, lets go of the keyboard without a word: so it is looked for after whatever was drawn.
  useEffect(look);
  const watch = {
    ref: panel, onPointerEnter: () => setPointed(true), onPointerLeave: () => setPointed(false), onFocus: look, onBlur: look,
  };
  return { inside: pointed || keyed, watch };
}

/** A mouse leaves the focus behind where it last pressed, and a form that is done leaves it on the panel: neither is a hand. */
function keyboardIn(panel: HTMLElement | null): boolean {
  const held = document.activeElement;
  return held !== null && panel !== null && held !== panel && panel.contains(held) && held.matches(":focus-visible:not(:disabled)");
}
