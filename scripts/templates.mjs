// Takes the indentation out of the page's templates when it is built: it is for those who read the source.

const TAGS = new Set(["css", "html", "svg"]);

/** The Vite plugin. */
export const templatePlugin = {
  name: "templates",
  apply: "build",
  transform(code, id) {
    if (!id.endsWith(".js") || id.includes("node_modules") || !/\b(css|html|svg)`/.test(code))
      return undefined;
    return { code: compact(code, this.parse(code)), map: null };
  },
};

/** The source with short templates. @param {string} code @param {object} tree its syntax tree */
export function compact(code, tree) {
  let short = code;
  for (const { start, text, squeezed } of pieces(tree).sort((a, b) => b.start - a.start)) {
    const at = code.indexOf(text, start); // a piece may begin with its delimiter
    short = short.slice(0, at) + squeezed + short.slice(at + text.length);
  }
  return short;
}

/** The texts of all templates, also of those inside others. */
function pieces(node) {
  if (!node || typeof node !== "object") return [];
  const own = node.type === "TaggedTemplateExpression" && TAGS.has(node.tag.name) ? node.quasi.quasis : [];
  const here = own.map(({ start, value: { raw } }) => ({
    start,
    text: raw,
    squeezed: node.tag.name === "css" ? squeezeStyle(raw) : squeeze(raw),
  }));
  return [...here, ...Object.values(node).flatMap(pieces)];
}

/** Between elements, a line's end counts as a space: one is enough. */
function squeeze(text) {
  return text.replace(/\s*\n\s*/g, " ");
}

function squeezeStyle(text) {
  return text
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replace(/([{;][\w-]+): /g, "$1:")
    .replace(/;}/g, "}");
}
