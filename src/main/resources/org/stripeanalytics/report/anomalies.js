// Days on which a watched figure lay outside of what the weeks before let one expect.

const WATCHED = {
  mrr_change: ["MRR gained or lost", money],
  signups: ["Signups", whole],
  payment_failures: ["Failed payments", whole],
  refunds: ["Refunds", whole],
  rows: ["Rows loaded", whole],
};

const MOST_ANOMALIES = 12;

const watchedName = ({ metric, subject }) => {
  const [name] = WATCHED[metric] ?? [sentence(metric)];
  return subject === "all" ? name : [`${name}: `, tableLink(subject)];
};

/** Why there is nothing to list: no judgement at all, or nothing to object to. */
const noAnomalies = () => {
  const problem = report.marts.metric_anomalies.problem;
  if (problem) return absence("metric_anomalies", []);
  const judged = report.tables.find((table) => table.name === "marts.metric_anomalies")?.rows;
  return judged ? "Every day of the last year lay where the weeks before let one expect it."
    : "No data: marts.metric_anomalies is empty. A day is judged once five weeks lie before it.";
};

const anomalyCard = () => {
  const found = rowsOf("metric_anomalies").slice().reverse();
  return tableCard({
    id: "anomalies", title: "Unusual days",
    subtitle: found.length > MOST_ANOMALIES
        ? `The newest ${MOST_ANOMALIES} of ${whole(found.length)} in the last year, of all customers`
        : "The last year, of all customers",
    absent: found.length === 0 ? noAnomalies() : null,
    body: () => dataTable({ label: "Unusual days", open: true,
        columns: [{ label: "Day" }, { label: "Figure" }, { label: "Was", number: true }, { label: "Expected", number: true }, { label: "Severity" }],
        rows: found.slice(0, MOST_ANOMALIES).map((row) => {
          const [, format] = WATCHED[row.metric] ?? [null, whole];
          return [day(row.day), el("span", {}, watchedName(row)), format(row.value),
            `${format(row.expected_low)} to ${format(row.expected_high)}`,
            el("span", { class: `chip ${row.severity === "critical" ? "bad" : "warn"}` }, row.severity)];
        }) }),
  });
};
