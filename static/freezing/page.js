// A page that is a file, and alive where its backend answers: it is drawn already, and is brought up to date.
import { ask, Asleep, start } from "./backend.js";
import { serveForms } from "./forms.js";
import { LiveList } from "./lists.js";
import { LiveRow } from "./rows.js";
import { serveSearch } from "./search.js";
import { asOf, clear, inWords, say, sayWhatWasDone } from "./told.js";
import { showWhoIsIn } from "./you.js";

const SOON = 2000; // milliseconds, after which a page that has no answer yet says how old it is
const FIRST_PAUSE = 10_000; // before it asks again, then twice as long each time
const LONGEST_PAUSE = 300_000;
const FRESH = 60_000; // so long an answer is good enough for who comes back to the page
const sleeps = "The site behind this page does not answer just now.";
const closed = "By now the site shows this to those who are logged in.";
const asks = "Asking the site behind this page …";

const path = decodeURI(location.pathname.slice(start.pathname.length)).replace(/(^|\/)index\.html$/, "$1").replace(/\/$/, "");
const { frozen, lists } = await (await fetch(new URL("alive.json", start))).json();
let parts = partsOf(path);
let moment = new Date(frozen); // of what the page shows
let pause = FIRST_PAUSE;
let isAsking = false;
let again;

// What of this page can be brought up to date.
function partsOf(path) {
  const [plural, second] = path.split("/");
  const number = Number(path.match(/\/page\/(\d+)$/)?.[1] ?? 1);
  const isGone = Boolean(document.querySelector("main > .status"));
  if (!(plural in lists) || isGone) return [];
  if (second === "row") return location.hash ? rowParts(plural, location.hash.slice(1), 1) : [];
  if (/^\d+$/.test(second)) return rowParts(plural, second, number);
  const isList = !second || second === "page" || second === "by";
  return isList && number <= 100 ? [new LiveList(plural, lists, `/api/${path}`, number, true)] : [];
}

function rowParts(plural, id, number) {
  const row = new LiveRow(plural, lists, Number(id));
  if (plural !== "users" || number > 100) return [row];
  const page = number > 1 ? `/page/${number}` : "";
  return [row, new LiveList("posts", lists, `/api/users/${row.id}/posts${page}`, number, false)];
}

async function refresh(isOwn = false) {
  if (isAsking || !parts.length) return;
  isAsking = true;
  clearTimeout(again);
  const late = setTimeout(() => sayAge(asks), SOON);
  try {
    for (const part of parts) await part.refresh(isOwn);
    moment = new Date();
    pause = FIRST_PAUSE;
    clear("age");
  } catch (error) {
    sayAge(why(error));
    again = setTimeout(() => document.visibilityState === "visible" && refresh(), pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }
  clearTimeout(late);
  isAsking = false;
}

// How old what it shows is, or that it has nothing to show.
function sayAge(reason) {
  if (parts[0].isNew) sayNothingIsThere(parts[0].about.one, reason, () => refresh());
  else asOf(moment, reason, () => refresh());
}

function sayNothingIsThere(one, reason, again) {
  say("age", [`This ${one} is not in the pages of ${inWords(new Date(frozen))}. ${reason}`], "Ask again", again);
}

function why(error) {
  if (error instanceof Asleep || error.status >= 500) return sleeps;
  return error.status === 401 ? closed : error.message;
}

// After somebody has pressed a button at a row.
function changed(row) {
  for (const part of parts) {
    if (part instanceof LiveList) part.showChanged(row);
    else part.show(row);
  }
}

// A host shows 404.html at the address of a row that is newer than the files.
async function lookForRow() {
  const [, plural, id] = path.match(/^([^/]+)\/(\d+)$/) ?? [];
  if (!document.querySelector("main > .status") || !lists[plural]?.has_page) return;
  try {
    await ask(`/api/${plural}/${id}`);
    location.replace(new URL(`${plural}/row/#${id}`, start));
  } catch (error) {
    if (error.status !== 404) sayNothingIsThere(lists[plural].one, why(error), lookForRow);
  }
}

const hasJustActed = sayWhatWasDone();
serveForms(lists, changed);
const [plural] = path.split("/");
if (plural in lists) serveSearch(plural, lists);
showWhoIsIn(lists);
refresh(hasJustActed); // and sees at once what came of it
lookForRow();

document.addEventListener("visibilitychange", () => {
  const isOld = new Date() - moment > FRESH;
  if (document.visibilityState === "visible" && isOld) refresh();
});
addEventListener("online", () => refresh());
addEventListener("pageshow", ({ persisted }) => persisted && refresh());
addEventListener("hashchange", () => path.endsWith("/row") && location.reload());
