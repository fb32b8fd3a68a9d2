// How long webhooks took from the edge to the tables, run by run.

const MOST_DELIVERY_RUNS = 12;

const duration = (seconds) => {
  if (seconds === null || Number.isNaN(seconds)) return ABSENT;
  if (seconds < 120) return `${whole(seconds)} s`;
  if (seconds < 7200) return `${whole(seconds / 60)} min`;
  return seconds < 172800 ? `${decimal(seconds / 3600)} h` : `${decimal(seconds / 86400)} days`;
};

/** The time from one moment to another; half of a run's webhooks arrived after its median. */
const between = (earlier, later) =>
  duration(earlier && later ? (Date.parse(later) - Date.parse(earlier)) / 1000 : null);

const noDeliveries = () => {
  const { problem } = report.marts.deliveries;
  return problem ? absence("deliveries", [])
    : "No webhook was received: ops.deliveries is empty. Only webhooks fill it (scripts/webhooks); imports do not.";
};

/** How far the figures of the open month reach; nothing where no transform has said so yet. */
const liveReach = () => {
  const [live] = rowsOf("live_figures");
  if (!live || !live.newest_event_at) return null;
  return el("span", { id: "live-reach" },
    ` The live figures are as of the event of ${moment(live.newest_event_at)}, ${plural(live.events_behind, "stored event was", "stored events were")} not counted yet.`);
};

const deliveryCard = () => {
  const runs = rowsOf("deliveries");
  return tableCard({
    id: "deliveries", title: "Webhooks",
    subtitle: "From the edge to raw.events for half of a run's webhooks, for 95 in 100 of them, and for all; and to the marts",
    absent: runs.length === 0 ? noDeliveries() : null,
    body: () => dataTable({ label: "Webhooks", open: true,
        columns: [{ label: "Ingested" }, { label: "Webhooks", number: true }, { label: "P50", number: true }, { label: "P95", number: true }, { label: "Longest", number: true }, { label: "P95 to the marts", number: true }],
        rows: runs.slice(0, MOST_DELIVERY_RUNS).map((run) => [
          moment(run.ingested_at), whole(run.deliveries),
          between(run.median_received_at, run.ingested_at), between(run.p5_received_at, run.ingested_at),
          between(run.first_received_at, run.ingested_at), between(run.p5_received_at, run.in_marts_at)]) }),
  });
};
