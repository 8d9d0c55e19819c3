"use strict";
const backend = new URL("../..", location).href; // the backend's address: when it does not serve this page, like "https://school.example"

const words = {
  lost: `${backend} did not answer. Does it run, and do its ORIGINS name ${location.origin}?`,
  strange: `${backend} answered something else than JSON. Is it the address of the backend?`,
  cookie: "You are logged in, but your browser keeps the cookie back. The page and the backend need https, or one host name.",
};
const list = document.getElementById("users");
const [login, logout, add, more] = ["login", "logout", "add", "more"].map((id) => document.getElementById(id));
let next = addressOf("users");

write("backend", backend);
onSubmit(login, logIn);
onSubmit(logout, logOut);
onSubmit(add, addUser);
onSubmit(more, showMore);
attempt(more, start);

async function start() {
  await showWhoIsIn();
  await showMore();
}

async function logIn() {
  const { body } = await ask("POST", addressOf("authenticate"), valuesOf(login));
  login.reset();
  if (!(await showWhoIsIn())) throw new Error(words.cookie);
  if (!list.children.length) await showMore(); // the users may be for members only
  write("news", `Hello, ${body.name}.`);
}

async function logOut() {
  await ask("DELETE", addressOf("authenticate"));
  await showWhoIsIn();
  write("news", "You are logged out.");
}

async function addUser() {
  const { body } = await ask("POST", addressOf("users"), valuesOf(add));
  add.reset();
  write("news", `${body.name} was added.`);
  if (!next) list.append(itemOf(body)); // else the list has not come so far yet
}

async function showMore() {
  const { body, link } = await ask("GET", next);
  list.append(...body.map(itemOf));
  next = link;
  more.hidden = !next;
}

async function showWhoIsIn() {
  const { status, body } = await ask("GET", addressOf("id"), null, [401]);
  const isIn = status === 200;
  write("me", isIn ? `${body.name} (${body.uid})` : "Nobody.");
  login.hidden = isIn;
  logout.hidden = !isIn;
  return isIn;
}

function itemOf(user) {
  const item = document.getElementById("user").content.cloneNode(true);
  const born = user.dob ? `born ${user.dob}, aged ${user.age}` : "";
  item.querySelector("h3").textContent = user.name;
  item.querySelector(".facts").textContent = [user.uid, born].filter(Boolean).join(", ");
  item.querySelector("ul").append(...user.posts.map(postOf));
  return item;
}

function postOf(post) {
  const item = document.createElement("li");
  item.textContent = post.note;
  if (post.base64) item.append(pictureOf(post));
  return item;
}

function pictureOf(post) {
  // A thumbnail is JPEG or PNG. A blob, as the backend's own pages may show no data: address.
  const type = post.image.endsWith(".jpg") ? "image/jpeg" : "image/png";
  const bytes = Uint8Array.from(atob(post.base64), (letter) => letter.charCodeAt(0));
  const image = new Image();
  image.alt = "The picture of this post";
  image.onload = () => URL.revokeObjectURL(image.src);
  image.src = URL.createObjectURL(new Blob([bytes], { type }));
  return image;
}

// Ask the backend. What it refuses is an Error with its message, unless the status is one of `expected`.
async function ask(method, address, values, expected = []) {
  const options = { method, credentials: "include" };
  if (values) Object.assign(options, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(values) });
  const answer = await fetch(address, options).catch(() => {
    throw new Error(words.lost);
  });
  const { status, ok } = answer;
  const body = status === 204 ? null : await answer.json().catch(() => {
    throw new Error(words.strange);
  });
  if (!ok && !expected.includes(status)) throw new Error(body.message);
  const [, link = ""] = (answer.headers.get("Link") || "").match(/<([^>]*)>; rel="next"/) || [];
  return { status, body, link: link && new URL(link, backend).href };
}

function addressOf(name) {
  return `${backend.replace(/\/$/, "")}/lesson/api/${name}`;
}

function onSubmit(form, action) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(form, action);
  });
}

async function attempt(form, action) {
  const button = form.querySelector("button");
  button.disabled = true;
  write("refusal", "");
  write("news", "");
  try {
    await action();
  } catch (error) {
    write("refusal", error.message);
  } finally {
    button.disabled = false;
  }
}

function valuesOf(form) {
  return Object.fromEntries(new FormData(form));
}

// As text: whatever somebody is called, it never becomes a part of this page.
function write(id, text) {
  document.getElementById(id).textContent = text;
}
