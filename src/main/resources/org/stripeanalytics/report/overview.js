// The top of the dashboard: what the figures can be trusted for, and the headline figures.

const POLICIES = {
  mrrDiscounts: "Discounts that reduce MRR",
  churnAt: "A customer has left at",
  includePastDue: "Past due counts as MRR",
  grossMargin: "Gross margin",
  reportingZone: "Days and months of",
  reportingCurrency: "Amounts in",
};

/** The value of an option in words: ended_at is "ended at", true is yes. */
const policyValue = ({ name, value }) => {
  if (name === "reportingCurrency") return value.toUpperCase();
  return { true: "yes", false: "no" }[value] ?? value.replaceAll("_", " ");
};

const failedTests = (severity) => report.tests.results.filter((result) => !result.passed && result.severity === severity);

const testsState = () => {
  const { results } = report.tests;
  if (results.length === 0) {
    return el("div", { class: "state warn", id: "state-tests" },
      el("h2", {}, "Data tests"), el("p", {}, "No tests have been run."),
      el("p", {}, "Nothing says yet that the tables keep what their contracts promise."));
  }
  const errors = failedTests("error");
  const warnings = failedTests("warn");
  const broken = [...errors, ...warnings];
  return el("div", { class: `state ${errors.length ? "bad" : warnings.length ? "warn" : "good"}`, id: "state-tests" },
    el("h2", {}, "Data tests"),
    el("p", {}, errors.length ? `${plural(errors.length, "test", "tests")} of ${whole(results.length)} failed`
      : `All ${whole(results.length)} tests passed${warnings.length ? `, ${plural(warnings.length, "warning", "warnings")}` : ""}`),
    el("p", {}, `Run ${moment(report.tests.checkedAt)}`),
    broken.length === 0 ? null : el("details", {}, el("summary", {}, "Which"),
      dataTable({
        label: "Tests that did not pass",
        columns: [{ label: "Table" }, { label: "Promise" }, { label: "Severity" }, { label: "Rows", number: true }],
        rows: broken.map((result) => [tableLink(result.table), result.description, result.severity, whole(result.failing)]),
      })));
};

const freshnessState = () => {
  const filled = report.freshness.filter((table) => table.rows > 0);
  if (filled.length === 0) {
    return el("div", { class: "state warn" }, el("h2", {}, "Freshness"), el("p", {}, "No raw data has been loaded."));
  }
  const latest = (name) => filled.map((table) => table[name]).filter(Boolean).sort().pop();
  return el("div", { class: "state", id: "state-freshness" },
    el("h2", {}, "Freshness"),
    el("p", {}, `Newest change ${moment(latest("newestChange"))}`),
    el("p", {}, `Last loaded ${moment(latest("loadedAt"))}`),
    el("details", {}, el("summary", {}, `${plural(report.freshness.length, "raw table", "raw tables")}`),
      dataTable({
        label: "Freshness of the raw tables",
        columns: [{ label: "Table" }, { label: "Newest change" }, { label: "Days behind", number: true }, { label: "Rows", number: true }],
        rows: report.freshness.map((table) =>
          [tableLink(table.table), moment(table.newestChange), whole(table.daysBehind), whole(table.rows)]),
      })));
};

const frameState = () => {
  const { frame } = report;
  return el("div", { class: "state", id: "state-frame" },
    el("h2", {}, "Period and definitions"),
    el("p", {}, frame.lastMonth ? `${month(frame.firstMonth)} – ${month(frame.lastMonth)}` : "No month has ended yet."),
    el("p", {}, `As of the start of ${day(frame.asOf)}; days and months of ${frame.zone}; amounts in ${currency}.`),
    el("details", {}, el("summary", {}, "Policies"),
      frame.run === null
        ? el("p", { class: "muted" }, "This warehouse does not record which policies its figures were computed with.")
        : [el("dl", {}, frame.run.policies.map((policy) => [el("dt", { class: "muted" }, POLICIES[policy.name]), el("dd", {}, policyValue(policy))])),
          el("p", { class: "muted" }, `Computed by run ${frame.run.id}, version ${frame.run.codeVersion}, on ${frame.run.runner}.`)]));
};

const stateStrip = () => el("div", { class: "strip" }, testsState(), freshnessState(), frameState());

