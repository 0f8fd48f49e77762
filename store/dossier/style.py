"""The style sheet of a dossier in HTML: phone and desktop, dark and light, screen and paper."""

STYLE = """
:root { color-scheme: light dark; --ink: #1d2228; --soft: #55606c; --paper: #fcfcfa;
  --line: #d3d8dd; --tint: #f0f2f4; --link: #0b5394; --mark: #b4430f; --land: #8b96a1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7ea; --soft: #a3adb7; --paper: #15191d;
  --line: #3a434c; --tint: #1f252b; --link: #7db8f0; --mark: #f0925c; --land: #66727e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.25rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0.5rem 0 1rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.5rem; padding-top: 0.75rem;
  border-top: 2px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 0.25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; }
.about, .none, figcaption { color: var(--soft); font-size: 0.92rem; }
ul { padding-left: 1.2rem; margin: 0.5rem 0; }
li { margin: 0.35rem 0; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
.c { font-size: 0.85em; }
.passages { padding-left: 2.4rem; }
.passages li { margin: 1rem 0; padding: 0.25rem 0.5rem; }
.passages li:target, tr:target { background: var(--tint); outline: 2px solid var(--link); }
blockquote { margin: 0; padding-left: 0.75rem; border-left: 3px solid var(--line); }
.passages p { margin: 0.25rem 0 0; }
.check { color: var(--soft); font-size: 0.8rem; }
code { font: 0.9em ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: 0.85rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.5rem 0.4rem 0;
  border-bottom: 1px solid var(--line); }
figure { margin: 1.5rem 0; }
svg { display: block; width: 100%; height: auto; background: var(--tint); border-radius: 4px; }
svg text { fill: var(--ink); font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
svg .soft { fill: var(--soft); }
svg .axis { stroke: var(--line); fill: none; }
svg .bar { fill: var(--link); }
svg .dot { fill: var(--mark); }
svg .ruler { stroke: var(--ink); stroke-width: 2; }
svg .span { stroke: var(--mark); stroke-width: 2; }
svg .denied { fill: none; stroke: var(--mark); stroke-width: 2; }
svg .coast { stroke: var(--land); fill: none; stroke-width: 1; }
svg .border { stroke: var(--land); fill: none; stroke-width: 1; stroke-dasharray: 4 3; }
svg .vague { fill: none; stroke: var(--mark); stroke-width: 1.5; stroke-dasharray: 2 2; }
@media (max-width: 40rem) {
  h1 { font-size: 1.45rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin: 0 0 0.4rem; }
  thead { position: absolute; left: -999rem; }
  tr, td, table, tbody { display: block; }
  tbody th { display: block; border: 0; padding-bottom: 0; }
  td { border: 0; padding: 0.1rem 0; }
  tr { border-bottom: 1px solid var(--line); padding: 0.5rem 0; }
  figure { overflow-x: auto; }
  svg { min-width: 36rem; }
}
@media print {
  :root { --ink: #000; --soft: #333; --paper: #fff; --line: #999; --tint: #fff; --link: #000;
    --mark: #a03000; --land: #777; }
  @page { size: A4; margin: 18mm; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  li, tr, figure, blockquote { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""
"""The whole style sheet. Its hash is in the policy of the file, so nothing is put into it."""
