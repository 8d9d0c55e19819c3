// Forms that the backend answers: what it refuses stands beside its field, and what is sent twice is done once.
import { ask, keepToken, newKey, start } from "./backend.js";
import { pageOf } from "./drawing.js";
import { make } from "./made.js";
import { remember, say, sayOnNextPage } from "./told.js";
import { hint } from "./you.js";

const DRAFT = "alive.draft"; // of a form whose writer must log in first
const LOGIN = "/lesson/api/authenticate"; // which gives the cookie
const FORGETS = "Your browser keeps nothing for this page, so you do not stay logged in.";
const away = "The site behind this page does not answer just now. What you wrote is still here: please try again later.";

export function serveForms(lists, changed) {
  for (const button of document.querySelectorAll("form[data-sends] button, form[data-presses] button")) button.disabled = false;
  for (const form of document.querySelectorAll("form[data-sends]")) new LiveForm(form, lists);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-presses]")) return;
    event.preventDefault();
    press(event.target, changed);
  });
}

// A button at a row, like to laugh at a joke. Until it is answered its key stays, so it is done once.
async function press(form, changed) {
  const button = form.querySelector("button");
  if (form.isBusy) return;
  form.isBusy = true;
  form.key ??= newKey();
  button.setAttribute("aria-disabled", "true"); // and not disabled, which would take the focus away
  try {
    const row = await asked(form.dataset.presses, { method: "POST", key: form.key });
    form.key = null;
    changed(row);
  } catch (error) {
    if (error.status) form.key = null;
    say("news", [error.status ? error.message : "The site behind this page does not answer just now. Please try again later."]);
  }
  form.isBusy = false;
  button.removeAttribute("aria-disabled");
}

// What is still being done under this key is waited for.
async function asked(path, options) {
  for (let times = 0; ; times++) {
    try {
      return await ask(path, options);
    } catch (error) {
      if (error.status !== 409 || times === 5) throw error;
      await new Promise((done) => setTimeout(done, (error.wait || 1) * 1000));
    }
  }
}

class LiveForm {
  constructor(form, lists) {
    Object.assign(this, { form, lists, key: "", content: "" });
    this.summary = form.querySelector(".summary");
    this.types = JSON.parse(form.dataset.types);
    this.isLogin = form.dataset.sends === LOGIN;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    if (!this.isLogin) this.takeDraft();
  }

  async send() {
    if (this.isBusy) return;
    this.isBusy = true;
    const buttons = this.form.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    this.clearProblems();
    try {
      for (const input of this.form.elements) await input.ready; // a picture may still become a smaller one
      await this.done(await asked(this.form.dataset.sends, await this.request()));
    } catch (error) {
      this.refuse(error);
    }
    for (const button of buttons) button.disabled = false;
    this.isBusy = false;
  }

  // The key stays for as long as the same is sent.
  async request() {
    const values = new FormData(this.form);
    const files = [...values].filter(([, value]) => value instanceof File);
    for (const [name, value] of files) if (!value.size) values.delete(name);
    const hasFile = files.some(([, value]) => value.size);
    const body = hasFile ? values : this.json(values);
    const content = hasFile ? [...values].map(([name, value]) => `${name}=${value.size ?? value}`).join("&") : body;
    if (content !== this.content) Object.assign(this, { content, key: newKey() });
    return { method: "POST", body, key: this.isLogin ? "" : this.key, type: hasFile ? "" : "application/json" };
  }

  // Written by hand, as a number may have more digits than a script's numbers.
  json(values) {
    const members = [...values].filter(([, text]) => text !== "").map(([name, text]) => `${JSON.stringify(name)}:${this.jsonOf(name, text)}`);
    return `{${members.join()}}`;
  }

  jsonOf(name, text) {
    const type = this.types[name];
    if (type === "integer" && /^-?(0|[1-9]\d*)$/.test(text)) return text;
    if (type === "number" && text.trim() && Number.isFinite(Number(text))) return String(Number(text));
    if (type === "boolean" && ["true", "false"].includes(text)) return text;
    return JSON.stringify(text);
  }

