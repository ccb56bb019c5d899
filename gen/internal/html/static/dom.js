// What the page is made of.

export const byId = id => document.getElementById(id);

/** Returns the elements that match, within one of the page or all of it. */
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

export const on = (target, event, listener) => target.addEventListener(event, listener);

// An element. Texts are texts: nothing that is pasted can become markup.
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Returns the text of a part of an element, "" if there is none. */
export const partOf = (element, selector) => element?.querySelector(selector)?.textContent.trim() ?? "";
