// A picture is shown before it is sent, and how far it is while it is sent. The form works without this, too.
"use strict";

const words = {
  large: (most) => `Picture must have at most ${most / 1024 ** 2} MiB.`,
  lost: "It could not be sent. Is the site still there? Nothing was changed; please try again.",
};

document.addEventListener("change", ({ target }) => {
  if (target.type !== "file") return;
  const box = target.closest(".control");
  box.querySelectorAll(".preview, .problem").forEach((old) => old.remove());
  target.removeAttribute("aria-invalid");
  const [file] = target.files;
  const most = Number(target.dataset.mostBytes);
  target.setCustomValidity(file && file.size > most ? words.large(most) : "");
  if (!file || !target.reportValidity()) return;
  const image = new Image();
  image.className = "preview";
  image.alt = "";
  image.src = URL.createObjectURL(file);
  image.onload = () => URL.revokeObjectURL(image.src);
  image.onerror = () => image.remove();
  box.append(image);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const input = form.querySelector("input[type=file]");
  if (!input || !input.files.length) return;
  event.preventDefault();
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "Sending the picture");
  input.closest(".control").append(bar);
  const button = form.querySelector("button");
  button.disabled = true;

  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.responseType = "document";
  request.upload.onprogress = (sent) => {
    if (sent.lengthComputable) bar.value = sent.loaded / sent.total;
  };
  request.onload = () => {
    const went = new URL(request.responseURL);
    if (request.status < 400 && went.href !== form.action) {
      location.assign(went);
      return;
    }
    const main = request.response?.querySelector("main");
    if (!main) {
      request.onerror(); // what stands in front of the site has refused it
      return;
    }
    // Refused: the same form again with its messages, or a page that says why.
    document.querySelector("main").replaceWith(document.adoptNode(main));
    document.title = request.response.title;
    const place = document.querySelector("[aria-invalid]") || document.querySelector("h1");
    if (place.tabIndex < 0) place.tabIndex = -1;
    place.focus();
    place.scrollIntoView();
  };
  request.onerror = () => {
    bar.remove();
    button.disabled = false;
    form.querySelectorAll(".problem[role=alert]").forEach((old) => old.remove());
    const alert = document.createElement("p");
    alert.className = "problem";
    alert.setAttribute("role", "alert");
    alert.textContent = words.lost;
    input.closest(".control").append(alert);
  };
  request.send(new FormData(form));
});
