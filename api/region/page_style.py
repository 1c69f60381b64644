"""How the region's page looks: a table on a wall, a list of figures on a phone."""

from typing import Final

HANGS_AFTER_S: Final = 20

STYLE: Final = f"""
:root {{ color-scheme: dark; --ground: #14181d; --ink: #e8edf2; --quiet: #9aa7b4; --line: #2b333c;
  --late: #f5b83d; --cut_off: #ff6b5e; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; padding: clamp(0.8rem, 1.4vw, 2rem) clamp(1rem, 2.5vw, 3rem);
  background: var(--ground); color: var(--ink);
  font: clamp(1rem, 0.8rem + 0.5vw, 1.6rem)/1.35 "Noto Sans", "Segoe UI", Roboto, system-ui, sans-serif; }}
header {{ display: flex; flex-wrap: wrap; gap: 0.3em 1.5em; align-items: baseline; }}
header a {{ margin-left: auto; color: var(--ink); padding: 0.6em 0; }}
h1, time {{ margin: 0; font-size: 1.6em; font-weight: 700; }}
time {{ font-variant-numeric: tabular-nums; }}
h2 {{ margin: 1em 0 0.2em; font-size: 1em; color: var(--quiet); font-weight: 400; }}
p {{ color: var(--quiet); margin: 0.6em 0; }}
p.trouble {{ color: var(--cut_off); font-weight: 700; }}
table {{ border-collapse: collapse; width: 100%; margin: 0.8em 0; }}
th, td {{ text-align: left; padding: 0.4em 0.8em 0.4em 0; border-top: 1px solid var(--line);
  vertical-align: top; }}
thead th {{ color: var(--quiet); font-weight: 400; }}
td {{ font-variant-numeric: tabular-nums; }}
td.age, td.newest, td.wait {{ white-space: nowrap; }}
td.link {{ min-width: 13em; }}
tbody th {{ font-weight: 700; }}
small {{ font-size: 0.8em; }}
th small, td small {{ display: block; font-weight: 400; }}
tr.late .link, tr.relay_only .link {{ color: var(--late); }}
tr.cut_off .link, small.cut {{ color: var(--cut_off); }}
tr.cut_off .link {{ font-weight: 700; }}
tr.cut_off td, tr.unknown td {{ color: var(--quiet); }}
tr.cut_off td.link {{ color: var(--cut_off); }}
tfoot th, tfoot td {{ border-top: 2px solid var(--line); font-weight: 700; }}
tfoot td small {{ color: var(--quiet); }}
ul {{ list-style: none; margin: 0; padding: 0; }}
li {{ padding: 0.2em 0; }}
li i {{ font-style: normal; }}
li.red i {{ color: var(--cut_off); }} li.amber i {{ color: var(--late); }}
.hung {{ position: fixed; inset: auto 0 0; padding: 0.5em 1em; background: var(--cut_off); color: #14181d;
  font-size: 1.6em; font-weight: 700; visibility: hidden; animation: hung 0s {HANGS_AFTER_S}s forwards; }}
@keyframes hung {{ to {{ visibility: visible; }} }}
@media (max-width: 45rem) {{
  thead {{ position: absolute; clip-path: inset(50%); }}
  tr {{ display: block; border-top: 1px solid var(--line); padding: 0.5em 0; }}
  th, td, tfoot th, tfoot td {{ display: flex; justify-content: space-between; border: 0; padding: 0.15em 0;
    gap: 1em; }}
  th, tfoot th {{ flex-direction: column; gap: 0; }}
  td.age, td.newest, td.wait {{ white-space: normal; }}
  td.link {{ min-width: 0; }}
  td::before {{ content: attr(data-name); color: var(--quiet); font-weight: 400; }}
  td > span {{ text-align: right; }}
  td:empty, tfoot td:empty {{ display: none; }}
  tfoot tr {{ border-top: 3px solid var(--line); }}
}}
"""
