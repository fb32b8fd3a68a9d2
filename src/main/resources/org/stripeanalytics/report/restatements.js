// Published figures of past periods that later runs have changed, and why.

const CAUSES = {
  options: ["other options", "warn"],
  code: ["other version", "warn"],
  late_data: ["late data", "warn"],
  new_data: ["later data", ""],
  unexplained: ["unexplained", "bad"],
};

const MOST_RESTATEMENTS = 12;

const figure = formatter({ maximumFractionDigits: 4 });

const noRestatements = () => {
  const { problem } = report.marts.restatements;
  return problem ? absence("restatements", []) : "No run has changed a figure that was published before.";
};

/** A month's figure is that of its first day. */
const periodOf = ({ mart, period }) => (mart.endsWith("_daily") ? day(period) : month(period));

const restatementCard = () => {
  const changed = rowsOf("restatements");
  return tableCard({
    id: "restatements", title: "Changed figures",
    subtitle: changed.length > MOST_RESTATEMENTS
        ? `The newest ${MOST_RESTATEMENTS} of ${whole(changed.length)}${changed.length === 500 ? " or more" : ""}, of all customers`
        : "Of all customers",
    absent: changed.length === 0 ? noRestatements() : null,
    body: () => dataTable({ label: "Changed figures", open: true,
        columns: [{ label: "Of" }, { label: "Figure" }, { label: "Was", number: true }, { label: "Is", number: true }, { label: "Changed" }, { label: "Why" }, { label: "Explanation" }],
        rows: changed.slice(0, MOST_RESTATEMENTS).map((row) => {
          const [text, tone] = CAUSES[row.caused_by] ?? [words(row.caused_by), ""];
          return [periodOf(row), el("span", {}, `${sentence(row.column_name)}, `, tableLink(row.mart)),
            figure(row.old_value), figure(row.new_value), moment(row._ingested_at),
            el("span", { class: `chip ${tone}` }, text), el("span", { class: "muted" }, row.explanation)];
        }) }),
  });
};
