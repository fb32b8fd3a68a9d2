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

const BEFORE = [["none", "No customer yet", "other"], ["lost", "Lost before", "other"], ...STAGES];
const AFTER = [...STAGES, ["lost", "Lost", "other"]];

/** Who changed their stage in a year, most first; who stayed is left out, being most. */
const movesOfAYear = () => {
  const moves = new Map();
  for (const row of rowsOf("customer_stages").slice(-12)) {
    for (const { from_stage: from, to_stage: to, customers } of row.flows) {
      if (from !== to) moves.set(`${from}>${to}`, (moves.get(`${from}>${to}`) ?? 0) + customers);
    }
  }
  return [...moves].map(([key, customers]) => ({ from: key.split(">")[0], to: key.split(">")[1], customers }))
    .sort((a, b) => b.customers - a.customers || a.from.localeCompare(b.from) || a.to.localeCompare(b.to));
};

/** Stages on the left as they were, on the right as they came to be; one may stand on both sides. */
const wentCard = () => {
  const rows = rowsOf("customer_stages");
  const last = newest(rows);
  const moves = movesOfAYear();
  const named = (list, stage) => list.find(([id]) => id === stage)?.[1] ?? stage;
  const nodes = (side, list, end) => list.filter(([stage]) => moves.some((move) => move[end] === stage)).map(([stage, name, role]) => ({
    name: `${side}${stage}`, text: name, itemStyle: { color: colour(role) }, label: { position: side === "<" ? "right" : "left" },
  }));
  return chartCard({
    id: "went", title: "Where customers went", wide: true, height: 380, minWidth: 560,
    subtitle: last ? `Changes of stage in the months ${month(rows.slice(-12)[0].month)} – ${month(last.month)}, from left to right; who stayed in a stage is left out` : "Changes of stage in a year",
    source: "marts.segment_monthly",
    absent: absence("customer_stages", rows) ?? (moves.length ? null : "Nobody changed their stage in a year."),
    summary: moves.slice(0, 5).map(({ from, to, customers }) => `${named(BEFORE, from)} to ${named(AFTER, to)} ${whole(customers)}`).join(", "),
    option: () => {
      const data = [...nodes("<", BEFORE, "from"), ...nodes(">", AFTER, "to")];
      const text = (name) => data.find((node) => node.name === name).text;
      return {
        tooltip: { formatter: ({ dataType, data: at, value }) => (dataType === "edge"
          ? tip(`${text(at.source)} to ${text(at.target)}`, [{ name: "Customers", value: whole(value) }])
          : tip(text(at.name), [{ name: "Customers", value: whole(value) }])) },
        series: [{
          type: "sankey", left: 8, right: 8, top: 10, bottom: 10, nodeGap: 12, nodeWidth: 14, layoutIterations: 0, draggable: false, emphasis: { focus: "adjacency" },
          label: { color: colour("ink"), fontSize: 12, formatter: ({ name }) => text(name) },
          lineStyle: { color: "source", opacity: 0.35, curveness: 0.5 },
          data, links: moves.map(({ from, to, customers }) => ({ source: `<${from}`, target: `>${to}`, value: customers })),
        }],
      };
    },
    table: () => ({
      columns: ["From", "To", "Customers"].map((label, i) => ({ label, number: i > 1 })),
      rows: moves.map(({ from, to, customers }) => [named(BEFORE, from), named(AFTER, to), whole(customers)]),
    }),
  });
};

/** A row for each stage that somebody was in, a column for each that somebody is in. */
const flowsCard = () => {
  const rows = rowsOf("customer_stages");
  const absent = absence("customer_stages", rows);
  const last = newest(rows);
  const flow = (from, to) => last.flows.find(({ from_stage, to_stage }) => from_stage === from && to_stage === to)?.customers;
  const table = () => {
    const from = BEFORE.filter(([stage]) => AFTER.some(([to]) => flow(stage, to)));
    const to = AFTER.filter(([stage]) => BEFORE.some(([was]) => flow(was, stage)));
    return dataTable({ label: "Movements between stages", open: true,
      columns: [{ label: "From" }, ...to.map(([, name]) => ({ label: name, number: true }))],
      rows: from.map(([stage, name]) => [name, ...to.map(([is]) => { const n = flow(stage, is); return n ? whole(n) : ""; })]) });
  };
  return tableCard({
    id: "flows", title: "Movements between stages",
    subtitle: last ? `Customers by where they were at the end of the month before and where they were at the end of ${monthLong(last.month)}` : "Customers by stage, a month before and now",
    absent,
    body: () => table(),
  });
};
