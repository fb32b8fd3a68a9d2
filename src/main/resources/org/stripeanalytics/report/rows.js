// The rows behind a card, as the query that fetches them.

/** Cards and headline figures that are made of the same rows. */
const SAME_ROWS = {
  "net-new-mrr": "movements", customers: "mrr", arpa: "mrr", "ltv-cac": "unit-economics",
  waterfall: "movements", went: "stages", flows: "stages", predicted: "outcomes", calibration: "outcomes",
  conversion: "funnel", brought: "attribution", "cost-of-channels": "attribution",
  "first-response": "tickets", "bad-tickets": "tickets", "payment-rates": "recovery", vamp: "disputes", ecm: "disputes",
  "by-region": "mrr", "by-channel": "mrr", "by-initial_plan": "mrr", "by-country": "mrr",
};

const sqlText = (text) => `'${text.replaceAll("'", "''")}'`;

const sqlDate = (iso) => `DATE '${iso}'`;

/** A query for one month and for the customers that are looked at. */
const queryFor = (sql, at) => {
  const inView = view.segment === "all" ? "TRUE" : `${view.segment} = ${sqlText(view.value)}`;
  const ofCustomers = view.segment === "all" ? "TRUE"
    : `customer_id IN (SELECT m.customer_id FROM intermediate.customer_milestones AS m WHERE m.${inView})`;
  const { monthStarts } = report.rowsBehind;
  const places = { from_moment: monthStarts[at], to_moment: monthStarts[addMonths(at, 1)], from: sqlDate(at), to: sqlDate(addMonths(at, 1)), month_before: sqlDate(addMonths(at, -1)),
    eleven_months_before: sqlDate(addMonths(at, -11)), year_before: sqlDate(addMonths(at, -12)), in_view: inView, of_customers: ofCustomers };
  return sql.replaceAll(/\{([a-z_]+)\}/g, (place, name) => places[name] ?? place);
};

/** Puts a text on the clipboard; where a browser forbids it, marks the text so that a key can. */
const copy = async (text, node, button) => {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(node);
    button.textContent = "Marked: copy it with Ctrl+C";
  }
};

/**
 * A part of a card or tile that opens, with the query that fetches the rows behind what it shows.
 *
 * id     its own
 * title  its own
 * at     the month that the rows are of; the newest unless the card shows another
 */
const rowsBehind = (id, title, at = report.frame.lastMonth) => {
  const sql = report.rowsBehind.queries[SAME_ROWS[id] ?? id];
  if (!sql || !at) return null;
  const part = el("details", { class: "rows-behind" }, el("summary", {}, "Show the rows behind it"));
  part.addEventListener("toggle", () => {
    if (!part.open || part.childElementCount > 1) return;
    const query = queryFor(sql, at).trim();
    const text = el("pre", { tabindex: "0", role: "region", "aria-label": `Query for the rows behind ${title}` }, query);
    const button = el("button", { type: "button", on: { click: () => copy(query, text, button) } }, "Copy the query");
    part.append(text, button, el("p", { class: "muted" }, "For scripts/sql, or any client of the warehouse."));
  });
  return part;
};
