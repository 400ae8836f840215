// The link in the address bar: what it says, and what it is made to say. The page's own writing makes no history.

const WAIT_MS = 500;

export class Address {
  /**
   * @param {(fragment: string) => void} onlink told when the reader goes to another link
   */
  constructor(onlink) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.written = "";
    addEventListener("hashchange", () => {
      if (this.fragment !== this.written) onlink(this.fragment);
    });
  }

  /** What stands after the #, or nothing. */
  get fragment() {
    return location.hash.replace(/^#/, "");
  }

  /** The page's address with a link. @param {string} link */
  withLink(link) {
    return `${location.href.replace(/#.*$/, "")}#${link}`;
  }

  /** Writes a link once nothing newer has come for a moment. @param {() => Promise<string>} make */
  writeSoon(make) {
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () =>
        make()
          .then((link) => this.write(link))
          .catch(() => {}),
      WAIT_MS,
    );
  }

  /** @param {string} link */
  write(link) {
    this.written = link;
    try {
      history.replaceState(null, "", `#${link}`);
    } catch {
      // an embedding page may forbid it: the link can still be copied
    }
  }

  /** Forgets what it was about to write. */
  quiet() {
    clearTimeout(this.timer);
  }
}
