/** Where the caller says it is: the words are looked up on the map as they are typed, without any internet. */
import { useEffect, useState } from "react";

import { useText } from "../text/i18n";
import type { PlaceFound } from "../wire/answers";
import * as api from "../wire/api";

const PAUSE_MS = 180;
const LEAST = 3;

type Props = { id?: string; label?: string; words: string; change: (words: string) => void; take: (place: PlaceFound) => void };

export function PlaceSearch({ id = "address", label, words, change, take }: Props) {
  const { t, say } = useText();
  const [found, setFound] = useState<PlaceFound[]>([]);
  /** How often it was asked for: by typing, and by the arrow that brings a shut list back. */
  const [asked, setAsked] = useState(0);
  const [at, setAt] = useState(-1);

  useEffect(() => {
    if (asked === 0 || words.trim().length < LEAST) return setFound([]);
    let ours = true;
    const timer = setTimeout(() => {
      // Without an answer the words stay as they are: they travel to the crew in any case.
      api.places(words.trim()).then((answer) => { if (ours) { setFound(answer.places); setAt(-1); } }, () => ours && setFound([]));
    }, PAUSE_MS);
    return () => { ours = false; clearTimeout(timer); };
  }, [words, asked]);

  function choose(place: PlaceFound) {
    setAsked(0);
    setFound([]);
    take(place);
  }

  function keys(event: React.KeyboardEvent) {
    if (found.length === 0) {
      if (event.key !== "ArrowDown" || words.trim().length < LEAST) return;
      event.preventDefault();
      return setAsked((before) => before + 1);
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((before) => (before + (event.key === "ArrowDown" ? 1 : -1) + found.length + (before < 0 && event.key === "ArrowUp" ? 1 : 0)) % found.length);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(found[at]!);
    } else if (event.key === "Escape") {
      event.preventDefault(); // it closes this list and nothing else
      setFound([]);
    }
  }

  return (
    <div className="field wide place-search">
      <label htmlFor={id}>{label ?? t("intake.address")}</label>
      <input id={id} value={words} autoComplete="off" role="combobox" aria-expanded={found.length > 0}
        aria-controls={`${id}-places`} aria-activedescendant={at >= 0 ? `${id}-place-${at}` : undefined}
        onChange={(event) => { setAsked((before) => before + 1); change(event.target.value); }} onKeyDown={keys}
        onBlur={() => setTimeout(() => setFound([]), 200)} />
      {found.length > 0 && (
        <ul id={`${id}-places`} className="places" role="listbox" aria-label={t("places.title")}>
          {found.map((place, index) => (
            <li key={index} id={`${id}-place-${index}`} role="option" aria-selected={index === at}
              className={index === at ? "on" : ""} onMouseDown={(event) => event.preventDefault()} onClick={() => choose(place)}>
              <span>{place.label}</span>
              <small>{[place.ambiguous ? `▲ ${t("places.which")}` : "", ...place.reasons.map(say)].filter(Boolean).join(" · ")}</small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
