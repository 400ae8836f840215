// The page's content security policy: nothing from elsewhere, no inline script or style, WebAssembly allowed.

const POLICY = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "style-src": "'self'",
  "img-src": "'self'",
  "font-src": "'self'",
  "connect-src": "'self'",
  "worker-src": "'self'",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
};

const text = (policy) =>
  Object.entries(policy)
    .map((words) => words.join(" "))
    .join("; ");

/** For a <meta>, which goes wherever the files go. */
export const metaPolicy = text(POLICY);

/** For a response header, where a server can be told; a <meta> cannot say who may frame the page. */
export const headerPolicy = text({ ...POLICY, "frame-ancestors": "'none'" });

/** For the page that is made to be framed, by anybody. */
export const framedPolicy = text(POLICY);
