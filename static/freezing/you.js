// Who is logged in, in the head of each page. The cookie itself is hidden from scripts, so a name is noted beside it.
import { ask, backend, keepToken, start } from "./backend.js";
import { pageOf } from "./drawing.js";
import { remember, say, sayOnNextPage } from "./told.js";

const NOTED = `alive.me ${backend}`;
const head = document.querySelector(".you");
const [login, menu] = [head.querySelector(":scope > a"), head.querySelector("details")];

export const hint = {
  read: () => remember(() => JSON.parse(localStorage.getItem(NOTED))),
  write({ id, name }) {
    remember(() => localStorage.setItem(NOTED, JSON.stringify({ id, name })));
    show();
  },
  forget() {
    keepToken("");
    remember(() => localStorage.removeItem(NOTED));
    show();
  },
};

function show() {
  const me = hint.read();
  login.hidden = Boolean(me);
  menu.hidden = !me;
  menu.querySelector(".name").textContent = me?.name || "You";
}

// The backend is asked only where somebody has logged in on these pages: all others are nobody.
export async function showWhoIsIn(lists) {
  show();
  const me = hint.read();
  if (!me) return;
  const link = menu.querySelector(".own-page");
  link.closest("li").hidden = !lists.users;
  if (lists.users) link.href = pageOf("users", lists.users, me);
  try {
    hint.write(await ask("/api/me"));
  } catch {
    // it sleeps, or the login is over: then it is forgotten already
  }
}

document.addEventListener("loggedout", hint.forget);

menu.querySelector(".log-out").addEventListener("click", async ({ target }) => {
  target.disabled = true;
  try {
    await ask("/api/sessions/current", { method: "DELETE" });
    hint.forget();
  } catch (error) {
    if (error.status !== 401) say("news", [`You are still logged in. ${error.status ? error.message : "The site behind this page does not answer just now."}`]);
  }
  target.disabled = false;
  menu.open = false;
  if (hint.read()) return;
  sayOnNextPage("You are logged out.");
  location.assign(start);
});

show();
