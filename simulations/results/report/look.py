"""How the report looks: for a screen, a phone and paper."""

from typing import Final

LOOK: Final = """
:root{color-scheme:light;--ink:#16202b;--soft:#4c5967;--line:#d5dbe2;--sim:#6b2fa8}
*{box-sizing:border-box}
body{margin:0;padding:0 16px 48px;background:#fff;color:var(--ink);
 font:16px/1.5 "Roboto","Segoe UI",system-ui,"Noto Sans",sans-serif}
main{max-width:1240px;margin:0 auto}
input[name=language]{position:absolute;opacity:0}
label{display:inline-block;margin:14px 4px 0 0;padding:3px 12px;
 border:1px solid var(--line);border-radius:4px;cursor:pointer}
input:checked+label{background:var(--ink);color:#fff}
input:focus-visible+label{outline:3px solid #1f6feb;outline-offset:2px}
main{display:none}
#vi:checked~main[lang=vi],#en:checked~main[lang=en]{display:block}
.banner{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;
 margin:12px 0 0;padding:8px 14px;border:2px solid var(--sim);color:var(--sim)}
.banner b{letter-spacing:.08em}
h1{font-size:28px;line-height:1.25;margin:20px 0 4px}
h2{font-size:20px;margin:40px 0 4px;padding-top:12px;border-top:1px solid var(--line)}
h3{font-size:16px;margin:16px 0 4px}
p{margin:4px 0 10px}
.note,.osm{color:var(--soft);font-size:14px;max-width:75ch}
.osm{font-size:12px;margin:0}
.short li{margin:3px 0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:8px 0;font-variant-numeric:tabular-nums;width:100%}
th,td{padding:6px 10px;border-bottom:1px solid var(--line);
 text-align:right;white-space:nowrap;vertical-align:bottom}
th{font-weight:600;font-size:14px;white-space:normal;min-width:72px}
th:first-child,td:first-child{text-align:left;white-space:normal;min-width:130px}
svg{display:block;width:100%;height:auto}
svg text{font-size:12px;fill:var(--ink);paint-order:stroke;stroke:#fff;stroke-width:3px}
svg text.unit{fill:var(--soft)}
.grid{stroke:#e6eaef}.axis{stroke:#8794a1}.zero{stroke:#16202b;stroke-dasharray:2 3}
.curve{fill:none;stroke-width:2.4}.band{opacity:.13}.bar{stroke-width:3}circle{stroke-width:2.5}
.picture{max-width:860px}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;margin:6px 0;padding:0;font-size:14px}
.legend li{display:flex;align-items:center;gap:8px}
.key{width:34px;height:12px}
.shade{width:26px;height:14px;border:1px solid #8794a1}
.forests,.maps{display:grid;grid-template-columns:repeat(auto-fill,minmax(320px,1fr));gap:8px 24px}
.maps{grid-template-columns:repeat(auto-fit,minmax(320px,1fr))}
figure{margin:8px 0}figcaption{font-weight:600}
.map path{stroke:#fff;stroke-width:.8}.map path:hover{stroke:#16202b}
.map{max-height:560px}
dl{display:grid;grid-template-columns:minmax(110px,180px) 1fr;gap:4px 16px}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
@media(max-width:640px){h1{font-size:23px}dl{grid-template-columns:1fr}dt{margin-top:6px}
 .picture{overflow-x:auto}.picture>svg{min-width:600px}th,td{padding:6px}th:first-child,td:first-child{min-width:96px}}
@media print{label{display:none}body{font-size:12px;padding:0}.scroll{overflow:visible}
 th,td{padding:3px 5px;font-size:11px;min-width:0}h2{margin-top:20px}
 .maps{grid-template-columns:1fr 1fr}svg text{font-size:11px}
 *{-webkit-print-color-adjust:exact;print-color-adjust:exact}h2{break-after:avoid}figure,.picture{break-inside:avoid}}
""".replace("\n", "")
