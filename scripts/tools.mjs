// What every script needs: running a program, and knowing where things are. Node built-ins only, because the first
// script runs before `npm ci`.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder; every path below is relative to it. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

export const at = (...parts) => path.join(root, ...parts);

/** Where cargo writes. */
export const target = path.resolve(root, process.env.CARGO_TARGET_DIR ?? "target");

/** In CI the lock file must already say it all. */
export const locked = process.env.CI ? ["--locked"] : [];

/** A failure whose message says all: printed without a stack. */
export class Trouble extends Error {}

export function say(line) {
  console.log(`\n· ${line}`);
}

/** The programs that rustup put in place count even when this shell has not loaded its profile. */
const environment = () => ({
  ...process.env,
  PATH: [process.env.PATH, path.join(homedir(), ".cargo", "bin")].join(path.delimiter),
});

/** A program that npm installed, run by the same node. */
export const local = (...parts) => [process.execPath, at("node_modules", ...parts)];

/** Runs a program to its end, showing its output; `onLine` also gets each line of it. Gives the exit code. */
export function exitCode([program, ...args], { env = {}, cwd = root, onLine } = {}) {
  const stdio = ["ignore", onLine ? "pipe" : "inherit", "inherit"];
  const child = spawn(program, args, { cwd, env: { ...environment(), ...env }, stdio });
  if (onLine) echoLines(child.stdout, onLine);
  return new Promise((resolve, reject) => {
    child.on("error", () => reject(new Trouble(`cannot start ${program}: is it installed?`)));
    child.on("close", (code) => resolve(code ?? 1));
  });
}

function echoLines(stream, onLine) {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text) => {
    process.stdout.write(text);
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    lines.forEach(onLine);
  });
  stream.on("end", () => onLine(rest));
}

/** Runs a program that must succeed. */
export async function run(command, options) {
  const code = await exitCode(command, options);
  if (code !== 0) throw new Trouble(`failed (exit ${code}): ${shown(command)}`);
}

/** A command as a person would type it. */
const shown = (command) =>
  command
    .map((word) =>
      word === process.execPath ? "node" : path.isAbsolute(word) ? path.relative(root, word) : word,
    )
    .join(" ");

/** What a program prints, or undefined if it is missing or fails. */
export function output([program, ...args]) {
  const done = spawnSync(program, args, { cwd: root, env: environment(), encoding: "utf8" });
  return done.status === 0 ? done.stdout.trim() : undefined;
}

/** Tries a few times, for what depends on a network. */
export async function retry(times, attempt) {
  for (let n = 1; ; n += 1) {
    try {
      return await attempt();
    } catch (trouble) {
      if (n === times) throw trouble;
      say(`try ${n} of ${times} failed; trying again`);
      await new Promise((resolve) => setTimeout(resolve, 2000 * n));
    }
  }
}

export const hashOf = (...chunks) =>
  chunks.reduce((hash, chunk) => hash.update(chunk), createHash("sha256")).digest("hex");

export function modifiedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

export function readOr(file, otherwise) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}

/** Runs a script's main function; a failure ends the process with its message and exit code 1. */
export async function main(body) {
  try {
    await body(process.argv.slice(2));
  } catch (trouble) {
    console.error(trouble instanceof Trouble ? `\n✗ ${trouble.message}` : trouble);
    process.exit(1);
  }
}
