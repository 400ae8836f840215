// What an author pastes into a page to show a run there.

/**
 * @typedef {object} Embedding
 * @property {string} root the address of the playground's folder
 * @property {string} link
 * @property {string} title
 * @property {number} width
 * @property {number} height
 * @property {"auto" | "light" | "dark"} theme
 * @property {boolean} autoplay
 */

/** @param {Embedding} embedding */
export function frameSnippet({ root, link, title, width, height, theme, autoplay }) {
  const page = new URL("embed.html", root);
  if (theme !== "auto") page.searchParams.set("theme", theme);
  if (autoplay) page.searchParams.set("autoplay", "");
  page.hash = link;
  return `<iframe ${attributes({ src: page.href, title, width, height })} sandbox="allow-scripts" loading="lazy" frameborder="0"></iframe>`;
}

/** @param {Embedding} embedding */
export function elementSnippet({ root, link, title, width, height, theme, autoplay }) {
  const chosen = { ...(theme !== "auto" && { theme }), ...(autoplay && { autoplay: "" }) };
  const inside = attributes({ link, width, height, ...chosen });
  return `<script type="module" ${attributes({ src: new URL("embed.js", root).href })}></script>
<consensus-playground ${inside}>${escaped(title)}</consensus-playground>`;
}

/** @param {Record<string, string | number>} values */
function attributes(values) {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(" ");
}

/** A text that stays a text, in an attribute as between tags. @param {string} text */
export function escaped(text) {
  const signs = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };
  return text.replace(/[&"<>]/g, (sign) => signs[/** @type {keyof typeof signs} */ (sign)]);
}
