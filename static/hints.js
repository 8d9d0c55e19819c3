// Whoever leaves a field is told what it would be refused for, in the site's words, and once: not with each letter.
// The form works without this, too.
"use strict";

document.addEventListener("focusin", ({ target }) => {
  if (isTold(target)) placeFor(target); // there before its words, or else nobody hears them
});

// A field is left by pressing a button, too. Words that come or go would move it away before it is let go.
let isPressed = false;
let waiting = [];
document.addEventListener("pointerdown", () => (isPressed = true), true);
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    isPressed = false;
    setTimeout(() => waiting.splice(0).forEach(check)); // after the click
  });
}

document.addEventListener("change", ({ target }) => {
  if (!isTold(target)) return;
  if (isPressed) waiting.push(target);
  else check(target);
});

function check(target) {
  target.closest(".control").querySelectorAll(".problem:not([role])").forEach((old) => old.remove());
  const problem = problemOf(target);
  tell(target, problem && `${nameOf(target)} ${problem}`);
}

document.addEventListener("input", ({ target }) => {
  if (!isTold(target)) return;
  const place = placeFor(target);
  if (place.textContent && target.validity.valid) tell(target, "");
  if (target.maxLength > 0 && target.value.length === target.maxLength) {
    place.textContent = `That is all there is room for: ${target.maxLength.toLocaleString("en")} characters.`;
  }
});

function isTold(input) {
  return Boolean(input.validity && input.type !== "file" && input.closest(".control"));
}

function placeFor(input) {
  const id = `${input.name}-told`;
  const known = document.getElementById(id);
  if (known) return known;
  const place = document.createElement("p");
  place.id = id;
  place.className = "problem";
  place.setAttribute("role", "status");
  input.closest(".control").append(place);
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  return place;
}

function tell(input, text) {
  const place = placeFor(input);
  if (place.textContent !== text) place.textContent = text;
  if (text) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

function nameOf(input) {
  return input.closest(".control").querySelector("label").textContent.replace(" (optional)", "");
}

function problemOf({ validity, min, max, step, minLength, type, validationMessage }) {
  if (validity.valid) return "";
  if (validity.valueMissing) return "is required";
  if (type === "number" && !step && !validity.badInput) return `must be a whole number${range(min, max)}`;
  if (validity.rangeUnderflow || validity.rangeOverflow) return `must be${range(min, max)}`;
  if (validity.tooShort) return `must have at least ${minLength} characters`;
  if (validity.badInput && type === "number") return "must be a number";
  return `cannot be used: ${validationMessage}`;
}

function range(min, max) {
  if (min && max) return ` from ${min} to ${max}`;
  return min ? ` of at least ${min}` : max ? ` of at most ${max}` : "";
}
