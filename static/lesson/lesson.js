// What the page shows, and what its forms and buttons do. Copy the folder, and set this one line:
const backend = new URL("../..", location).href; // where the backend is: elsewhere, like "https://school.example"

import { Backend, newKey } from "./backend.js";
import { fitting } from "./picture.js";

const site = new Backend(backend);
const find = (id) => document.getElementById(id);
const [login, logout, post, add, moreUsers, moreJokes] =
  ["login", "logout", "post", "add", "more-users", "more-jokes"].map(find);
const users = { list: find("users"), more: moreUsers, first: "api/users?limit=100", next: null, itemOf: userItem };
const jokes = { list: find("jokes"), more: moreJokes, first: "api/jokes?limit=100", next: null, itemOf: jokeItem };
let me = null; // who is logged in

write("backend", site.address);
onSubmit(login, logIn);
onSubmit(logout, logOut);
onSubmit(post, writePost);
onSubmit(add, addUser);
onSubmit(users.more, () => showMore(users));
onSubmit(jokes.more, () => showMore(jokes));
post.elements.image.addEventListener("change", showChosen);
attempt(users.more, start);
attempt(jokes.more, () => showMore(jokes));

async function start() {
  showWhoIsIn(await site.whoIsIn());
  await showMore(users);
}

// Who is logged in

async function logIn() {
  const { uid, password } = valuesOf(login);
  showWhoIsIn(await site.logIn(uid, password));
  login.reset();
  logout.querySelector("button").focus(); // the form in which one was is gone
  write("news", `Hello, ${me.name}.`);
  await showMore(users, users.first); // they may see more now
}

async function logOut() {
  await site.logOut();
  showWhoIsIn(null);
  login.elements.uid.focus();
  write("news", "You are logged out.");
  await showMore(users, users.first);
}

function showWhoIsIn(user) {
  me = user;
  const warning = "Your browser keeps back the backend's cookie, so you are logged in until this page is closed.";
  write("me", me ? `${me.name} (${me.uid}). ${site.token && warning}`.trim() : "Nobody.");
  login.hidden = Boolean(me);
  logout.hidden = post.hidden = !me;
}

// Users with their posts

function userItem(user) {
  const item = copyOf("user", `user-${user.id}`);
  const born = user.dob ? `born ${user.dob}, aged ${user.age}` : "";
  item.querySelector("h3").textContent = user.name;
  item.querySelector(".facts").textContent = [user.uid, born].filter(Boolean).join(", ");
  item.querySelector("ul").append(...(user.posts ?? []).map(postItem));
  return item;
}

function postItem({ id, user, note, image, alt, created }) {
  const item = copyOf("written", `post-${id}`);
  const [picture, remove] = [item.querySelector("img"), item.querySelector("button")];
  item.querySelector(".note").textContent = note;
  item.querySelector("time").dateTime = created;
  item.querySelector("time").textContent = new Date(created).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  if (image) showPicture(picture, image, alt ?? "The picture of this post");
  else picture.remove();
  remove.hidden = me?.id !== user;
  remove.setAttribute("aria-label", `Delete: ${note}`);
  remove.addEventListener("click", () => attempt(remove, () => deletePost(id, item)));
  return item;
}

// With its size, so that nothing moves when it comes.
function showPicture(picture, { thumb, width, height }, alt) {
  Object.assign(picture, { alt, width, height, src: site.urlOf(thumb) });
}

async function addUser() {
  const user = await site.ask("POST", "api/users", filledIn(valuesOf(add)), keyOf(add));
  add.reset();
  write("news", `${user.name} was added.`);
  if (users.more.hidden) users.list.append(userItem(user)); // else the list has not come so far yet
}

async function writePost() {
  const values = new FormData(post);
  const { image } = valuesOf(post);
  if (image.size) values.set("image", await fitting(image));
  else values.delete("image");
  const written = await site.ask("POST", "api/posts", values, keyOf(post));
  post.reset();
  showChosen();
  await showMine(written);
  write("news", "It was posted.");
}

