import { hues, inks, neutral } from '../figure/palette.ts'

/** Drawings name their colours in attributes; on a dark screen each gets the colour that stands for it. */
const darkDrawings = [...Object.values(inks), ...hues, neutral]
  .map(({ light, dark }) => `.drawing [fill="${light}"]{fill:${dark}}.drawing [stroke="${light}"]{stroke:${dark}}`)
  .join('\n')

/** The page's style sheet: light, dark and printed, from a phone's width up. */
export const reportStyle: string = `
:root {
  color-scheme: light dark;
  --paper: ${inks.paper.light}; --ink: ${inks.ink.light}; --muted: ${inks.muted.light}; --line: #d8dee4;
  --tint: #f6f8fa; --link: #0a58a8;
  --good: #116b3f; --good-tint: #e3f5ea; --bad: #a3262a; --bad-tint: #fdeaea;
  --open: #7a5200; --open-tint: #fdf3d8; --none: #57606a; --none-tint: #eef1f4;
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  -webkit-text-size-adjust: 100%; overflow-wrap: anywhere;
}
main, header, footer { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 3rem; }
h1, h2 { line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(1.7rem, 1.3rem + 2vw, 2.4rem); }
h2 { font-size: clamp(1.3rem, 1.1rem + 1vw, 1.65rem); }
p { margin: 0.6rem 0; max-width: 44rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.85em; }
pre { background: var(--tint); border: 1px solid var(--line); border-radius: 6px; padding: 0.7rem 0.9rem; overflow-x: auto; margin: 0.4rem 0; line-height: 1.45; }
section { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 2.2rem; }
.overview { border-top: 0; margin-top: 1.2rem; padding-top: 0; }
.kicker, .command-label { color: var(--muted); font-size: 0.85rem; margin: 0 0 0.2rem; }
.command-label { margin-top: 1.2rem; }
.claim { font-size: 1.08rem; }
.summary { font-size: 1.08rem; }
.empty { color: var(--muted); border: 1px dashed var(--line); border-radius: 6px; padding: 1rem; }
.from { color: var(--muted); font-size: 0.9rem; margin: 0.25rem 0 0; }
figure { margin: 1.4rem 0 0.6rem; }
figcaption { color: var(--muted); font-size: 0.92rem; max-width: 48rem; margin-top: 0.5rem; }
figcaption strong { color: var(--ink); }
.drawing { overflow-x: auto; overscroll-behavior-x: contain; }
.drawing svg { display: block; max-width: 100%; height: auto; }
table.verdicts { border-collapse: collapse; width: 100%; margin: 1.2rem 0; font-size: 0.94rem; font-variant-numeric: tabular-nums; }
.verdicts th { text-align: left; font-weight: 600; font-size: 0.82rem; color: var(--muted); padding: 0.4rem 1rem 0.4rem 0; border-bottom: 1px solid var(--line); }
.verdicts td { vertical-align: top; padding: 0.65rem 1rem 0.65rem 0; border-bottom: 1px solid var(--line); }
.verdicts td:first-child { white-space: nowrap; }
.badge, .proxy { display: inline-block; border-radius: 999px; padding: 0.08rem 0.6rem; font-size: 0.84rem; font-weight: 600; white-space: nowrap; }
.badge.reproduced { color: var(--good); background: var(--good-tint); }
.badge.fresh { color: var(--good); background: var(--good-tint); }
.badge.stale { color: var(--open); background: var(--open-tint); }
.badge.unknown { color: var(--none); background: var(--none-tint); }
.badge.differs { color: var(--bad); background: var(--bad-tint); }
.badge.inconclusive { color: var(--open); background: var(--open-tint); }
.badge.not-run { color: var(--none); background: var(--none-tint); }
.proxy { border: 1px solid var(--line); color: var(--muted); font-weight: 400; padding: 0.02rem 0.5rem; }
h3 { font-size: 1.02rem; line-height: 1.35; margin: 0.35rem 0 0.5rem; text-wrap: pretty; }
.claims { display: grid; gap: 1rem; margin: 1.4rem 0; }
.claim-card { border: 1px solid var(--line); border-radius: 8px; padding: 0.8rem 1rem; }
.claim-card p { margin: 0; } .claim-card dl { margin: 0; font-size: 0.94rem; font-variant-numeric: tabular-nums; }
.claim-card dl div { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: 0 0.8rem; padding: 0.18rem 0; }
.claim-card dt { color: var(--muted); font-size: 0.88rem; } .claim-card dd { margin: 0; }
.claim-card dl .setting { grid-template-columns: repeat(2, minmax(0, 1fr)); background: var(--tint); border-radius: 6px; padding: 0.5rem 0.7rem; margin-bottom: 0.35rem; }
.claim-card dl .setting div { display: block; padding: 0; }
.provenance { font-size: 0.84rem; color: var(--muted); margin-top: 0.4rem; }
.provenance p { margin: 0.15rem 0; max-width: none; display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; align-items: baseline; } .provenance p > * { min-width: 0; }
.terms { margin: 0; } .terms div { margin: 0.35rem 0; max-width: 48rem; } .terms dt { font-weight: 600; display: inline; } .terms dd { display: inline; margin: 0; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 0.3rem 1.5rem; margin: 0.6rem 0; font-size: 0.9rem; }
.facts div { min-width: 0; } .facts dt { color: var(--muted); display: inline; } .facts dt::after { content: ': '; }
.facts dd { display: inline; margin: 0; overflow-wrap: anywhere; }
details { margin: 0.6rem 0; } summary { cursor: pointer; color: var(--muted); }
.runs ul { list-style: none; margin: 0.5rem 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 0 1.5rem; }
.runs li { border-top: 1px solid var(--line); padding: 0.5rem 0; font-size: 0.9rem; min-width: 0; }
.runs li p { margin: 0.1rem 0; } .runs .links a { margin-right: 0.5rem; }
nav ol { list-style: none; padding: 0; margin: 0.8rem 0 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; }
footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1rem; padding-bottom: 3rem; color: var(--muted); }
@media screen and (max-width: 900px) { .drawing svg { max-width: none; } }
@media (max-width: 640px) {
  header { padding-top: 1.6rem; }
  table.verdicts, .verdicts tbody, .verdicts tr, .verdicts td { display: block; }
  .verdicts thead { display: none; }
  .verdicts tr { border: 1px solid var(--line); border-radius: 8px; padding: 0.7rem 0.9rem; margin-bottom: 0.8rem; }
  .verdicts td { border: 0; padding: 0.2rem 0; }
  .verdicts td[data-label]::before { content: attr(data-label); display: block; color: var(--muted); font-size: 0.78rem; }
  .verdicts td[data-label='claim'] { font-weight: 600; } .verdicts td[data-label='claim']::before { display: none; }
  .verdicts td p { font-weight: 400; }
  .claim-card dl .setting, .claim-card dl div { grid-template-columns: minmax(0, 1fr); }
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: ${inks.paper.dark}; --ink: ${inks.ink.dark}; --muted: ${inks.muted.dark}; --line: #2d343c;
    --tint: #1a2027; --link: #7cc0ff;
    --good: #7ee2ab; --good-tint: #12331f; --bad: #ff9d97; --bad-tint: #421a1b;
    --open: #f2cc6b; --open-tint: #3a2d0c; --none: #b1bac4; --none-tint: #262d35;
  }
${darkDrawings}
}
@media print {
  :root { color-scheme: light; }
  body { font-size: 10pt; }
  main, header, footer { max-width: none; padding: 0; }
  figure, tr, .claim-card, .runs li { break-inside: avoid; }
  h2, .kicker { break-after: avoid; }
  .drawing { overflow: visible; } .drawing svg { max-width: 100%; }
  .badge { border: 1px solid currentColor; }
}
`