  async done(row) {
    this.content = "";
    const { list } = this.form.dataset;
    if (this.isLogin) return this.loggedIn(await this.whoIsIn(), `Hello, ${row.name}.`);
    const words = `The ${this.lists[list].one} was added.`;
    if (list === "users" && !hint.read() && row.uid && this.form.elements.password?.value) return this.logInAs(row, words);
    sayOnNextPage(words);
    location.assign(this.lists[list].has_page ? pageOf(list, this.lists[list], row) : new URL(`${list}/`, start));
  }

  // Whoever has signed up with a password is logged in, as on the site itself.
  async logInAs(row, words) {
    const me = await ask(LOGIN, this.credentials(row.uid)).then(() => this.whoIsIn(row.uid)).catch(() => null);
    if (me) hint.write(me);
    sayOnNextPage(words);
    location.assign(pageOf("users", this.lists.users, row));
  }

  credentials(uid) {
    const body = JSON.stringify({ uid, password: this.form.elements.password.value });
    return { method: "POST", body, type: "application/json" };
  }

  // Where the cookie does not come along with the next request, a token does.
  async whoIsIn(uid = this.form.elements.uid.value) {
    try {
      return await ask("/api/me");
    } catch (error) {
      if (error.status !== 401) throw error;
    }
    const { token, user } = await ask("/api/sessions", this.credentials(uid));
    keepToken(token);
    return user;
  }

  loggedIn(me, words) {
    hint.write(me);
    if (!hint.read()) throw Object.assign(new Error(FORGETS), { status: 403 });
    sayOnNextPage(words);
    const next = new URL(location.hash.slice(1), start);
    const isOurs = location.hash && next.href.startsWith(start.href);
    location.assign(isOurs ? next : this.lists.users ? pageOf("users", this.lists.users, me) : start);
  }

  clearProblems() {
    this.summary.hidden = true;
    for (const each of this.form.querySelectorAll(".problem:not([id$='-told'])")) each.remove();
    for (const each of this.form.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
  }

  // Each message at its field, and all of them at the top, where they lead to the fields.
  refuse({ status, message, problems = {} }) {
    const lines = Object.entries(problems).map(([name, problem]) => this.mark(name, problem));
    const count = lines.length;
    const first = count ? `Nothing was done yet: ${count} ${count === 1 ? "value needs" : "values need"} another look.` : status ? message : away;
    this.summary.replaceChildren(make("p", {}, first));
    if (count) this.summary.append(make("ul", {}, ...lines));
    if (status === 401 && !this.isLogin) this.offerLogin();
    this.summary.hidden = false;
    this.summary.focus();
  }

  mark(name, problem) {
    const input = this.form.elements[name];
    if (!input) return make("li", {}, `${name} ${problem}`);
    const box = input.closest(".control");
    const words = `${box.querySelector("label").textContent.replace(" (optional)", "").trim()} ${problem}`;
    const id = `${name}-problem`;
    box.append(make("p", { class: "problem", id }, words));
    input.setAttribute("aria-invalid", "true");
    const described = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
    input.setAttribute("aria-describedby", [...described, id].join(" "));
    return make("li", {}, make("a", { href: `#${name}` }, words));
  }

  // What was written waits in this browser until its writer is back.
  offerLogin() {
    const values = [...new FormData(this.form)];
    const texts = values.filter(([name, value]) => typeof value === "string" && name !== "password");
    const but = values.some(([, value]) => value.size) ? ", but the picture." : ".";
    const here = location.href.slice(start.href.length);
    remember(() => sessionStorage.setItem(DRAFT, JSON.stringify({ here, texts })));
    const login = new URL("login/", start);
    login.hash = here;
    this.summary.replaceChildren(make("p", {}, "You are not logged in, so nothing was done. ", make("a", { href: login }, "Log in"), `, and you find what you wrote again${but}`));
  }

  takeDraft() {
    const draft = remember(() => JSON.parse(sessionStorage.getItem(DRAFT)));
    if (draft?.here !== location.href.slice(start.href.length)) return;
    for (const [name, text] of draft.texts) if (this.form.elements[name]) this.form.elements[name].value = text;
    remember(() => sessionStorage.removeItem(DRAFT));
  }
}
