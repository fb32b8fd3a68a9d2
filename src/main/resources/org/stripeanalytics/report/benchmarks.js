// This account beside published figures of others.

const METRICS = {
  customer_churn_rate: "Customer churn in the month",
  nrr_12m: "Net revenue retention, 12 months",
  trial_conversion_rate: "Trial to paid",
  refund_rate: "Refunds per charge",
  dispute_rate: "Disputes per charge",
};

const POSITIONS = {
  top_quarter: ["in the best quarter", "good"],
  above_median: ["better than the middle", "good"],
  below_median: ["worse than the middle", "warn"],
  bottom_quarter: ["in the worst quarter", "bad"],
  unknown: ["not comparable", ""],
};

/** A table and no chart: the figures are of different kinds and from different years. */
const benchmarkCard = () => {
  const rows = rowsOf("benchmark_position");
  const absent = absence("benchmark_position", rows);
  const published = ({ p25, p50, p75 }) =>
    [["lower quarter", p25], ["middle", p50], ["upper quarter", p75]].filter(([, value]) => value !== null)
      .map(([name, value]) => `${name} ${percentFine(value)}`).join(", ");
  return el("figure", { class: "card wide", id: "card-benchmarks" },
    el("figcaption", {}, el("h3", {}, "Compared with others"), el("p", { class: "sub" }, "The newest figures of all customers beside what others published of theirs")),
    absent ? el("p", { class: "empty" }, absent)
      : dataTable({ label: "Benchmarks", open: true,
        columns: [{ label: "Measure" }, { label: "Here", number: true }, { label: "Position" }, { label: "Others" }, { label: "Who they are" }, { label: "Source" }],
        rows: rows.map((row) => {
          const [text, tone] = POSITIONS[row.position] ?? [words(row.position), ""];
          return [METRICS[row.metric] ?? sentence(row.metric), el("span", { title: row.month ? month(row.month) : "" }, percentFine(row.value)),
            el("span", { class: `chip ${tone}` }, text), published(row), row.population, el("span", { class: "muted" }, row.source)];
        }) }));
};
