// Who may leave, and how right such predictions have been.

const RISKS = { any: "Leaving at all", voluntary: "Of their own accord", involuntary: "Failed or disputed payment" };

const BANDS = { high: "bad", elevated: "warn", low: "good" };

/** What moves a prediction most, as words with what they multiply the odds by. */
const because = (contributions) =>
  (contributions ?? []).map(({ words: known, odds_factor }) => `${known} (${times(odds_factor)})`).join("; ") || ABSENT;

const riskCard = () => {
  const rows = rowsOf("customers_at_risk");
  const absent = absence("customers_at_risk", rows);
  const last = newest(rowsOf("predicted_leaving"));
  return tableCard({
    id: "risk", title: "Customers who put most at risk",
    subtitle: last
        ? `By MRR times the probability of leaving within a month, from the end of ${monthLong(last.month)}; in brackets what each fact multiplies the odds by`
        : "By MRR times the probability of leaving within a month",
    absent,
    body: () => [dataTable({ label: "Customers who put most at risk", open: true,
        columns: [{ label: "Customer" }, { label: "MRR", number: true }, { label: "Within a month", number: true }, { label: "At risk", number: true }, { label: "Risk" }, { label: "Because of" }],
        rows: rows.map((row) => [el("span", { class: "mono" }, row.customer_id), moneyExact(row.mrr), percent(row.p_1m), moneyExact(row.mrr_at_risk),
          el("span", { class: `chip ${BANDS[row.band] ?? ""}` }, row.band), because(row.contributions)]) }),
      last ? el("p", { class: "note" }, el("b", {}, money(last.mrr_at_risk)), ` of MRR is expected to leave within a month, of ${plural(last.scored, "customer", "customers")}; `,
        el("b", {}, money(last.mrr_announced)), ` more belongs to ${plural(last.announced, "customer who has", "customers who have")} announced to leave.`) : null],
  });
};

const predictedCard = () => {
  const rows = rowsOf("predicted_leaving").filter((row) => row.scored > 0);
  const known = newest(rows.filter((row) => row.left_1m !== null));
  return chartCard({
    id: "predicted", title: "Predicted and what came", subtitle: "Customers who leave within the next month, of those who had not announced it",
    source: "marts.churn_risk",
    absent: absence("predicted_leaving", rows),
    summary: known && `${month(known.month)}: ${whole(known.expected_to_leave)} were expected to leave, ${whole(known.left_1m)} left.`,
    option: () => ({
      tooltip: axisTip(decimal),
      xAxis: monthAxis(rows.map((row) => row.month)),
      yAxis: valueAxis(wholeShort, { min: 0 }),
      series: [
        bar("Left", "churn", rows.map((row) => row.left_1m)),
        line("Predicted", "c1", rows.map((row) => row.expected_to_leave)),
      ],
    }),
    table: () => ({
      columns: ["From the end of", "Customers", "Predicted to leave", "Left"].map((label, i) => ({ label, number: i > 0 })),
      rows: [...rows].reverse().map((row) => [month(row.month), whole(row.scored), decimal(row.expected_to_leave), whole(row.left_1m)]),
    }),
  });
};

const calibrationCard = () => {
  const row = rowsOf("model_evaluation").find(({ risk, horizon_months }) => risk === "any" && horizon_months === 1);
  const tenths = row?.tenths ?? [];
  return chartCard({
    id: "calibration", title: "Are the probabilities right?", subtitle: "The model of leaving within a month; customers in tenths by prediction, the diagonal is right",
    source: "marts.model_evaluation",
    absent: absence("model_evaluation", tenths),
    summary: row && `Of the tenth with the highest predictions ${percent(tenths[9].predicted)} were expected to leave and ${percent(tenths[9].observed)} left.`,
    option: () => {
      const most = Math.max(...tenths.map(({ predicted, observed }) => Math.max(predicted, observed)));
      return {
        tooltip: { formatter: ({ data }) => tip("A tenth of the customers", [{ name: "Predicted", value: percentFine(data[0]) }, { name: "Left", value: percentFine(data[1]) }]) },
        xAxis: valueAxis(percentShort, { name: "predicted", nameLocation: "middle", nameGap: 24, min: 0 }),
        yAxis: valueAxis(percentShort, { min: 0 }),
        grid: { bottom: 26 },
        series: [
          { type: "line", name: "Right", data: [[0, 0], [most, most]], symbol: "none", silent: true, itemStyle: { color: colour("muted") }, lineStyle: { color: colour("muted"), type: "dashed", width: 1.4 } },
          { type: "scatter", name: "Left", data: tenths.map(({ predicted, observed }) => [predicted, observed]), symbolSize: 9, itemStyle: { color: colour("c1") } },
        ],
      };
    },
    table: () => ({
      columns: ["Tenth", "Predicted", "Left"].map((label, i) => ({ label, number: i > 0 })),
      rows: tenths.map(({ tenth, predicted, observed }) => [String(tenth), percentFine(predicted), percentFine(observed)]),
    }),
  });
};