async function showMine(written) {
  const mine = find(`user-${me.id}`);
  if (mine) mine.querySelector("ul").prepend(postItem(written));
  else users.list.prepend(userItem(await site.ask("GET", `api/users/${me.id}`)));
}

async function deletePost(id, item) {
  if (!confirm("Delete this post?")) return;
  await site.ask("DELETE", `api/posts/${id}`);
  item.remove();
  write("news", "It was deleted.");
}

function showChosen() {
  const [file] = post.elements.image.files;
  const picture = find("chosen");
  URL.revokeObjectURL(picture.src);
  picture.hidden = !file;
  if (file) picture.src = URL.createObjectURL(file);
}

// Jokes

function jokeItem({ id, joke, haha, boohoo }) {
  const item = copyOf("joke", `joke-${id}`);
  const text = item.querySelector("p");
  Object.assign(text, { textContent: joke, id: `text-${id}` });
  for (const [name, count] of Object.entries({ haha, boohoo })) {
    const button = item.querySelector(`.${name}`);
    button.querySelector("b").textContent = count;
    button.setAttribute("aria-describedby", text.id);
    button.addEventListener("click", () => attempt(button, () => like(button, id, name)));
  }
  return item;
}

async function like(button, id, name) {
  const joke = await site.ask("POST", `api/jokes/${id}/${name}`, null, keyOf(button));
  button.querySelector("b").textContent = joke[name];
  write("news", `Counted: ${joke[name]} ${name}.`);
}

// Lists, forms and buttons

async function showMore(rows, address = rows.next ?? rows.first) {
  const found = await site.ask("GET", address);
  if (address === rows.first) rows.list.replaceChildren();
  rows.list.append(...found[rows.list.id].map(rows.itemOf));
  rows.next = found.next;
  rows.more.hidden = !found.next;
  find("waiting").hidden = true;
}

function onSubmit(form, action) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(form, action);
  });
  form.addEventListener("input", ({ target }) => {
    delete form.dataset.key; // another value is another request
    showProblem(target, "");
  });
}

// Do it, once at a time, and say what came of it. A button that is busy keeps the focus, as a disabled one would not.
async function attempt(place, action) {
  const button = place.closest("button") ?? place.querySelector("button");
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true";
  write("refusal", "");
  write("news", "");
  try {
    await action();
    delete place.dataset.key;
  } catch (error) {
    refuse(place, error);
  } finally {
    button.ariaDisabled = null;
  }
}

function refuse(place, { message, status = 0, problems = {} }) {
  const fields = Object.entries(problems).filter(([name]) => place.elements?.[name]);
  for (const [name, problem] of fields.reverse()) showProblem(place.elements[name], problem);
  if (!fields.length) write("refusal", message);
  if (status === 413 && place === post) showProblem(post.elements.image, "is too large");
  if (status === 401 && me) showWhoIsIn(null); // the login has ended meanwhile; what was written is still there
}

// Beside the field, which then has the focus, so that it is read out.
function showProblem(field, problem) {
  const id = `${field.id}-problem`;
  find(id)?.remove();
  field.ariaInvalid = problem ? "true" : null;
  field.setAttribute("aria-describedby", [problem && id, field.dataset.hint].filter(Boolean).join(" "));
  if (!problem) return;
  const said = Object.assign(document.createElement("p"), { id, className: "problem" });
  said.textContent = `${field.labels[0].textContent} ${problem}.`;
  field.after(said);
  field.focus();
}

// One for what is in the form now: when an answer was lost, the same is sent again, and is done once.
function keyOf(place) {
  return (place.dataset.key ??= newKey());
}

function valuesOf(form) {
  return Object.fromEntries(new FormData(form));
}

function filledIn(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}

function copyOf(template, id) {
  const copy = find(template).content.firstElementChild.cloneNode(true);
  copy.id = id;
  return copy;
}

// As text: whatever somebody is called or has written, it never becomes a part of this page.
function write(id, text) {
  find(id).textContent = text;
}
