// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code

import { parseAst } from "vite";
import { expect, test } from "vitest";
import { compact } from "../../scripts/templates.mjs";

const short = (code) => compact(code, parseAst(code));

test("templates lose their indentation, also inside each other, and nothing else changes", () => {
  const code = "const a = html`\n  <p>\n    ${b ? html`<i>\n  é  x</i>` : `\n  `}\n  </p>`;";
  expect(short(code)).toBe("const a = html` <p> ${b ? html`<i> é  x</i>` : `\n  `} </p>`;");
});

test("styles lose what a browser skips, and keep what it reads", () => {
  expect(
    short("css`\n  :host { margin: 0 -10px; }\n  a :focus, a:hover > b { width: calc(1px + 2px); }\n`;"),
  ).toBe("css` :host{margin:0 -10px}a :focus,a:hover > b{width:calc(1px + 2px)}`;");
  expect(short("css`a { --x: ${y}px; @media (max-width: 9px) { b { c: d } } }`")).toBe(
    "css`a{--x:${y}px;@media (max-width: 9px){b{c:d}}}`",
  );
});
