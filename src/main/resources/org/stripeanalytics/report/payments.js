// Money on its way: payments that fail and are recovered, refunds, disputes, and what is paid out.

const notRecovered = (row) => row.first_attempt_failed - row.recovered - row.in_recovery;

const recoveryCard = () => {
  const rows = rowsInView("payment_health_monthly");
  const last = newest(rows);
  return chartCard({
    id: "recovery", title: "Invoices whose first payment failed", subtitle: `By month of the first attempt and what became of them, ${viewName()}`,
    source: "marts.payment_health_monthly", wide: true, height: 260,
    absent: absence("payment_health_monthly", rows),
    summary: last && `${month(last.month)}: ${whole(last.recovered)} recovered, ${whole(last.in_recovery)} still retried, ${whole(notRecovered(last))} not recovered.`,
    note: rows.length ? [el("b", {}, money(sum(rows.map((row) => row.recovered_volume)))), ` of ${money(sum(rows.map((row) => row.first_attempt_failed_volume)))} recovered in the months shown; `,
      el("b", {}, money(sum(rows.map((row) => row.involuntary_churn_mrr)))), " of MRR left because payments failed."] : null,
    option: () => ({
      tooltip: axisTip(whole),
      xAxis: monthAxis(rows.map((row) => row.month)),
      yAxis: valueAxis(wholeShort, { minInterval: 1 }),
      series: [
        bar("Recovered", "c3", rows.map((row) => row.recovered), { stack: "failed" }),
        bar("Still retried", "c2", rows.map((row) => row.in_recovery), { stack: "failed" }),
        bar("Not recovered", "churn", rows.map(notRecovered), { stack: "failed" }),
      ],
    }),
    table: () => ({
      columns: ["Month", "Invoices tried", "First attempt failed", "Recovered", "Still retried", "Not recovered", "Recovered volume"].map((label, i) => ({ label, number: i > 0 })),
      rows: [...rows].reverse().map((row) => [month(row.month), ...[row.invoices_attempted, row.first_attempt_failed, row.recovered, row.in_recovery, notRecovered(row)].map(whole), moneyExact(row.recovered_volume)]),
    }),
  });
};

const paymentRatesCard = () => rateCard({
  id: "payment-rates", title: "Failure and recovery", extract: "payment_health_monthly",
  subtitle: "Of invoices tried, and of those whose first attempt failed",
  series: [["recovery_rate", "Recovered", "c3"], ["first_attempt_failure_rate", "First attempt failed", "churn"]],
  axis: { min: 0 },
  note: (rows) => {
    const open = rows.filter((row) => row.in_recovery > 0).map((row) => month(row.month));
    return open.length ? `Invoices are still being retried, so there is no recovery rate yet: ${open.join(", ")}.` : null;
  },
});

const declineCodesCard = () => {
  const rows = rowsFor("decline_codes", view.segment, view.value);
  const counts = new Map();
  for (const row of rows) {
    for (const { code, count } of row.payment_failures_by_code ?? []) counts.set(code, (counts.get(code) ?? 0) + count);
  }
  const codes = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const shown = codes.slice(0, 10);
  const total = sum(codes.map(([, count]) => count));
  return chartCard({
    id: "decline-codes", title: "Why payments failed", subtitle: `Failed attempts of the newest twelve months by code, ${viewName()}`,
    source: "marts.payment_health_monthly",
    absent: absence("decline_codes", rows) ?? (codes.length ? null : "No payment failed in the newest twelve months."),
    summary: shown.map(([code, count]) => `${sentence(code)} ${whole(count)}`).join(", "),
    option: () => ({
      tooltip: { formatter: ({ dataIndex }) => tip(sentence(shown[dataIndex][0]), [{ name: "Attempts", value: whole(shown[dataIndex][1]) }, { name: "Share", value: percent(shown[dataIndex][1] / total) }]) },
      grid: { left: 24, right: 80, top: 4 },
      xAxis: { type: "value", min: 0, show: false },
      yAxis: { type: "category", inverse: true, data: shown.map(([code]) => sentence(code)), axisLine: { show: false }, axisLabel: { color: colour("ink") } },
      series: [bar("Attempts", "churn", shown.map(([, count]) => count), { barMaxWidth: 20,
        label: { show: true, position: "right", color: colour("ink"), formatter: ({ value }) => `${whole(value)}  ${percentWhole(value / total)}` } })],
    }),
    table: () => ({
      columns: [{ label: "Code" }, { label: "Attempts", number: true }, { label: "Share", number: true }],
      rows: codes.map(([code, count]) => [code, whole(count), percent(count / total)]),
    }),
  });
};

const provisionalNote = (rows) => {
  const open = rows.filter((row) => row.is_provisional);
  return open.length ? `Refunds and disputes follow their charges by up to 120 days: ${open.length > 1 ? `${month(open[0].month)} – ` : ""}${month(newest(open).month)} can still rise.` : null;
};

const refundsCard = () => rateCard({
  id: "refunds", title: "Refunds", extract: "refunds_disputes_monthly", format: percentFine,
  subtitle: "Share of succeeded charges: refunds made in the month, and refunds ever made of the month's charges",
  series: [["refund_rate", "By month of the refund", "c1"], ["cohort_refund_rate", "By month of the charge", "c3"]],
  axis: { min: 0 }, note: provisionalNote,
});

