// WebKit by its own WebDriver, spoken plainly: the few commands that a smoke test needs.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const PATIENCE_MS = 60_000;
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf"; // the name that the standard gives it

/** Starts WebKit on a screen of its own. @param {string} program the driver's path */
export async function startWebKit(program) {
  const port = await freePort();
  const driver = spawn("xvfb-run", ["-a", program, `--port=${port}`], { stdio: "ignore", detached: true });
  const stop = () => {
    try {
      process.kill(-driver.pid); // with the screen and the browser that it started
    } catch {
      // It has ended by itself.
    }
  };
  try {
    const address = `http://127.0.0.1:${port}`;
    await patiently(() => ask(address, "GET", "/status"), "the driver to start");
    const session = await ask(address, "POST", "/session", { capabilities: { alwaysMatch: {} } });
    return new WebKit(`${address}/session/${session.sessionId}`, session.capabilities, stop);
  } catch (trouble) {
    stop();
    throw trouble;
  }
}

class WebKit {
  constructor(address, capabilities, stop) {
    this.address = address;
    this.version = `${capabilities.browserName} ${capabilities.browserVersion}`;
    this.stop = stop;
  }

  ask(method, path, body) {
    return ask(this.address, method, path, body);
  }

  open(url) {
    return this.ask("POST", "/url", { url });
  }

  /** The value of a function in the page, which may be a promise. @param {Function} body self-contained */
  async run(body, ...args) {
    const script = `const [args, done] = [[...arguments].slice(0, -1), arguments[arguments.length - 1]];
      Promise.resolve().then(() => (${body})(...args)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await this.ask("POST", "/execute/async", { script, args });
    if (error) throw new Error(error);
    return value;
  }

  /** Clicks on what a function in the page finds. */
  async click(find) {
    const script = `return (${find})()`;
    const element = await this.ask("POST", "/execute/sync", { script, args: [] });
    await this.ask("POST", `/element/${element[ELEMENT]}/click`, {});
  }

  async close() {
    await this.ask("DELETE", "").catch(() => {});
    this.stop();
  }
}

async function ask(address, method, path, body) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(address + path, { method, headers, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** Tries until it gives something, and gives that. @template T @param {() => Promise<T>} attempt @param {string} what */
export async function patiently(attempt, what) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    let trouble;
    try {
      const found = await attempt();
      if (found) return found;
    } catch (error) {
      trouble = error;
    }
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`, { cause: trouble });
    await pause(200);
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}
