// This account beside published figures of others.

const METRICS = {
  customer_churn_rate: "Customer churn in the month",
  nrr_12m: "Net revenue retention, 12 months",
  customer_retention_12m: "Customers retained, 12 months",
  trial_conversion_rate: "Trial to paid",
  refund_rate: "Refunds per charge",
  dispute_rate: "Disputes per charge",
};

const POSITIONS = {
  top_decile: ["in the best tenth", "good"],
  top_quarter: ["in the best quarter", "good"],
  above_median: ["better than the middle", "good"],
  below_median: ["worse than the middle", "warn"],
  below_top_quarter: ["not in the best quarter", ""],
  bottom_quarter: ["in the worst quarter", "bad"],
  unknown: ["not comparable", ""],
};

/** A table and no chart: the figures are of different kinds and from different years. */
const benchmarkCard = () => {
  const rows = rowsOf("benchmark_position");
  const absent = absence("benchmark_position", rows);
  const sample = ({ year, companies }) =>
    [companies === null ? null : `${whole(companies)} companies`, year].filter((part) => part !== null).join(", ");
  const position = ({ position: name, reason }) => {
    const [text, tone] = POSITIONS[name] ?? [words(name), ""];
    return el("span", {}, el("span", { class: `chip ${tone}` }, text), reason ? el("span", { class: "muted" }, ` ${reason}`) : null);
  };
  return tableCard({
    id: "benchmarks", title: "Compared with others",
    subtitle: "The newest figures of all customers beside what others published of theirs; a position only where both measure the same",
    absent,
    body: () => dataTable({ label: "Benchmarks", open: true,
        columns: [{ label: "Measure" }, { label: "Here", number: true }, { label: "Position" }, { label: "Published" }, { label: "Of whom" }, { label: "What is measured" }, { label: "Source" }],
        rows: rows.map((row) => [METRICS[row.metric] ?? sentence(row.metric),
          el("span", { title: row.month ? month(row.month) : "" }, percentFine(row.value)),
          position(row), row.published, el("span", {}, row.population, el("span", { class: "muted" }, ` ${sample(row)}`)),
          row.definition, el("span", { class: "muted" }, row.source)]) }),
  });
};
