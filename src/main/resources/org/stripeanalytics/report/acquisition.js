// How customers are won: the funnel from signup to a year of paying, and what it costs.

const HORIZONS = [["retained_365d", 365], ["retained_90d", 90], ["retained_30d", 30]];

/**
 * The months that a funnel may sum: all its stages must be decided for the same customers. It
 * reaches as far as three months are decided, or as any are.
 */
const funnelMonths = () => {
  const rows = rowsFor("trial_funnel", view.segment, view.value).filter((row) => row.signups > 0);
  const decided = HORIZONS.map(([key, days]) => [days, rows.filter((row) => row.is_mature && row[key] !== null)]);
  const [days, months] = decided.find(([, each]) => each.length >= 3) ?? decided.find(([, each]) => each.length > 0)
    ?? [0, rows.filter((row) => row.is_mature)];
  return { days, months: months.slice(-12) };
};

const funnelCard = () => {
  const { days, months } = funnelMonths();
  const total = (key) => sum(months.map((row) => row[key]));
  const stages = months.length === 0 ? [] : [
    ["Signed up", total("signups")],
    ["Started a trial", total("trials_started")],
    ["Paid", total("paid")],
    ...[...HORIZONS].reverse().filter(([, each]) => each <= days).map(([key, each]) => [`Still paying after ${each} days`, total(key)]),
  ];
  const share = (count) => (stages[0][1] ? count / stages[0][1] : null);
  const rows = rowsFor("trial_funnel", view.segment, view.value);
  return chartCard({
    id: "funnel", title: "From signup to paying", at: newest(months)?.signup_month, since: months[0]?.signup_month,
    subtitle: months.length
      ? `Customers who signed up ${month(months[0].signup_month)} – ${month(newest(months).signup_month)}, the newest ${plural(months.length, "month", "months")} decided up to the last stage, ${viewName()}`
      : null,
    source: "marts.trial_funnel",
    absent: absence("trial_funnel", rows) ?? (months.length ? null : "No month of signups is decided yet."),
    note: months.length ? `${whole(total("paid_without_trial"))} of those who paid never had a trial.` : null,
    summary: stages.map(([name, count]) => `${name} ${whole(count)}`).join(", "),
    option: () => ({
      tooltip: { formatter: ({ dataIndex }) => tip(stages[dataIndex][0], [
        { name: "Customers", value: whole(stages[dataIndex][1]) }, { name: "Of signups", value: percent(share(stages[dataIndex][1])) }]) },
      grid: { right: 90 },
      xAxis: { type: "value", min: 0, max: stages[0][1], show: false },
      yAxis: { type: "category", inverse: true, data: stages.map(([name]) => name), axisLine: { show: false }, axisLabel: { fontSize: 12, color: colour("ink") } },
      series: [bar("Customers", "new", stages.map(([, count]) => count), {
        barMaxWidth: 40,
        label: { show: true, position: "right", color: colour("ink"), formatter: ({ value }) => `${whole(value)}  ${percentWhole(share(value))}` },
      })],
    }),
    table: () => ({
      columns: [{ label: "Stage" }, { label: "Customers", number: true }, { label: "Of signups", number: true }],
      rows: stages.map(([name, count]) => [name, whole(count), percent(share(count))]),
    }),
  });
};

const conversionCard = () => rateCard({
  id: "conversion", title: "Conversion by month of signup", extract: "trial_funnel", subtitle: "Of trials started, and of all signups",
  series: [["trial_conversion_rate", "Trial to paid", "c1"], ["signup_to_paid_rate", "Signup to paid", "c3"]],
  axis: { min: 0 },
  note: (rows) => {
    const open = rows.filter((row) => !row.is_mature).map((row) => month(row.signup_month));
    return open.length ? `Not decided yet and still able to rise: ${open.join(", ")}.` : null;
  },
});

const acquisitionCostCard = () => {
  const rows = rowsInView("unit_economics_monthly");
  const unknown = !["all", "region", "channel"].includes(view.segment) ? "Marketing spend is known for regions and channels only." : null;
  const last = newest(rows);
  return chartCard({
    id: "unit-economics", title: "What a customer costs and brings", subtitle: `Per new customer, ${viewName()}, ${currency}`,
    source: "marts.unit_economics_monthly", wide: true, height: 260,
    absent: unknown ?? absence("unit_economics_monthly", rows)
      ?? (rows.some((row) => row.sales_marketing_spend > 0) ? null : `No spend on marketing is recorded for ${viewName()}.`),
    summary: last && `${month(last.month)}: cost ${money(last.cac)}, lifetime value ${money(last.ltv)}.`,
    note: last && `In ${month(last.month)} a new customer's cost was earned back in ${monthsOf(last.cac_payback_months)}; ${money(last.sales_marketing_spend)} were spent on ${plural(last.customers_new, "new customer", "new customers")}.`,
    option: () => ({
      tooltip: axisTip(money),
      xAxis: monthAxis(rows.map((row) => row.month)),
      yAxis: valueAxis(moneyShort, { min: 0 }),
      series: [line("Acquisition cost", "c2", rows.map((row) => row.cac)), line("Lifetime value, margin", "c1", rows.map((row) => row.ltv))],
    }),
    table: () => ({
      columns: ["Month", "Spend", "New customers", "Acquisition cost", "Lifetime value", "LTV to CAC", "Payback"].map((label, i) => ({ label, number: i > 0 })),
      rows: [...rows].reverse().map((row) => [month(row.month), money(row.sales_marketing_spend), whole(row.customers_new), moneyExact(row.cac), moneyExact(row.ltv), times(row.ltv_cac), monthsOf(row.cac_payback_months)]),
    }),
  });
};
