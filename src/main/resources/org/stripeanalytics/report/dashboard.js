// The dashboard: what is looked at is chosen at its top, and everything below is drawn from it.

const PERIODS = [["12", "12 months"], ["24", "24 months"], ["36", "36 months"], ["1000", "all months"]];

const dashboard = document.getElementById("page-dashboard");
let waterfallMonth = report.frame.lastMonth;
let cohortKind = "revenue";

const part = (id, title, text, ...cards) =>
  el("section", { class: "part", id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), el("p", {}, text), el("div", { class: "cards" }, cards));

const segmentSelect = () => {
  const id = (segment, value) => `${segment}|${value}`;
  const options = (segment) => valuesOf("mrr_monthly", segment).map((value) =>
    el("option", { value: id(segment, value), selected: segment === view.segment && value === view.value }, words(value)));
  return el("select", { id: "segment", on: { change: (event) => {
    const [segment, ...value] = event.target.value.split("|");
    look({ segment, value: value.join("|") });
  } } },
  el("option", { value: "all|all", selected: view.segment === "all" }, SEGMENTS.all),
  ["region", "channel", "initial_plan"].filter((segment) => options(segment).length > 0)
    .map((segment) => el("optgroup", { label: SEGMENTS[segment] }, options(segment))));
};

const periodSelect = () =>
  el("select", { id: "period", on: { change: (event) => look({ months: Number(event.target.value) }) } },
    PERIODS.map(([value, text]) => el("option", { value, selected: Number(value) === view.months }, text)));

const showWaterfall = (target) => {
  if (!target) return;
  waterfallMonth = target;
  refreshCard("waterfall", () => waterfallCard(waterfallMonth, showWaterfall));
};

const showCohorts = (kind) => {
  cohortKind = kind;
  refreshCard("cohorts", () => cohortCard(cohortKind, showCohorts));
};

/** Replaces one card and keeps the keyboard where it was. */
const refreshCard = (id, make) => {
  const old = document.getElementById(`card-${id}`);
  const controls = "button, select, input";
  const focused = [...old.querySelectorAll(controls)].indexOf(document.activeElement);
  const at = drawn.findIndex((card) => old.contains(card.div));
  if (at >= 0) drawn.splice(at, 1)[0].chart?.dispose();
  const fresh = make();
  old.replaceWith(fresh);
  const card = drawn.find((each) => fresh.contains(each.div));
  if (card) draw(card);
  if (focused >= 0) fresh.querySelectorAll(controls)[focused]?.focus();
};

const renderDashboard = () => {
  forgetAll();
  const focused = document.activeElement?.id;
  const { frame } = report;
  dashboard.replaceChildren(
    el("div", { class: "heading" },
      el("h1", {}, frame.lastMonth ? `${monthLong(frame.lastMonth)}, ${viewName()}` : "No figures yet"),
      el("div", { class: "controls" },
        el("label", {}, "Customers", segmentSelect()),
        el("label", {}, "Charts show", periodSelect()))),
    stateStrip(),
    headlines(),
    part("revenue", "Recurring revenue", "What customers pay each month for subscriptions that count, discounts taken off as the policies say, taxes and one-time charges left out.",
      mrrCard(), waterfallCard(waterfallMonth, showWaterfall), movementsCard(showWaterfall)),
    part("retention", "Churn and retention", "A customer has left when nothing recurring is left of all their subscriptions.",
      churnCard(), churnKindsCard(), retainedRevenueCard(), cohortCard(cohortKind, showCohorts), stagesCard(), wentCard(), flowsCard()),
    part("predictions", "Who may leave, and what will come", "Each month is scored by models that had seen only what happened before it; whoever has announced to leave is not predicted. Of all customers.",
      riskCard(), predictedCard(), calibrationCard(), evaluationCard(), forecastCard(), lifetimeCard()),
    part("acquisition", "Winning customers", "Each stage belongs to the month of the signup, whenever it happened.",
      funnelCard(), conversionCard(), acquisitionCostCard()),
    part("attribution", "What brought customers", "Visits within the look-back before a first payment, and what each model of attribution gives their channels.",
      broughtCard(), costOfChannelsCard(), waysCard()),
    part("relations", "Sales and support", "Deals and tickets of other sources, brought to customers by who is who; what is nobody's is counted as unresolved.",
      ticketsCard(), firstResponseCard(), badTicketsCard(), dealsCard(), coverageCard()),
    part("payments", "Payments", "All attempts of an invoice count in the month of the first.",
      recoveryCard(), paymentRatesCard(), declineCodesCard()),
    part("refunds-disputes", "Refunds and disputes", "By the month in which they happened, and by the month of the charge they are of.",
      refundsCard(), disputesCard(), MONITORS.map(monitorCard)),
    part("cash", "Cash", "What Stripe booked; unlike MRR it moves with billing dates.", ledgerCard()),
    part("segments", "Where MRR comes from", "A customer's segments never change. Choose a value to see the whole dashboard for it.",
      ["region", "channel", "initial_plan"].map((segment) => segmentCard(segment, pick)), countryCard()),
    part("anomalies", "What stood out", "Daily figures are held against the same weekday of the weeks before, and against the same day of the months before.", anomalyCard()),
    part("deliveries", "How fresh the figures are", ["An event is in the figures when the run that ingested its webhook and the transform after it have ended.", liveReach()], deliveryCard()),
    part("restatements", "What was changed afterwards", "Published figures that a later run changed, because of late data, other options or another version.", restatementCard()),
    part("benchmarks", "Where that puts us", "Published figures differ in whom they count and how; the position is a hint and no verdict.", benchmarkCard()));
  drawAll();
  if (focused) document.getElementById(focused)?.focus();
};

const look = (change) => {
  Object.assign(view, change);
  renderDashboard();
};

const pick = (segment, value) => {
  look({ segment, value });
  document.getElementById("segment").focus();
  scrollTo(0, 0);
};
