// The rows behind a card, as the query that fetches them.

/** Cards and headline figures that are made of the same rows. */
const SAME_ROWS = {
  "net-new-mrr": "movements", customers: "mrr", arpa: "mrr",
  waterfall: "movements", went: "stages", flows: "stages", predicted: "outcomes", calibration: "evaluation",
  conversion: "funnel", brought: "attribution",
  "first-response": "tickets", "bad-tickets": "tickets", "payment-rates": "recovery", vamp: "disputes", ecm: "disputes",
  "by-region": "mrr", "by-channel": "mrr", "by-initial_plan": "mrr", "by-country": "mrr",
};

const sqlText = (text) => `'${text.replaceAll("'", "''")}'`;

const sqlDate = (iso) => `DATE '${iso}'`;

/** A query for the months from one to another and for the customers that are looked at. */
const queryFor = (sql, since, at) => {
  const all = view.segment === "all";
  const inView = all ? "TRUE" : `${view.segment} = ${sqlText(view.value)}`;
  const { monthStarts } = report.rowsBehind;
  const places = {
    from: sqlDate(since), to: sqlDate(addMonths(at, 1)),
    // Twelve months may reach back before the first.
    from_moment: monthStarts[since] ?? monthStarts[report.frame.firstMonth], to_moment: monthStarts[addMonths(at, 1)],
    month_before: sqlDate(addMonths(at, -1)), eleven_months_before: sqlDate(addMonths(at, -11)), year_before: sqlDate(addMonths(at, -12)),
    in_view: inView,
    of_customers: all ? inView : `customer_id IN (SELECT m.customer_id FROM intermediate.customer_milestones AS m WHERE m.${inView})`,
    of_segment: `segment = ${sqlText(view.segment)} AND segment_value = ${sqlText(view.value)}`,
  };
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
 * since  the first of the months that the rows are of, where the card sums several
 */
const rowsBehind = (id, title, at = report.frame.lastMonth, since = at) => {
  const sql = report.rowsBehind.queries[SAME_ROWS[id] ?? id];
  if (!sql || !at) return null;
  const part = el("details", { class: "rows-behind" }, el("summary", {}, "Show the rows behind it"));
  part.addEventListener("toggle", () => {
    if (!part.open || part.childElementCount > 1) return;
    const query = queryFor(sql, since, at).trim();
    const text = el("pre", { tabindex: "0", role: "region", "aria-label": `Query for the rows behind ${title}` }, query);
    const button = el("button", { type: "button", on: { click: () => copy(query, text, button) } }, "Copy the query");
    part.append(text, button, el("p", { class: "muted" }, "For scripts/sql, or any client of the warehouse."));
  });
  return part;
};
