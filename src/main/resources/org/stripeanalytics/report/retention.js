// Who stays: churn, retained revenue and cohorts.

const CHURN_KINDS = [
  ["voluntary_churned", "Voluntary", "c1"],
  ["involuntary_churned", "Involuntary (payment failed)", "c2"],
  ["dispute_churned", "Dispute", "c4"],
  ["paused_churned", "Pause", "c5"],
  ["unknown_churned", "Unknown", "other"],
];

const rateCard = ({ id, title, subtitle, extract, series, from, note, axis = {}, mark, format = percent, wide, height }) => {
  const rows = rowsInView(extract);
  const time = rows.length && "signup_month" in rows[0] ? "signup_month" : "month";
  const last = newest(rows);
  return chartCard({
    id, title, subtitle: `${subtitle}, ${viewName()}`, source: report.marts[extract].table, wide, height, note: note?.(rows),
    absent: absence(extract, rows) ?? (rows.every((row) => series.every(([key]) => row[key] === null)) ? from ?? `Not known yet for ${viewName()}.` : null),
    summary: last && `${month(last[time])}: ${series.map(([key, name]) => `${name} ${format(last[key])}`).join(", ")}.`,
    option: () => ({
      tooltip: axisTip(format),
      xAxis: monthAxis(rows.map((row) => row[time])),
      // A year without any of it is no reason for an axis up to 100%.
      yAxis: valueAxis(percentShort, { max: ({ max }) => (max > 0 ? null : 0.01), ...axis }),
      series: series.map(([key, name, role], i) =>
        line(name, role, rows.map((row) => row[key]), i === 0 && mark ? { markLine: mark() } : {})),
    }),
    table: () => ({
      columns: [{ label: "Month" }, ...series.map(([, name]) => ({ label: name, number: true }))],
      rows: [...rows].reverse().map((row) => [month(row[time]), ...series.map(([key]) => format(row[key]))]),
    }),
  });
};

const churnCard = () => rateCard({
  id: "churn", title: "Churn in the month", subtitle: "Share of customers and of MRR at the month's start", extract: "churn_monthly",
  series: [["customer_churn_rate", "Customers", "c1"], ["gross_mrr_churn_rate", "MRR, gross", "churn"], ["net_mrr_churn_rate", "MRR, net of expansion and reactivation", "c3"]],
});

const retainedRevenueCard = () => rateCard({
  id: "nrr", title: "Revenue retained after 12 months", extract: "churn_monthly",
  subtitle: "Of the MRR of those who paid a year before", wide: true, height: 240,
  note: () => "The axis does not start at zero.",
  from: "Known from the thirteenth month on.",
  series: [["nrr_12m", "Net", "c1"], ["grr_12m", "Gross", "c2"]],
  axis: { scale: true }, mark: () => threshold(1, "100%", "muted"),
});

const churnKindsCard = () => {
  const rows = rowsInView("churn_monthly");
  return chartCard({
    id: "churn-kinds", title: "Why customers left", subtitle: `Customers by month and reason, ${viewName()}`, source: "marts.churn_monthly",
    absent: absence("churn_monthly", rows),
    summary: rows.length && `${month(newest(rows).month)}: ${CHURN_KINDS.map(([key, name]) => `${name} ${whole(newest(rows)[key])}`).join(", ")}.`,
    option: () => ({
      tooltip: axisTip(whole),
      xAxis: monthAxis(rows.map((row) => row.month)),
      yAxis: valueAxis(wholeShort, { minInterval: 1 }),
      series: CHURN_KINDS.map(([key, name, role]) => bar(name, role, rows.map((row) => row[key]), { stack: "kinds" })),
    }),
    table: () => ({
      columns: [{ label: "Month" }, ...CHURN_KINDS.map(([, name]) => ({ label: name, number: true }))],
      rows: [...rows].reverse().map((row) => [month(row.month), ...CHURN_KINDS.map(([key]) => whole(row[key]))]),
    }),
  });
};

/** Between two colours of the style sheet. */
const mixed = (low, high, share) => {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const to = parts(high);
  return parts(low).map((part, i) => Math.round(part + (to[i] - part) * share));
};

