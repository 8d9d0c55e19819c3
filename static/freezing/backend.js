// How the backend is asked, and what it means when it does not answer.
import { remember } from "./told.js";
export const start = new URL(document.querySelector("a.brand").href); // the folder that all files are in
export const backend = document.querySelector("script[data-backend]").dataset.backend;

const TOKEN = `alive.token ${backend}`;
const PATIENCE = 60_000; // milliseconds: one that sleeps may need as many to wake up
const words = {
  lost: "It cannot be reached just now, so it is not known whether this arrived. Send it again: it is done only once.",
};

// What it refuses, in its words; `problems` are those of single fields.
export class Refused extends Error {
  constructor(status, { detail, title, message, problems = {} }, wait) {
    super(detail || message || title || `The backend answered with ${status}.`);
    Object.assign(this, { status, problems, wait });
  }
}

// It did not answer, or something else answered in its place.
export class Asleep extends Error {}

// The JSON of an answer, or null where there is none. `path` may be a whole address that it has named before.
export async function ask(path, { method = "GET", body, type, key, patience = PATIENCE } = {}) {
  const headers = {};
  const token = remember(() => sessionStorage.getItem(TOKEN));
  if (token) headers.Authorization = `Bearer ${token}`;
  if (type) headers["Content-Type"] = type;
  if (key) headers["Idempotency-Key"] = key;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), patience);
  const options = { method, headers, body, credentials: "include", signal: deadline.signal };
  let answer, text;
  try {
    answer = await fetch(path.startsWith("/") ? backend + path : path, options);
    text = await answer.text();
  } catch {
    if (method === "GET" && !deadline.signal.aborted) whyNot();
    throw new Asleep(words.lost);
  } finally {
    clearTimeout(timer);
  }
  const said = readable(text);
  if (answer.ok && said !== undefined) return said;
  if (said?.detail === undefined && said?.message === undefined) throw new Asleep(words.lost); // not in its words
  if (answer.status === 401) document.dispatchEvent(new Event("loggedout"));
  throw new Refused(answer.status, said, Number(answer.headers.get("Retry-After")));
}

// Where a browser keeps the cookie back, a token goes along instead, for as long as this tab is open.
export function keepToken(token) {
  remember(() => (token ? sessionStorage.setItem(TOKEN, token) : sessionStorage.removeItem(TOKEN)));
}

function readable(text) {
  try {
    return text ? JSON.parse(text, exact) : null;
  } catch {
    return undefined;
  }
}

// A number with more digits than a script's numbers have stays the text that it is, where the browser tells it.
function exact(_name, value, told) {
  const isLong = Number.isInteger(value) && !Number.isSafeInteger(value);
  return isLong && /^-?\d+$/.test(told?.source) ? told.source : value;
}

// An address that the backend has named, as this page must ask for it; nothing for one that is none.
export function addressOf(named) {
  const address = new URL(named, `${backend}/`);
  return ["http:", "https:"].includes(address.protocol) ? address.href : "";
}

// A browser tells a page only that it may not read an answer. Whether there is one can be seen, and is told once.
let isTold = false;
async function whyNot() {
  if (isTold) return;
  isTold = true;
  const isThere = await fetch(`${backend}/health`, { mode: "no-cors" }).then(
    () => true,
    () => false,
  );
  if (!isThere) return void (isTold = false);
  console.warn(
    `${backend} answers, but its answers are kept from this page. Start it with ORIGINS=${location.origin}. When it ` +
      "has that, something in front of it answers in its place.",
  );
}

// For whatever is sent more than once and must be done only once.
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
