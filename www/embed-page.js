// The page for frames: its address says what the figure shows. What happens in the figure it tells the page around it;
// it listens to nothing that page says.

import { EVENTS } from "./figure-news.js";
import "./figure.js";

/** @import { ConsensusPlayground } from "./figure.js" */

/** What may stand in the address, as in `embed.html?theme=dark#LINK`. */
const OPTIONS = ["src", "theme", "show", "autoplay"];

const figure = /** @type {ConsensusPlayground} */ (document.querySelector("consensus-playground"));

function follow() {
  const link = location.hash.slice(1);
  if (link) figure.setAttribute("link", link);
  else figure.removeAttribute("link");
}

/** @param {string} title */
function name(title) {
  document.title = title;
  for (const heading of document.querySelectorAll("h1")) heading.textContent = title;
}

/** @param {Event} event */
function tell(event) {
  const { type, detail } = /** @type {CustomEvent} */ (event);
  if (type === "open" && detail.title) name(detail.title);
  parent.postMessage({ source: "consensus-playground", type, detail }, "*"); // nothing in it that the frame's address does not hold
}

for (const [name, value] of new URLSearchParams(location.search))
  if (OPTIONS.includes(name)) figure.setAttribute(name, value);
for (const name of EVENTS) figure.addEventListener(name, tell);
addEventListener("hashchange", follow);
follow();
