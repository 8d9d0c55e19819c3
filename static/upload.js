// A picture is shown before it is sent, and how far it is while it is sent. What the site would not take becomes a
// smaller copy first. The form works without this, too.
"use strict";

const STARTS = ["ffd8", "8950", "4749"]; // of a JPEG, a PNG and a GIF: their first two bytes
const words = {
  large: (most) => `Picture must have at most ${most / 1024 ** 2} MiB.`,
  front: "That is too large for the server in front of this site. Nothing was changed; please take a smaller picture.",
  lost: "It could not be sent. Is the site still there? Nothing was changed; please try again.",
  busy: "Many are sending something just now. Nothing is lost: please send it again in a moment.",
};
let ready = Promise.resolve(); // when the picture that was chosen may be sent

takeAnyPicture();

// A browser reads more kinds than the site takes.
function takeAnyPicture() {
  for (const input of document.querySelectorAll("input[type=file]")) input.accept = "image/*";
}

document.addEventListener("change", ({ target }) => {
  if (target.type !== "file") return;
  const box = target.closest(".control");
  box.querySelectorAll(".preview, .problem, [role=status]").forEach((old) => old.remove());
  target.removeAttribute("aria-invalid");
  target.setCustomValidity("");
  const [file] = target.files;
  ready = file ? prepare(target, file, box) : Promise.resolve();
  target.ready = ready;
});

async function prepare(input, file, box) {
  const most = Number(input.dataset.mostBytes);
  const image = await shown(file);
  if (input.files[0] !== file) return; // another one has been chosen since
  if (image) box.append(image);
  const isLarge = file.size > most;
  const isFit = !isLarge && STARTS.includes(await start(file));
  if (image && (!isFit || image.naturalWidth * image.naturalHeight > input.dataset.mostPixels)) {
    try {
      const { smaller } = await import("./shrink.js");
      const [copy, said] = await smaller(file, image, most);
      if (input.files[0] === file) replace(input, copy, box, said);
      return;
    } catch {
      // as without a copy
    }
  }
  if (!isLarge || input.files[0] !== file) return; // what the browser cannot read, the site calls by its name
  input.setCustomValidity(words.large(most));
  input.reportValidity();
}

async function shown(file) {
  const image = new Image();
  image.className = "preview";
  image.alt = "";
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return image;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

async function start(file) {
  const bytes = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function replace(input, file, box, said) {
  const files = new DataTransfer();
  files.items.add(file);
  input.files = files.files;
  box.append(paragraph(said, "hint", "status"));
}

function paragraph(text, className, role) {
  const made = document.createElement("p");
  made.className = className;
  made.setAttribute("role", role);
  made.textContent = text;
  return made;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const input = form.querySelector("input[type=file]");
  if (!input || !input.files.length || form.dataset.sends) return; // another script sends that, when it is ready
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  await ready;
  button.disabled = false;
  if (form.reportValidity()) send(form, input, button);
});

function send(form, input, button) {
  const box = input.closest(".control");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "Sending the picture");
  box.append(bar);
  button.disabled = true;

  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.responseType = "document";
  request.upload.onprogress = (sent) => {
    if (sent.lengthComputable) bar.value = sent.loaded / sent.total;
  };
  const keep = (why) => {
    bar.remove();
    button.disabled = false;
    form.querySelectorAll(".problem[role=alert]").forEach((old) => old.remove());
    box.append(paragraph(why, "problem", "alert"));
  };
  request.onload = () => {
    const went = new URL(request.responseURL);
    const main = request.response?.querySelector("main");
    if (request.status < 400 && went.href !== form.action) location.assign(went);
    else if (request.status === 503 && main) keep(words.busy);
    else if (main) show(main, request.response.title);
    else keep(request.status === 413 ? words.front : words.lost); // what stands in front of the site has refused it
  };
  request.onerror = () => keep(words.lost);
  request.send(new FormData(form));
}

// Refused: the same form again with its messages, or a page that says why.
function show(main, title) {
  document.querySelector("main").replaceWith(document.adoptNode(main));
  document.title = title;
  takeAnyPicture();
  const place = document.querySelector("[autofocus]") || document.querySelector("h1");
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus();
  place.scrollIntoView();
}
