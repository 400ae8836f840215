// Finds a Chromium for the browser tests, and on Debian installs one.

import { existsSync } from "node:fs";
import { exitCode, output, retry, run, say, Trouble } from "./tools.mjs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const BY_HAND = "install Chromium, or set CHROMIUM to the path of a Chromium or Chrome";

/** The path of a Chromium, or undefined. The environment variable CHROMIUM comes first. */
export function findChromium() {
  return process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
}

/** The path of a Chromium, installed by apt if need be. */
export async function chromium() {
  const found = findChromium();
  if (found) return found;
  if (!output(["apt-get", "--version"])) throw new Trouble(`The browser tests need a browser: ${BY_HAND}.`);
  await aptInstall("chromium");
  return findChromium() ?? fail("apt installed no Chromium where it was expected");
}

function fail(why) {
  throw new Trouble(`${why}: ${BY_HAND}.`);
}

async function aptInstall(...packages) {
  const root = process.getuid?.() === 0;
  if (!root && (await exitCode(["sudo", "-n", "true"]).catch(() => 1)) !== 0)
    fail("Installing needs root, and sudo asks for a password");
  say(`installing ${packages.join(", ")} with apt`);
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
    await run([...apt, "install", "-y", "--no-install-recommends", ...packages]);
  });
}
