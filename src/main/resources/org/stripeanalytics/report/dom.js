// Elements. Text goes in as text and never as markup, so that no data can become code.

const SVG = "http://www.w3.org/2000/svg";

const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
};

const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/**
 * A table that scrolls by itself. A column is {label, number}; a cell is a text or a node, and the
 * first cell of a row is its header.
 */
const dataTable = ({ label, columns, rows, open = false }) =>
  el("div", { class: open ? "table open" : "table", tabindex: "0", role: "region", "aria-label": label },
    el("table", {},
      el("thead", {}, el("tr", {}, columns.map((column) =>
        el("th", { scope: "col", class: column.number ? "number" : null }, column.label)))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell, i) =>
        el(i === 0 ? "th" : "td",
          { scope: i === 0 ? "row" : null, class: columns[i].number ? "number" : null }, cell)))))));

/** A choice of one among few, as a group of radio buttons. */
let choices = 0;
const choice = (label, options, current, onPick) => {
  const name = `choice-${++choices}`;
  return el("fieldset", { class: "choice", "aria-label": label },
    options.map(({ id, text }) =>
      el("label", {},
        el("input", { type: "radio", name, value: id, checked: id === current, on: { change: () => onPick(id) } }),
        text)));
};

/** A link to a table's page in the catalogue. */
const tableLink = (name) => el("a", { href: `#catalogue/${name}`, class: "mono" }, name);