const two = formatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

const evaluationCard = () => {
  const rows = rowsOf("model_evaluation");
  const absent = absence("model_evaluation", rows);
  const baselines = ({ gates }) => (gates ?? []).filter(({ published }) => published === "baseline").length;
  return tableCard({
    id: "evaluation", title: "How wrong the predictions were",
    subtitle: "An AUC of 0.5 is guessing and 1 is certainty; the calibration slope and a lift above 1 are read beside it. Tenure alone is the baseline",
    absent,
    body: () => [dataTable({ label: "How wrong the predictions were", open: true,
        columns: [{ label: "Within" }, { label: "Event" }, { label: "Predictions", number: true }, { label: "Events", number: true }, { label: "AUC", number: true }, { label: "AUC of tenure", number: true },
          { label: "Calibration slope", number: true }, { label: "Calibration error", number: true }, { label: "Lift of the top tenth", number: true }, { label: "Shown" }],
        rows: rows.map((row) => [plural(row.horizon_months, "month", "months"), RISKS[row.risk] ?? sentence(row.risk), whole(row.customer_months), whole(row.events), two(row.auc), two(row.baseline_auc),
          two(row.calibration_slope), percentFine(row.ece), times(row.lift_10),
          el("span", { class: `chip ${row.published === "model" ? "good" : "warn"}`, title: row.reason }, row.published)]) }),
      el("p", { class: "note" }, [...new Set(rows.filter((row) => row.risk === "any").map((row) => `Within ${plural(row.horizon_months, "month", "months")}: ${row.reason}.` +
        (baselines(row) > 0 ? ` ${baselines(row)} of ${row.gates.length} months show the baseline, by what was known at their ends.` : "")))].join(" "))],
  });
};

const forecastCard = () => {
  const ahead = rowsOf("mrr_forecast");
  const past = rowsFor("mrr_monthly", "all", "all").slice(-12);
  const months = [...past, ...ahead].map((row) => row.month);
  const last = newest(ahead);
  const later = (key) => [...past.map(() => null), ...ahead.map((row) => row[key])];
  return chartCard({
    id: "forecast", title: "MRR of the next twelve months", subtitle: "All customers at the end of each month; between the outer lines with 90 %",
    source: "marts.mrr_forecast", wide: true,
    absent: absence("mrr_forecast", ahead),
    summary: last && `${month(last.month)}: ${money(last.mrr)}, between ${money(last.mrr_low)} and ${money(last.mrr_high)}.`,
    option: () => ({
      tooltip: axisTip(money),
      xAxis: monthAxis(months),
      yAxis: valueAxis(moneyShort, { min: 0 }),
      series: [
        line("MRR", "c1", [...past.map((row) => row.mrr_end), ...ahead.map(() => null)]),
        line("Expected", "c3", later("mrr")),
        line("Low", "muted", later("mrr_low"), { lineStyle: { type: "dashed", width: 1.4, color: colour("muted") } }),
        line("High", "muted", later("mrr_high"), { lineStyle: { type: "dashed", width: 1.4, color: colour("muted") } }),
      ],
    }),
    table: () => ({
      columns: ["Month", "Low", "Expected", "High"].map((label, i) => ({ label, number: i > 0 })),
      rows: ahead.map((row) => [month(row.month), money(row.mrr_low), money(row.mrr), money(row.mrr_high)]),
    }),
  });
};

const off = (rows, key) => signed(percent)(sum(rows.map((row) => row[key])) / sum(rows.map((row) => row.revenue_actual)) - 1);

/** Forecasts of a year ago, which have come true or not. */
const lifetimeCard = () => {
  const rows = rowsOf("ltv_forecast");
  const absent = absence("ltv_forecast", rows);
  return tableCard({
    id: "lifetime", title: "Revenue of the first twelve months",
    subtitle: "Cohorts by what would have been forecast a year ago, and what came",
    absent,
    body: () => [dataTable({ label: "Revenue of the first twelve months", open: true,
        columns: [{ label: "Cohort" }, { label: "Customers", number: true }, { label: "Forecast", number: true }, { label: "Between (90 %)", number: true }, { label: "Came", number: true }, { label: "Retention curve alone", number: true }, { label: "ARPA over churn", number: true }],
        rows: rows.map((row) => [month(row.cohort_month), whole(row.customers), money(row.revenue), `${money(row.revenue_low)} and ${money(row.revenue_high)}`, money(row.revenue_actual), money(row.curve_revenue), money(row.arpa_over_churn_revenue)]) }),
      el("p", { class: "note" }, "In total the forecast was off by ", el("b", {}, off(rows, "revenue")), ", a retention curve alone by ", el("b", {}, off(rows, "curve_revenue")), ", ARPA over churn by ", el("b", {}, off(rows, "arpa_over_churn_revenue")), ".")],
  });
};
