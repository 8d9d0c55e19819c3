// A list that was frozen is brought up to date, row by row: what is the same stays the element that it is.
import { addressOf, ask } from "./backend.js";
import { lineOf, postOf } from "./drawing.js";
import { make } from "./made.js";
import { isSame, replaceWithin } from "./same.js";
import { clear, say } from "./told.js";

// `path` is that of the list in the API, `page` the number of this page of it.
export class LiveList {
  constructor(plural, lists, path, page, withAuthor) {
    Object.assign(this, { plural, lists, path, page, withAuthor });
    this.holder = document.querySelector(plural === "posts" ? ".posts" : "table.rows > tbody");
    this.more = null;
  }

  get about() {
    return this.lists[this.plural];
  }

  async refresh(isOwn = false) {
    const expand = this.about.expand ? `?expand=${this.about.expand}` : "";
    const answer = await ask(this.path + expand).catch((error) => {
      if (error.status === 404) return { [this.plural]: [], total: null, next: null }; // the list ends before this page
      throw error;
    });
    this.answer = answer;
    const changes = this.changesTo(answer[this.plural]);
    if (!changes) return this.tellTheRest();
    if (isOwn || !this.isInUse()) return this.apply();
    say("changes", [changes], "Show", () => this.showAll());
  }

  elements() {
    return new Map([...(this.holder?.children ?? [])].map((element) => [Number(element.dataset.id ?? element.id.replace("row-", "")), element]));
  }

  // What would be others, in words.
  changesTo(rows) {
    const known = [...this.elements()].filter(([, element]) => !element.dataset.more);
    const there = new Map(known);
    const ids = rows.map((row) => row.id);
    const fresh = ids.filter((id) => !there.has(id)).length;
    const last = this.answer.next ? known.findLastIndex(([id]) => ids.includes(id)) : known.length;
    const isGone = ([id], place) => !ids.includes(id) && place < last; // those behind it are on the next page by now
    const gone = known.filter(isGone).length;
    const changed = rows.filter((row) => there.has(row.id) && !isSame(there.get(row.id), this.drawn(row, there.get(row.id)))).length;
    const stay = ids.filter((id) => there.has(id)).join() === known.map(([id]) => id).filter((id) => ids.includes(id)).join();
    const told = [fresh && `${fresh} new`, changed && `${changed} changed`, gone && `${gone} gone`].filter(Boolean);
    return told.join(", ") || (stay ? "" : "Another order");
  }

  // Somebody is reading, pointing or typing there: nothing may move under their eyes or their hand.
  isInUse() {
    const place = this.holder?.closest(".broad") ?? this.holder;
    if (!place) return false;
    const hasSelection = !getSelection().isCollapsed && getSelection().containsNode(place, true);
    return place.getBoundingClientRect().top < 0 || scrollY > 0 || place.matches(":hover, :focus-within") || hasSelection;
  }

  showAll() {
    const before = this.elements();
    this.apply();
    const first = [...this.elements()].find(([id]) => !before.has(id))?.[1];
    first?.scrollIntoView({ block: "nearest" });
    first?.querySelector("a, button")?.focus({ preventScroll: true });
  }

  apply() {
    clear("changes");
    const rows = this.answer[this.plural];
    if (rows.length) this.makeHolder();
    const there = this.elements();
    let place = this.holder?.firstElementChild ?? null;
    for (const row of rows) {
      const old = there.get(row.id);
      const element = this.put(row, old);
      there.delete(row.id);
      if (element === place) place = place.nextElementSibling;
      else this.holder.insertBefore(element, place);
    }
    for (const element of there.values()) if (!element.dataset.more) element.remove();
    this.tellTheRest();
  }

  put(row, old) {
    const fresh = this.drawn(row, old);
    if (!old) return fresh;
    delete old.dataset.more;
    if (!isSame(old, fresh)) replaceWithin(old, fresh);
    return old;
  }

  // After something was done to this one row by who is here.
  showChanged(row) {
    const old = this.elements().get(row.id);
    if (old) this.put(row, old);
  }

  drawn(row, old) {
    if (this.plural !== "posts") return lineOf(this.plural, this.lists, row, old);
    const post = postOf(this.lists, row, this.withAuthor);
    if (!this.withAuthor) {
      post.removeAttribute("id");
      post.dataset.id = row.id;
    }
    return post;
  }

  // How many there are, and a way to those that no file has.
  tellTheRest() {
    const { total, next } = this.answer;
    const count = document.querySelector("main > .count");
    const shown = this.elements().size;
    if (count && total !== null && !this.more?.isUsed) setCount(count, total, this.page, shown, this.about);
    document.querySelector("main > .empty")?.toggleAttribute("hidden", shown > 0);
    if (!shown && !document.querySelector("main > .empty")) this.after(make("p", { class: "empty" }, `No ${this.about.many} here.`));
    for (const each of document.querySelectorAll(".broad, main > .count")) each.toggleAttribute("hidden", !shown);
    const hasFile = document.querySelector(".neighbours [rel=next]");
    if (!this.more?.isUsed) this.offerMore(next && !hasFile ? next : "");
  }

  offerMore(next) {
    this.more?.remove();
    this.more = null;
    if (!next) return;
    this.more = make("button", { class: "quiet more" }, `More ${this.about.many}`);
    this.more.addEventListener("click", () => this.showMore(next));
    this.after(this.more);
  }

  after(element) {
    const place = this.holder?.closest(".broad") ?? this.holder ?? document.querySelector("main > .empty, main > h1, main > .title");
    place.after(element);
  }

  async showMore(next) {
    this.more.disabled = true;
    try {
      const answer = await ask(addressOf(next));
      const known = this.elements();
      for (const row of answer[this.plural]) {
        if (known.has(row.id)) continue;
        const element = this.drawn(row);
        element.dataset.more = "yes";
        this.holder.append(element);
      }
      this.offerMore(answer.next);
      if (this.more) this.more.isUsed = true;
    } catch (error) {
      this.more.disabled = false;
      say("news", [error.message]);
    }
  }

  // A list that had no rows has nothing to hold them.
  makeHolder() {
    if (this.holder) return;
    if (this.plural === "posts") {
      this.holder = make("div", { class: "posts" });
      return this.hold(this.holder);
    }
    this.holder = make("tbody");
    const heads = this.about.columns.map((column) => make("th", { scope: "col", class: column.look }, column.head));
    if (this.about.actions?.length) heads.push(make("th", { scope: "col", class: "actions" }, "Actions"));
    const table = make("table", { class: "rows" }, make("thead", {}, make("tr", {}, ...heads)), this.holder);
    const region = { class: "table", role: "region", "aria-label": this.about.many, tabindex: "0" };
    this.hold(make("div", { class: "broad" }, make("div", region, table)));
  }

  hold(element) {
    const empty = document.querySelector("main > .empty");
    (empty ?? document.querySelector("main > .title")).after(element);
  }
}

function setCount(place, total, page, shown, about) {
  const first = (page - 1) * 20 + 1;
  const last = first + shown - 1;
  const part = shown > 1 ? `${first.toLocaleString("en")}–${last.toLocaleString("en")}` : last.toLocaleString("en");
  const number = shown === total ? total.toLocaleString("en") : `${part} of ${total.toLocaleString("en")}`;
  const words = `${number} ${total === 1 ? about.one : about.many}`;
  const [text] = place.childNodes;
  const behind = text.data.match(/\s*·?\s*$/u)[0];
  if (text.data.trim() !== (words + behind).trim()) text.data = words + behind;
}
