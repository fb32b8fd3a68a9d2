// In which stage of their lives customers are, and who moved between them.

const STAGES = [
  ["past_due", "Past due", "churn"], ["at_risk", "At risk", "contraction"], ["dormant_return", "Came back", "reactivation"],
  ["new", "New", "new"], ["onboarding", "Onboarding", "c7"], ["expanding", "Expanding", "expansion"],
  ["discounted", "Discounted", "c8"], ["champion", "Champion", "c5"], ["healthy", "Healthy", "c3"],
];

const sizeOf = (row, stage) => row.stages.find((size) => size.stage === stage)?.customers ?? 0;

const stagesCard = () => {
  const rows = rowsOf("customer_stages").slice(-view.months);
  const last = newest(rows);
  return chartCard({
    id: "stages", title: "Stages of customers", subtitle: "Customers at the end of the month; each is in the first stage that fits, all customers",
    source: "marts.segment_monthly",
    absent: absence("customer_stages", rows),
    summary: last && `${month(last.month)}: ${STAGES.filter(([stage]) => sizeOf(last, stage)).map(([stage, name]) => `${name} ${whole(sizeOf(last, stage))}`).join(", ")}.`,
    option: () => ({
      tooltip: axisTip(whole),
      xAxis: monthAxis(rows.map((row) => row.month)),
      yAxis: valueAxis(wholeShort, { minInterval: 1 }),
      series: [...STAGES].reverse().map(([stage, name, role]) => bar(name, role, rows.map((row) => sizeOf(row, stage)), { stack: "stages" })),
    }),
    table: () => ({
      columns: [{ label: "Month" }, ...STAGES.map(([, name]) => ({ label: name, number: true }))],
      rows: [...rows].reverse().map((row) => [month(row.month), ...STAGES.map(([stage]) => whole(sizeOf(row, stage)))]),
    }),
  });
};

/** A row for each stage that somebody was in, a column for each that somebody is in. */
const flowsCard = () => {
  const rows = rowsOf("customer_stages");
  const absent = absence("customer_stages", rows);
  const last = newest(rows);
  const flow = (from, to) => last.flows.find(({ from_stage, to_stage }) => from_stage === from && to_stage === to)?.customers;
  const before = [["none", "No customer yet"], ["lost", "Lost before"], ...STAGES];
  const after = [...STAGES, ["lost", "Lost"]];
  const table = () => {
    const from = before.filter(([stage]) => after.some(([to]) => flow(stage, to)));
    const to = after.filter(([stage]) => before.some(([was]) => flow(was, stage)));
    return dataTable({ label: "Movements between stages", open: true,
      columns: [{ label: "From" }, ...to.map(([, name]) => ({ label: name, number: true }))],
      rows: from.map(([stage, name]) => [name, ...to.map(([is]) => { const n = flow(stage, is); return n ? whole(n) : ""; })]) });
  };
  return el("figure", { class: "card wide", id: "card-flows" },
    el("figcaption", {}, el("h3", {}, "Movements between stages"),
      el("p", { class: "sub" }, last ? `Customers by where they were at the end of the month before and where they were at the end of ${monthLong(last.month)}` : "Customers by stage, a month before and now")),
    absent ? el("p", { class: "empty" }, absent) : table());
};