const disputesCard = () => rateCard({
  id: "disputes", title: "Disputes", extract: "refunds_disputes_monthly", format: percentFine,
  subtitle: "Share of succeeded charges: disputes opened in the month, and disputes ever opened of the month's charges",
  series: [["dispute_rate", "By month of the dispute", "churn"], ["cohort_dispute_rate", "By month of the charge", "c2"]],
  axis: { min: 0 },
  note: (rows) => {
    const won = sum(rows.map((row) => row.disputes_won));
    const decided = won + sum(rows.map((row) => row.disputes_lost));
    return [decided ? `${whole(won)} of ${plural(decided, "decided dispute", "decided disputes")} won in the months shown. ` : "", provisionalNote(rows) ?? ""];
  },
});

const MONITORS = [
  { id: "vamp", title: "Visa's monitoring (VAMP)", ratio: "vamp_ratio", status: "vamp_status", count: "visa_disputes",
    limits: [[0.015, "excessive from 1.5%", "bad"]], least: 1500, rule: "at least 1,500 disputes in a month and a ratio of 1.5%", base: "Visa disputes over Visa charges of the month" },
  { id: "ecm", title: "Mastercard's monitoring (ECM)", ratio: "ecm_ratio", status: "ecm_status", count: "mastercard_disputes",
    limits: [[0.015, "ECM from 1.5%", "warn"], [0.03, "high excess from 3%", "bad"]], least: 100, rule: "at least 100 disputes in a month and a ratio of 1.5%; high excess at 300 and 3%", base: "Mastercard disputes over the charges of the month before" },
];

/** The networks judge an account as a whole, so these charts never follow the chosen segment. */
const monitorCard = ({ id, title, ratio, status, count, limits, least, rule, base }) => {
  const rows = rowsFor("refunds_disputes_monthly", "all", "all").slice(-view.months);
  const last = newest(rows);
  const highest = Math.max(...limits.map(([limit]) => limit), ...rows.map((row) => row[ratio] ?? 0));
  return chartCard({
    id, title, subtitle: `${base}, the whole account`, source: "marts.refunds_disputes_monthly", height: 230,
    absent: absence("refunds_disputes_monthly", rows),
    summary: last && `${month(last.month)}: ${percentFine(last[ratio])} with ${plural(last[count] ?? 0, "dispute", "disputes")}.`,
    note: last && [el("span", { class: `chip ${last[status] === "ok" ? "good" : "bad"}` }, last[status] === "ok" ? "within the limits" : words(last[status] ?? "unknown")),
      ` ${month(last.month)}: ${plural(last[count] ?? 0, "dispute", "disputes")}, ${percentFine(last[ratio])}. The programme needs ${rule}${(last[count] ?? 0) < least && last[ratio] >= limits[0][0] ? "; the ratio is above the line, the number of disputes is not" : ""}.`],
    option: () => ({
      tooltip: axisTip(percentFine),
      xAxis: monthAxis(rows.map((row) => row.month)),
      yAxis: valueAxis(percentShort, { min: 0, max: Math.ceil(highest * 1.15 * 200) / 200 }),
      series: limits.map(([limit, label, role], i) =>
        line(i === 0 ? "Ratio" : label, "c1", i === 0 ? rows.map((row) => row[ratio]) : [], { markLine: threshold(limit, label, role) })),
    }),
    table: () => ({
      columns: ["Month", "Disputes", "Ratio", "Status"].map((label, i) => ({ label, number: i > 0 && i < 3 })),
      rows: [...rows].reverse().map((row) => [month(row.month), whole(row[count]), percentFine(row[ratio]), row[status] ?? ABSENT]),
    }),
  });
};

const LEDGER = [["gross_volume", "Gross volume", "c1"], ["refunds", "Refunds", "c2"], ["disputes", "Disputes", "churn"], ["fees", "Fees", "other"], ["other", "Other", "c4"]];

const ledgerCard = () => {
  const monthOf = (row) => `${row.year}-${String(row.month_of_year).padStart(2, "0")}-01`;
  const ended = (row) => report.frame.lastMonth === null || monthOf(row) <= report.frame.lastMonth;
  const rows = rowsFor("revenue_monthly", view.segment, view.value).filter(ended).slice(-view.months);
  const last = newest(rows);
  return chartCard({
    id: "ledger", title: "What came in", subtitle: `Stripe's ledger by month in settled amounts, ${viewName()}, ${currency}`, source: "marts.revenue_daily", wide: true,
    absent: absence("revenue_monthly", rows),
    summary: last && `${month(monthOf(last))}: ${LEDGER.map(([key, name]) => `${name} ${money(last[key])}`).join(", ")}, net ${money(last.net)}.`,
    note: rows.length ? ["Fees took ", el("b", {}, percentFine(-sum(rows.map((row) => row.fees)) / sum(rows.map((row) => row.gross_volume)))), " of the gross volume in the months shown."] : null,
    option: () => ({
      tooltip: axisTip(money),
      xAxis: { ...monthAxis(rows.map(monthOf)), axisLine: { onZero: false, lineStyle: { color: colour("line") } } },
      yAxis: valueAxis(moneyShort),
      series: [
        ...LEDGER.map(([key, name, role]) => bar(name, role, rows.map((row) => row[key]), { stack: "ledger" })),
        line("Net", "ink", rows.map((row) => row.net), { lineStyle: { width: 1.4 } }),
      ],
    }),
    table: () => ({
      columns: ["Month", ...LEDGER.map(([, name]) => name), "Net", "Paid out"].map((label, i) => ({ label, number: i > 0 })),
      rows: [...rows].reverse().map((row) => [month(monthOf(row)), ...LEDGER.map(([key]) => moneyExact(row[key])), moneyExact(row.net), moneyExact(row.payouts)]),
    }),
  });
};
