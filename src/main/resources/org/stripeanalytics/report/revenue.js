// MRR, its movements and what the month was made of.

const MOVEMENTS = [
  ["mrr_new", "New", "new"],
  ["mrr_reactivation", "Reactivation", "reactivation"],
  ["mrr_expansion", "Expansion", "expansion"],
  ["mrr_contraction", "Contraction", "contraction"],
  ["mrr_churn", "Churn", "churn"],
];

const mrrCard = () => {
  const rows = rowsInView("mrr_monthly");
  const last = newest(rows);
  return chartCard({
    id: "mrr",
    title: "MRR",
    subtitle: `At the end of each month, ${viewName()}, ${currency}`,
    source: "marts.mrr_monthly",
    absent: absence("mrr_monthly", rows),
    summary: last && `${money(rows[0].mrr_end)} in ${month(rows[0].month)}, ${money(last.mrr_end)} in ${month(last.month)}.`,
    note: last && [`Of ${month(last.month)}'s ${money(last.mrr_end)}, `, el("b", {}, money(last.scheduled_churn_mrr)),
      " is set to end and ", el("b", {}, money(last.mrr_past_due)), " is past due."],
    option: () => ({
      tooltip: axisTip(money),
      xAxis: { ...monthAxis(rows.map((row) => row.month)), boundaryGap: false },
      yAxis: valueAxis(moneyShort, { min: 0 }),
      grid: { right: 24 },
      series: [line("MRR", "new", rows.map((row) => row.mrr_end), { areaStyle: { opacity: 0.12 }, showSymbol: false })],
    }),
    table: () => ({
      columns: [{ label: "Month" }, { label: "MRR", number: true }, { label: "Past due", number: true }, { label: "Set to end", number: true }, { label: "Customers", number: true }],
      rows: [...rows].reverse().map((row) => [month(row.month), moneyExact(row.mrr_end), moneyExact(row.mrr_past_due), moneyExact(row.scheduled_churn_mrr), whole(row.customers_end)]),
    }),
  });
};

const movementsCard = (onMonth) => {
  const rows = rowsInView("mrr_monthly");
  return chartCard({
    id: "movements",
    title: "Movements of MRR",
    subtitle: `Won above the line, lost below it, by month, ${viewName()}, ${currency}`,
    source: "marts.mrr_monthly",
    wide: true,
    height: 320,
    absent: absence("mrr_monthly", rows),
    summary: rows.length && `In ${month(newest(rows).month)} ${MOVEMENTS.map(([key, name]) => `${name.toLowerCase()} ${money(newest(rows)[key])}`).join(", ")}.`,
    onClick: ({ name }) => onMonth(name),
    option: () => ({
      tooltip: axisTip(money),
      xAxis: { ...monthAxis(rows.map((row) => row.month)), axisLine: { onZero: false, lineStyle: { color: colour("line") } } },
      yAxis: valueAxis(moneyShort),
      series: [
        ...MOVEMENTS.map(([key, name, role]) => bar(name, role, rows.map((row) => row[key]), { stack: "movements" })),
        line("Net", "ink", rows.map((row) => row.mrr_end - row.mrr_start), { symbolSize: 6, lineStyle: { width: 1.4 } }),
      ],
    }),
    table: () => ({
      columns: [{ label: "Month" }, { label: "Start", number: true }, ...MOVEMENTS.map(([, name]) => ({ label: name, number: true })), { label: "End", number: true }],
      rows: [...rows].reverse().map((row) => [month(row.month), moneyExact(row.mrr_start), ...MOVEMENTS.map(([key]) => moneyExact(row[key])), moneyExact(row.mrr_end)]),
    }),
  });
};

/** Floating bars: each begins where the one before ended. Counted from the month's start, so that bars are as long as what they stand for. */
const waterfallSteps = (row) => {
  let level = 0;
  const steps = MOVEMENTS.map(([key, name, role]) => {
    const from = level;
    level += row[key];
    return { name, role, from, to: level, change: row[key] };
  });
  return [...steps, { name: "Net", role: "ink", from: 0, to: level, change: level }];
};

const waterfallCard = (chosen, onMonth) => {
  const rows = rowsFor("mrr_monthly", view.segment, view.value);
  const at = Math.max(0, rows.findIndex((row) => row.month === chosen));
  const row = rows[at];
  const steps = row ? waterfallSteps(row) : [];
  const step = (text, target) =>
    el("button", { type: "button", disabled: !rows[target], on: { click: () => onMonth(rows[target].month) } }, text);
  return chartCard({
    id: "waterfall",
    title: row ? `How ${monthLong(row.month)} went` : "How the month went",
    subtitle: row && `From ${money(row.mrr_start)} to ${money(row.mrr_end)}: change in MRR since the month's start, ${viewName()}, ${currency}`,
    source: "marts.mrr_monthly",
    absent: absence("mrr_monthly", rows), at: row?.month,
    controls: row && [step("← Earlier", at - 1),
      el("label", {}, "Month", el("select", { id: "waterfall-month", on: { change: (event) => onMonth(event.target.value) } },
        [...rows].reverse().map(({ month: each }) => el("option", { value: each, selected: each === row.month }, month(each))))),
      step("Later →", at + 1)],
    summary: steps.map(({ name, change }) => `${name} ${money(change)}`).join(", "),
    option: () => ({
      tooltip: { trigger: "item", formatter: ({ dataIndex }) => tip(steps[dataIndex].name, [{ name: "Change", value: moneyExact(steps[dataIndex].change) }]) },
      xAxis: { type: "category", data: steps.map(({ name }) => name), splitLine: { show: false }, axisLabel: { interval: 0, hideOverlap: false, rotate: narrow() ? 35 : 0 } },
      yAxis: valueAxis(moneyShort),
      series: [{
        type: "custom",
        data: steps.map(({ from, to }, i) => [i, from, to]),
        encode: { x: 0, y: [1, 2] },
        renderItem: (params, api) => {
          const [x, top] = api.coord([api.value(0), Math.max(api.value(1), api.value(2))]);
          const [, bottom] = api.coord([api.value(0), Math.min(api.value(1), api.value(2))]);
          const width = Math.min(api.size([1, 0])[0] * 0.62, 60);
          const { role, change } = steps[params.dataIndex];
          return {
            type: "group",
            children: [
              { type: "rect", shape: { x: x - width / 2, y: top, width, height: Math.max(bottom - top, 1) }, style: { fill: colour(role) } },
              { type: "text", style: { x, y: top - 5, text: signed(moneyShort)(change), textAlign: "center", textVerticalAlign: "bottom", fill: colour("ink"), fontSize: 11.5 } },
            ],
          };
        },
      }],
      grid: { top: 26 },
    }),
    table: () => ({
      columns: [{ label: "Movement" }, { label: "Change", number: true }],
      rows: steps.map(({ name, change }) => [name, moneyExact(change)]),
    }),
  });
};
