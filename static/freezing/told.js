// What a page says of itself, at its lower edge, where nothing moves for it: how old it is, what is new, what was done.
import { make } from "./made.js";

const place = document.querySelector(".told");
const [said, button] = [place.querySelector("p"), place.querySelector("button")];
const DAY = { day: "numeric", month: "long" };
const TIME = { hour: "2-digit", minute: "2-digit" };
const KEPT = "alive.told"; // for the next page
let now = { kind: "", text: "" };
let pressed = () => {};

button.addEventListener("click", () => pressed());

// `kind` is why it is said: what is said for one reason is cleared for that reason only.
export function say(kind, words, name = "", action = () => {}) {
  const text = words.map((each) => each.textContent ?? each).join("");
  pressed = action;
  button.textContent = name;
  button.hidden = !name;
  if (text !== now.text) said.replaceChildren(...words); // else nobody shall hear it twice
  now = { kind, text };
  place.classList.toggle("filled", Boolean(text));
  document.body.style.setProperty("--told", `${place.getBoundingClientRect().height}px`); // the foot of a short page stays
}

export function clear(kind) {
  if (now.kind === kind) say("", []);
}

export function asOf(moment, why, again) {
  const time = make("time", { datetime: moment.toISOString() }, inWords(moment));
  say("age", ["As of ", time, `. ${why}`], "Ask again", again);
}

export function inWords(moment) {
  const today = new Date();
  if (moment.toDateString() === today.toDateString()) return moment.toLocaleTimeString(undefined, TIME);
  const year = moment.getFullYear() === today.getFullYear() ? {} : { year: "numeric" };
  return moment.toLocaleString(undefined, { ...DAY, ...year, ...TIME });
}

export function sayOnNextPage(text) {
  remember(() => sessionStorage.setItem(KEPT, text));
}

export function sayWhatWasDone() {
  const text = remember(() => sessionStorage.getItem(KEPT));
  remember(() => sessionStorage.removeItem(KEPT));
  if (text) say("news", [text]);
  return Boolean(text);
}

// Somebody's browser may keep nothing at all.
export function remember(action) {
  try {
    return action();
  } catch {
    return null;
  }
}
