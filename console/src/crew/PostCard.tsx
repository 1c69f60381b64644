/** Where the centre asks a free crew to wait: it goes, or says why it cannot. */
import { useEffect, useRef, useState } from "react";

import { useText } from "../text/i18n";
import type { UnitRow } from "../wire/rows";
import { chime } from "./chime";
import { tap, useOutbox } from "./errands";
import { notice } from "./notices";
import { useLost } from "./useLost";

type Post = NonNullable<UnitRow["post"]>;
const WHY = ["vehicle", "crew", "far"] as const;

export function PostCard({ post }: { post: Post }) {
  const { t } = useText();
  const { lost, keep } = useLost();
  const [declining, setDeclining] = useState(false);
  const held = useOutbox();
  const id = post.move_up_id ?? null;
  const told = [...held.waiting, ...held.answered.map((one) => one.kept)]
    .flatMap(({ order }) => (order.kind === "post" && order.move_up_id === id ? [order] : [])).at(-1);
  const going = told ? told.going : Boolean(post.going_since);
  const asked = id !== null && !going && !told;
  const tell = useRef(t); // another language is no news
  tell.current = t;
  useEffect(() => {
    if (!asked) return;
    chime("news");
    void notice("post", tell.current("crew.notice.post"), tell.current("crew.notice.look"));
  }, [asked]);
  if (told && !told.going) return lost;
  const say = (yes: boolean, reason: string | null = null) => {
    setDeclining(false);
    if (id) keep(tap({ kind: "post", move_up_id: id, post: post.name, going: yes, reason }));
  };
  return (
    <section className={`sheet-of-paper ${asked ? "asked" : ""}`} aria-label={t("crew.post")}>
      <p role={asked ? "alert" : undefined}>{t("crew.post")} <b className="post-name">{post.name}</b></p>
      {going && <p className="said">{told ? "◌" : "✓"} {t("crew.post.told")}</p>}
      {declining ? (
        <div className="stack" role="group" aria-label={t("crew.post.why")}>
          <p>{t("crew.post.why")}</p>
          {WHY.map((why) => <button key={why} type="button" className="big" onClick={() => say(false, t(`crew.decline.${why}`))}>{t(`crew.decline.${why}`)}</button>)}
          <button type="button" className="quiet big" onClick={() => setDeclining(false)}>{t("crew.back")}</button>
        </div>
      ) : id && (
        <div className="two-buttons">
          {!going && <button type="button" className="big primary" onClick={() => say(true)}>{t("crew.post.go")}</button>}
          <button type="button" className="big" onClick={() => setDeclining(true)}>{t("crew.post.no")}</button>
        </div>
      )}
      {lost}
    </section>
  );
}
