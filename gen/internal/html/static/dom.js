// Helpers for the elements of the page.

export const byId = id => document.getElementById(id);

/** Returns the matching elements, within one element or the whole page. */
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

export const on = (target, event, listener) => target.addEventListener(event, listener);

// Creates an element. Strings become text nodes, so that pasted text cannot become markup.
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Returns the text of a part of an element, or "". */
export const partOf = (element, selector) => element?.querySelector(selector)?.textContent.trim() ?? "";
