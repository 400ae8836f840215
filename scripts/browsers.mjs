// Finds the browsers for the tests, and on Debian installs them.

import { existsSync } from "node:fs";
import { exitCode, output, retry, run, say, Trouble } from "./tools.mjs";

/** @typedef {{ name: string, variable: string, packages: string[], places: string[] }} Browser */

/** @type {Browser} */
const CHROMIUM = {
  name: "Chromium",
  variable: "CHROMIUM",
  packages: ["chromium"],
  places: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ],
};

/** @type {Browser} */
const FIREFOX = {
  name: "Firefox",
  variable: "FIREFOX",
  packages: ["firefox-esr"],
  places: ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"],
};

/** WebKit by its driver, which knows where its browser is, on a screen that nobody sees. @type {Browser} */
const WEBKIT = {
  name: "WebKit",
  variable: "WEBKIT_DRIVER",
  packages: ["webkit2gtk-driver", "xvfb", "xauth"],
  places: ["/usr/bin/WebKitWebDriver"],
};

/** The path of a Chromium, or undefined. The environment variable CHROMIUM comes first. */
export const findChromium = () => find(CHROMIUM);

/** The path of a Firefox, or undefined. The environment variable FIREFOX comes first. */
export const findFirefox = () => find(FIREFOX);

/** The path of a Chromium, installed by apt if need be. */
export const chromium = () => provide(CHROMIUM);

/** The path of a Firefox, installed by apt if need be. */
export const firefox = () => provide(FIREFOX);

/** The path of WebKit's driver, installed by apt if need be. */
export const webkitDriver = () => provide(WEBKIT);

/** @param {Browser} browser */
function find({ variable, places }) {
  return process.env[variable] ?? places.find((place) => existsSync(place));
}

/** @param {Browser} browser */
async function provide(browser) {
  const found = find(browser);
  if (found) return found;
  if (!output(["apt-get", "--version"])) fail("The browser tests need a browser", browser);
  await aptInstall(browser);
  return find(browser) ?? fail(`apt installed no ${browser.name} where it was expected`, browser);
}

/** @param {string} why @param {Browser} browser @returns {never} */
function fail(why, { name, variable }) {
  throw new Trouble(`${why}: install ${name}, or set ${variable} to its path.`);
}

/** @param {Browser} browser */
async function aptInstall(browser) {
  const root = process.getuid?.() === 0;
  if (!root && (await exitCode(["sudo", "-n", "true"]).catch(() => 1)) !== 0)
    fail("Installing needs root, and sudo asks for a password", browser);
  say(`installing ${browser.packages.join(", ")} with apt`);
  const apt = [
    ...(root ? [] : ["sudo", "-n"]),
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "-q",
    "-o",
    "DPkg::Lock::Timeout=300",
  ];
  await retry(3, async () => {
    await run([...apt, "update"]);
    await run([...apt, "install", "-y", "--no-install-recommends", ...browser.packages]);
  });
}
