/** A colour as a word on that colour: it is read as well as seen. */
import { useText } from "../text/i18n";
import { ALL_SORTS, type Counts, type Sorted } from "./colours";

export function ColourBadge({ sort, count }: { sort: Sorted; count?: number }) {
  const { t } = useText();
  return <span className={`colour ${sort}`}>{count !== undefined && <b>{count} </b>}{t(`colour.${sort}`)}</span>;
}

/** Only those there are. */
export function Totals({ counts }: { counts: Counts }) {
  return <span className="totals">{ALL_SORTS.filter((sort) => counts[sort] > 0)
    .map((sort) => <ColourBadge key={sort} sort={sort} count={counts[sort]} />)}</span>;
}
