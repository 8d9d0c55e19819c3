// Elements are made of texts, never of HTML: whatever somebody is called, it does not become a part of the page.
const SVG = "http://www.w3.org/2000/svg";

export function make(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function draw(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) if (value || value === 0) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
