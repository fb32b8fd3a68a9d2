// What brought customers, by model of attribution, and the ways on which they came.

const MODELS = [
  ["first", "First visit", "c1"], ["last", "Last visit", "c2"], ["linear", "Linear", "c3"], ["position", "Position", "c4"],
  ["time_decay", "Time decay", "c5"], ["markov", "Markov", "c6"], ["shapley", "Shapley", "c7"],
];

/** How many minor units a unit of the currency has. */
const MINOR_UNITS = 10 ** report.frame.minorDigits;

const ofModel = (channel, model, key) => sum(rowsOf("attribution").filter((row) => row.channel === channel && row.model === model).map((row) => row[key]));

const cacOf = (channel, model) => {
  const customers = ofModel(channel, model, "customers");
  const spend = ofModel(channel, model, "spend_minor");
  return customers > 0 && spend > 0 ? spend / customers / MINOR_UNITS : null;
};

/** Channels by what the last visit brought, most first. */
const attributedChannels = () => [...new Set(rowsOf("attribution").map((row) => row.channel))]
  .sort((a, b) => ofModel(b, "last", "customers") - ofModel(a, "last", "customers") || a.localeCompare(b));

const attributionTable = () => ({
  columns: ["Channel", "Spend", ...MODELS.flatMap(([, name]) => [name, "Cost"])].map((label, i) => ({ label, number: i > 0 })),
  rows: attributedChannels().map((channel) => [words(channel), money(ofModel(channel, "last", "spend_minor") / MINOR_UNITS),
    ...MODELS.flatMap(([model]) => [decimal(ofModel(channel, model, "customers")), moneyExact(cacOf(channel, model))])]),
});

const broughtCard = () => {
  const channels = attributedChannels();
  const best = (model) => [...channels].sort((a, b) => ofModel(b, model, "customers") - ofModel(a, model, "customers"))[0];
  return chartCard({
    id: "brought", title: "Customers by channel and model", subtitle: "New customers of the newest twelve months, divided among the visits before their first payment; all customers", wide: true,
    source: "marts.attribution_monthly",
    absent: absence("attribution", rowsOf("attribution")),
    summary: channels.length ? `Most by the last visit: ${words(best("last"))}; by the first: ${words(best("first"))}; by Markov: ${words(best("markov"))}.` : "",
    note: "Every model divides the same customers. None of them knows who would have come anyway.",
    option: () => ({
      tooltip: axisTip(decimal, words),
      xAxis: { type: "category", data: channels, splitLine: { show: false }, axisLabel: { formatter: (channel) => words(channel) } },
      yAxis: valueAxis(wholeShort),
      series: MODELS.map(([model, name, role]) => bar(name, role, channels.map((channel) => ofModel(channel, model, "customers")))),
    }),
    table: attributionTable,
  });
};

const costOfChannelsCard = () => {
  const channels = attributedChannels().filter((channel) => ofModel(channel, "last", "spend_minor") > 0);
  return chartCard({
    id: "cost-of-channels", title: "Cost of a customer by channel and model", subtitle: "Spend of the newest twelve months / the customers that the model gives the channel; all customers", wide: true,
    source: "marts.attribution_monthly",
    absent: absence("attribution", rowsOf("attribution")) ?? (channels.length ? null : "No spend on marketing is recorded."),
    summary: channels.map((channel) => `${words(channel)}: ${money(ofModel(channel, "last", "spend_minor") / MINOR_UNITS)} spent, ${moneyExact(cacOf(channel, "last"))} by the last visit, ${moneyExact(cacOf(channel, "markov"))} by Markov`).join("; "),
    option: () => ({
      tooltip: axisTip(moneyExact, (channel) => `${words(channel)}: ${money(ofModel(channel, "last", "spend_minor") / MINOR_UNITS)} spent`),
      xAxis: { type: "category", data: channels, splitLine: { show: false }, axisLabel: { formatter: (channel) => words(channel) } },
      yAxis: valueAxis(moneyShort),
      series: MODELS.map(([model, name, role]) => bar(name, role, channels.map((channel) => cacOf(channel, model)))),
    }),
    table: attributionTable,
  });
};

const PAID = "paid";

/** The last visits before a first payment, from left to right; each step is a column. */
const waysCard = () => {
  const rows = rowsOf("ways");
  const steps = Math.max(0, ...rows.map((row) => row.back));
  const place = (back, channel) => (back === 0 ? PAID : `${back} ${channel}`);
  const text = (name) => (name === PAID ? "Paid" : words(name.slice(name.indexOf(" ") + 1)));
  const roles = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"];
  const channels = [...new Set(rows.map((row) => row.channel))].sort();
  const links = rows.map(({ back, channel, next_channel: next, conversions }) => ({ source: place(back, channel), target: place(back - 1, next), value: conversions }));
  return chartCard({
    id: "ways", title: "Ways to the first payment", subtitle: `The last ${steps || 4} visits before it, from left to right, of all first payments; who came by fewer begins further right`, wide: true, height: 380, minWidth: 560,
    source: "facts.fct_touchpoints",
    absent: absence("ways", rows),
    summary: [...rows].sort((a, b) => b.conversions - a.conversions).slice(0, 5).map((row) => `${words(row.channel)} to ${row.back === 1 ? "the payment" : words(row.next_channel)} ${whole(row.conversions)}`).join(", "),
    option: () => ({
      tooltip: { formatter: ({ dataType, data: at, value }) => tip(dataType === "edge" ? `${text(at.source)} to ${text(at.target)}` : text(at.name), [{ name: "Conversions", value: whole(value) }]) },
      series: [{
        type: "sankey", left: 8, right: 60, top: 10, bottom: 10, nodeGap: 10, nodeWidth: 14, nodeAlign: "right", draggable: false, emphasis: { focus: "adjacency" },
        label: { color: colour("ink"), fontSize: 12, formatter: ({ name }) => text(name) },
        lineStyle: { color: "source", opacity: 0.35, curveness: 0.5 },
        data: [...new Set(links.flatMap(({ source, target }) => [source, target]))].map((name) => ({
          name, itemStyle: { color: colour(name === PAID ? "new" : roles[channels.indexOf(name.slice(name.indexOf(" ") + 1)) % roles.length]) },
        })),
        links,
      }],
    }),
    table: () => ({
      columns: ["Visits before the payment", "Channel", "Then", "Conversions"].map((label, i) => ({ label, number: i === 0 || i === 3 })),
      rows: rows.map((row) => [whole(row.back), words(row.channel), row.back === 1 ? "Paid" : words(row.next_channel), whole(row.conversions)]),
    }),
  });
};