const sparkline = (values) => {
  const points = values.slice(-13).map((value, i) => [i, value]).filter(([, value]) => value !== null && value !== undefined);
  if (points.length < 3) return null;
  const numbers = points.map(([, value]) => value);
  const low = Math.min(...numbers);
  const span = Math.max(...numbers) - low || 1;
  const at = ([x, y]) => `${((x / 12) * 86 + 2).toFixed(1)},${(28 - ((y - low) / span) * 24).toFixed(1)}`;
  const [x, y] = at(points[points.length - 1]).split(",");
  return svg("svg", { viewBox: "0 0 90 32", "aria-hidden": "true" },
    svg("polyline", { points: points.map(at).join(" "), fill: "none", stroke: "var(--accent)", "stroke-width": 1.8, "stroke-linejoin": "round" }),
    svg("circle", { cx: x, cy: y, r: 2.6, fill: "var(--accent)" }));
};

/**
 * A headline figure with its change since the month before. Whether more is better is said by good;
 * rates change by percentage points, figures that may be negative by amounts, others by per cent.
 */
const tile = ({ id, label, rows, pick, format, by, good, under }) => {
  const now = newest(rows);
  const before = rows[rows.length - 2];
  const value = now && pick(now);
  const previous = before && pick(before);
  const known = (number) => number !== null && number !== undefined;
  let change = el("p", { class: "change" }, known(value) ? "no month before to compare with" : "not known yet");
  if (known(value) && known(previous) && (by !== "per cent" || previous !== 0)) {
    const difference = by === "per cent" ? value / previous - 1 : value - previous;
    const text = by === "points" ? `${signed(decimal)(difference * 100)} points` : by === "per cent" ? signed(percent)(difference) : signed(id === "net-new-mrr" ? money : format)(difference);
    const better = difference === 0 || !good ? "" : difference > 0 === (good === "more") ? "up-good" : "up-bad";
    change = el("p", { class: "change" },
      el("b", { class: better }, `${difference > 0 ? "▲" : difference < 0 ? "▼" : "■"} ${text}`),
      ` on ${month(before.month)}`);
  }
  return el("div", { class: "tile", "data-figure": id },
    el("h3", {}, label),
    el("p", { class: "value" }, format(value)),
    known(value) ? sparkline(rows.map(pick)) : null,
    change,
    under && now ? el("p", { class: "change" }, under(now)) : null,
    now ? rowsBehind(id, label, now.month) : null);
};

const headlines = () => {
  const rows = (name) => rowsFor(name, view.segment, view.value);
  const mrr = rows("mrr_monthly");
  const churn = rows("churn_monthly");
  const net = (row) => row.mrr_end - row.mrr_start;
  return el("div", { class: "tiles", id: "headlines" },
    tile({ id: "mrr", label: "MRR", rows: mrr, pick: (row) => row.mrr_end, format: money, by: "per cent", good: "more",
      under: (row) => `${money(row.arr_end)} a year` }),
    tile({ id: "net-new-mrr", label: "Net new MRR", rows: mrr, pick: net, format: signed(money), by: "amount", good: "more",
      under: (row) => `${money(row.mrr_new + row.mrr_reactivation + row.mrr_expansion)} won, ${money(-(row.mrr_churn + row.mrr_contraction))} lost` }),
    tile({ id: "customers", label: "Paying customers", rows: mrr, pick: (row) => row.customers_end, format: whole, by: "per cent", good: "more",
      under: (row) => `${whole(row.customers_new + row.customers_reactivated)} came, ${whole(row.customers_churned)} left` }),
    tile({ id: "arpa", label: "MRR per customer", rows: mrr, pick: (row) => row.arpa, format: moneyExact, by: "per cent", good: "more" }),
    tile({ id: "churn", label: "Customer churn in the month", rows: churn, pick: (row) => row.customer_churn_rate, format: percent, by: "points", good: "less",
      under: (row) => `${whole(row.customers_lost)} of ${whole(row.customers_start)}` }),
    tile({ id: "nrr", label: "Net revenue retention, 12 months", rows: churn, pick: (row) => row.nrr_12m, format: percent, by: "points", good: "more",
      under: (row) => `gross ${percent(row.grr_12m)}` }),
    tile({ id: "ltv-cac", label: "Lifetime value to acquisition cost", rows: rows("unit_economics_monthly"), pick: (row) => row.ltv_cac, format: times, by: "amount", good: "more",
      under: (row) => (row.sales_marketing_spend > 0 ? `${money(row.ltv)} for ${money(row.cac)}` : "no marketing spend recorded") }),
    tile({ id: "recovery", label: "Failed invoices recovered", rows: rows("payment_health_monthly").filter((row) => row.recovery_rate !== null),
      pick: (row) => row.recovery_rate, format: percent, by: "points", good: "more",
      under: (row) => `${month(row.month)}, the newest month that is decided` }));
};