/** Customers of all cohorts that are k months old, and how many of them stayed. */
const averageAt = (cohorts, kind, k) => {
  const old = cohorts.filter((cohort) => cohort[kind].length > k && cohort[kind][k] !== null);
  const weight = (cohort) => (kind === "logo" ? cohort.size : cohort.newMrr);
  return old.length ? sum(old.map((cohort) => cohort[kind][k] * weight(cohort))) / sum(old.map(weight)) : null;
};

const cohortCard = (kind, onKind) => {
  const all = report.cohorts.cohorts.filter((cohort) => cohort.segment === view.segment && cohort.value === view.value);
  const cohorts = all.slice(-view.months);
  const widest = Math.max(1, ...cohorts.map((cohort) => cohort[kind].length));
  const cells = cohorts.flatMap((cohort, y) => cohort[kind].map((share, x) => [x, y, share])).filter(([, , share]) => share !== null);
  const top = Math.max(1, ...cells.map(([, , share]) => share));
  const what = kind === "logo" ? "customers" : "first MRR";
  const marks = [1, 3, 6, 12, 24, 36, 48].map((k) => [k, averageAt(all, kind, k)]).filter(([, share]) => share !== null);
  const absent = report.cohorts.problem ? `${report.cohorts.table} cannot be read from this warehouse: ${report.cohorts.problem}`
    : cells.length === 0 ? `No data for ${viewName()}: ${report.cohorts.table} has no cohorts.` : null;
  const name = (cohort) => `${month(cohort.month)}, ${plural(cohort.size, "customer", "customers")}`;
  const dark = (share) => {
    const [r, g, b] = mixed(colour("heat-low"), colour("heat-high"), Math.min(share / top, 1));
    return r * 0.299 + g * 0.587 + b * 0.114 < 140;
  };
  return chartCard({
    id: "cohorts", title: "Cohorts", wide: true, source: "marts.retention_cohorts", absent,
    subtitle: `Share of ${what} still there, by month of the first payment (down) and months since (across), ${viewName()}`,
    controls: choice("What is retained", [{ id: "revenue", text: "Revenue" }, { id: "logo", text: "Customers" }], kind, onKind),
    height: Math.max(200, cohorts.length * (cohorts.length > 30 ? 13 : 19) + 70),
    minWidth: Math.min(widest * 20 + 170, 1100),
    summary: marks.map(([k, share]) => `${percentWhole(share)} after ${plural(k, "month", "months")}`).join(", "),
    note: marks.length ? ["All cohorts together: ", marks.map(([k, share], i) => [i ? ", " : "", el("b", {}, percentWhole(share)), ` after ${plural(k, "month", "months")}`]), "."] : null,
    option: () => ({
      tooltip: { formatter: ({ value: [x, y, share] }) => tip(name(cohorts[y]), [{ name: `After ${plural(x, "month", "months")}`, value: percent(share) }]) },
      grid: { top: 8, bottom: 46 },
      xAxis: { type: "category", data: [...Array(widest).keys()], splitLine: { show: false }, axisLine: { show: false } },
      yAxis: { type: "category", data: cohorts.map((cohort) => cohort.month), inverse: true, splitLine: { show: false }, axisLine: { show: false },
        axisLabel: { formatter: (value, i) => `${monthShort(value)}  ${whole(cohorts[i].size).padStart(4, "\u2007")}` } },
      visualMap: { min: 0, max: top, calculable: false, orient: "horizontal", left: "center", bottom: 0, itemHeight: 160, itemWidth: 10,
        text: [percentWhole(top), "0%"], textStyle: { color: colour("muted") }, inRange: { color: [colour("heat-low"), colour("heat-high")] } },
      series: [{
        type: "heatmap",
        data: cells.map((cell) => ({ value: cell, label: { color: dark(cell[2]) ? "#ffffff" : "#18202c" } })),
        label: { show: widest <= 26, fontSize: 10, formatter: ({ value: [, , share] }) => Math.round(share * 100) },
        itemStyle: { borderColor: colour("card"), borderWidth: 1 },
      }],
    }),
    table: () => ({
      columns: [{ label: "Cohort" }, { label: "Customers", number: true }, ...[...Array(widest).keys()].map((k) => ({ label: String(k), number: true }))],
      rows: cohorts.map((cohort) => [month(cohort.month), whole(cohort.size), ...[...Array(widest).keys()].map((k) => (k < cohort[kind].length ? percent(cohort[kind][k]) : ""))]),
    }),
  });
};
