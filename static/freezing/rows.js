// The page of one row is brought up to date, and drawn whole where no file has it.
import { ask } from "./backend.js";
import { buttonsOf, contentOf, nameOf, portraitOf, textOf } from "./drawing.js";
import { make } from "./made.js";
import { lookOf } from "./same.js";

export class LiveRow {
  constructor(plural, lists, id) {
    Object.assign(this, { plural, lists, id, about: lists[plural] });
    this.isNew = document.querySelector(".facts").childElementCount === 0;
    this.heading = document.querySelector("h1");
  }

  async refresh() {
    const expand = this.about.expand ? `?expand=${this.about.expand}` : "";
    try {
      this.show(await ask(`/api/${this.plural}/${this.id}${expand}`));
    } catch (error) {
      if (error.status !== 404) throw error;
      this.takeAway();
    }
  }

  show(row) {
    this.showName(row);
    const facts = document.querySelector(".facts");
    const there = new Map([...facts.children].map((each) => [each.querySelector("dt").textContent, each]));
    for (const column of this.about.facts) {
      const old = there.get(column.head);
      const fresh = this.factOf(column, row, old);
      if (!fresh) old?.remove();
      else if (!old) facts.append(fresh);
      else if (lookOf(old) !== lookOf(fresh)) old.querySelector("dd").replaceWith(fresh.querySelector("dd"));
    }
    if (this.isNew && this.about.actions?.length) facts.after(make("div", { class: "actions" }, ...buttonsOf(this.plural, this.about, row)));
    this.isNew = false;
  }

  factOf(column, row, old) {
    if (old && !(column.name in row)) return old;
    const text = textOf(column, row);
    if (column.left_out && (text === "–" || text === "")) return null;
    const content = contentOf(column, this.plural, this.lists, row, old?.querySelector("dd"), false);
    return make("div", { class: column.look }, make("dt", {}, column.head), make("dd", {}, ...content));
  }

  showName(row) {
    const name = this.plural === "users" ? row.name || "–" : this.isNew ? (nameOf(row, this.about.called) ?? `${this.about.one} ${row.id}`) : "";
    if (name && name !== this.heading.textContent) {
      document.title = document.title.replace(this.heading.textContent, () => name);
      this.heading.textContent = name;
    }
    if (this.plural !== "users") return;
    const portrait = portraitOf(row, 96);
    const old = document.querySelector(".title .portrait");
    if (!old) this.heading.replaceWith(make("div", { class: "person" }, portrait, this.heading.cloneNode(true)));
    else if (lookOf(old.parentElement) !== lookOf(make("div", {}, portrait, name))) old.replaceWith(portrait);
    this.heading = document.querySelector("h1");
  }

  takeAway() {
    const main = document.querySelector("main");
    for (const each of [...main.children]) if (!each.matches(".title, .onward, h1")) each.remove();
    document.querySelector(".title .portrait")?.remove();
    document.querySelector(".title").after(make("p", { class: "empty" }, `This ${this.about.one} is not there any more.`));
  }
}
