// What sales and support have to do with customers, and how many of those they know are recognised.

const RULES = [
  ["explicit_id", "By id", "c1"], ["merged", "Merged with one known", "c7"], ["email", "Same address", "c3"],
  ["known_email", "Address known elsewhere", "c5"], ["email_without_tag", "Address without tag", "c6"],
  ["company", "By company", "c2"], ["people", "By its people", "c8"], ["domain", "By domain", "c4"], ["unresolved", "Unresolved", "other"],
];

const ticketsCard = () => {
  const rows = rowsInView("support_load_monthly");
  const last = newest(rows);
  return chartCard({
    id: "tickets", title: "Tickets", subtitle: `Tickets and conversations by the month they were asked in, ${viewName()}`, source: "marts.support_load_monthly",
    absent: absence("support_load_monthly", rows),
    summary: last && `${month(last.month)}: ${plural(last.tickets, "ticket", "tickets")}, ${whole(last.tickets_bad)} of them bad, ${decimal(last.tickets_per_customer)} per customer with MRR.`,
    note: last && sum(rows.map((row) => row.tickets_unresolved)) > 0 ? `${whole(sum(rows.map((row) => row.tickets_unresolved)))} of them belong to no customer, or to several.` : null,
    option: () => ({
      tooltip: axisTip(whole),
      xAxis: monthAxis(rows.map((row) => row.month)),
      yAxis: valueAxis(wholeShort, { minInterval: 1 }),
      series: [
        bar("Bad: rated so, or answered late", "churn", rows.map((row) => row.tickets_bad), { stack: "tickets" }),
        bar("Others", "c3", rows.map((row) => row.tickets - row.tickets_bad), { stack: "tickets" })],
    }),
    table: () => ({
      columns: ["Month", "Tickets", "Bad", "Unresolved", "Per customer"].map((label, i) => ({ label, number: i > 0 })),
      rows: [...rows].reverse().map((row) => [month(row.month), whole(row.tickets), whole(row.tickets_bad), whole(row.tickets_unresolved), decimal(row.tickets_per_customer)]),
    }),
  });
};

const firstResponseCard = () => {
  const rows = rowsInView("support_load_monthly");
  const last = newest(rows);
  const hours = (minutes) => (minutes === null ? null : minutes / 60);
  const format = (value) => (value === null || value === undefined ? ABSENT : `${decimal(value)} h`);
  return chartCard({
    id: "first-response", title: "First response", subtitle: `Hours until the first answer, nights and weekends included, ${viewName()}`, source: "marts.support_load_monthly",
    absent: absence("support_load_monthly", rows),
    summary: last && `${month(last.month)}: half within ${format(hours(last.first_response_minutes_median))}, nine of ten within ${format(hours(last.first_response_minutes_p90))}.`,
    option: () => ({
      tooltip: axisTip(format),
      xAxis: monthAxis(rows.map((row) => row.month)),
      yAxis: valueAxis((value) => `${whole(value)} h`),
      series: [
        line("Nine of ten", "c2", rows.map((row) => hours(row.first_response_minutes_p90))),
        line("Median", "c1", rows.map((row) => hours(row.first_response_minutes_median)))],
    }),
    table: () => ({
      columns: ["Month", "Answered", "Median", "Nine of ten"].map((label, i) => ({ label, number: i > 0 })),
      rows: [...rows].reverse().map((row) => [month(row.month), whole(row.tickets_answered), format(hours(row.first_response_minutes_median)), format(hours(row.first_response_minutes_p90))]),
    }),
  });
};

/** Twelve months together: single months have too few bad tickets to say anything. */
const afterBadTickets = () => {
  const known = rowsFor("support_load_monthly", view.segment, view.value).filter((row) => row.churned_with_bad_ticket !== null);
  const rate = (rows, lost, all) => {
    const customers = sum(rows.map((row) => row[all]));
    return { customers, rate: customers ? sum(rows.map((row) => row[lost])) / customers : null };
  };
  return known.map((row, i) => {
    const year = known.slice(Math.max(0, i - 11), i + 1);
    return { month: row.month,
      bad: rate(year, "churned_with_bad_ticket", "customers_with_bad_ticket"),
      others: rate(year, "churned_without_bad_ticket", "customers_without_bad_ticket") };
  }).slice(-view.months);
};

const badTicketsCard = () => {
  const rows = afterBadTickets();
  const last = newest(rows);
  return chartCard({
    id: "bad-tickets", title: "Lost within 90 days", at: last?.month, since: last && addMonths(last.month, -11), subtitle: `Of customers with a bad ticket and of those without, twelve months together, ${viewName()}`, source: "marts.support_load_monthly",
    absent: absence("support_load_monthly", rowsInView("support_load_monthly")) ?? (rows.length ? null : "Not known yet: 90 days have not passed after any month."),
    summary: last && `Twelve months to ${month(last.month)}: ${percent(last.bad.rate)} of ${whole(last.bad.customers)} after a bad ticket, ${percent(last.others.rate)} without one.`,
    note: "It shows no cause: who is about to leave may also ask more.",
    option: () => ({
      tooltip: axisTip(percent),
      xAxis: monthAxis(rows.map((row) => row.month)),
      yAxis: valueAxis(percentShort, { min: 0 }),
      series: [
        line("After a bad ticket", "churn", rows.map((row) => row.bad.rate)),
        line("Without one", "c3", rows.map((row) => row.others.rate))],
    }),
    table: () => ({
      columns: ["Twelve months to", "With a bad ticket", "Lost", "Months of others", "Lost"].map((label, i) => ({ label, number: i > 0 })),
      rows: [...rows].reverse().map((row) => [month(row.month), whole(row.bad.customers), percent(row.bad.rate), whole(row.others.customers), percent(row.others.rate)]),
    }),
  });
};

const DEALS = [
  ["deals_paid_before", "Paid before", "c7"], ["deals_paid_within", "Paid within the days", "c3"], ["deals_paid_later", "Paid later", "c2"],
  ["deals_unpaid", "Not paid", "churn"], ["deals_unresolved", "Unresolved", "other"],
];

const dealsCard = () => {
  const rows = rowsOf("pipeline_to_revenue_monthly");
  const months = [...new Set(rows.map((row) => row.month))].slice(-view.months);
  const of = (each, key) => sum(rows.filter((row) => row.month === each).map((row) => row[key]));
  const last = newest(rows);
  const sources = [...new Set(rows.map((row) => row.source))];
  return chartCard({
    id: "deals", title: "What became of won deals", subtitle: `Deals by the month they were won in, ${sources.length > 1 ? `${sources.map(words).join(" and ")} together, ` : ""}all customers`,
    source: "marts.pipeline_to_revenue_monthly",
    absent: absence("pipeline_to_revenue_monthly", rows),
    summary: last && `${month(last.month)}: ${DEALS.map(([key, name]) => `${name} ${whole(of(last.month, key))}`).join(", ")}.`,
    note: last && `By the customer's first payment: before the day of the win, within ${last.paid_within_days} days from it, or later. The same deal in two sources counts twice.`,
    option: () => ({
      tooltip: axisTip(whole),
      xAxis: monthAxis(months),
      yAxis: valueAxis(wholeShort, { minInterval: 1 }),
      series: DEALS.map(([key, name, role]) => bar(name, role, months.map((each) => of(each, key)), { stack: "deals" })),
    }),
    table: () => ({
      columns: ["Month", "Source", "Won", ...DEALS.map(([, name]) => name), "Median days", "MRR at month end"].map((label, i) => ({ label, number: i > 1 })),
      rows: rows.filter((row) => months.includes(row.month)).reverse().map((row) => [month(row.month), words(row.source), whole(row.deals_won),
        ...DEALS.map(([key]) => whole(row[key])), whole(row.days_to_payment_median), moneyExact(row.mrr_end)]),
    }),
  });
};

const coverageCard = () => {
  const rows = rowsOf("identity_coverage");
  const tables = [...new Set(rows.map((row) => row.object))];
  const of = (object, rule) => sum(rows.filter((row) => row.object === object && row.rule === rule).map((row) => row.identities));
  const all = (object) => sum(rows.filter((row) => row.object === object).map((row) => row.identities));
  const used = RULES.filter(([rule]) => rows.some((row) => row.rule === rule));
  const resolved = sum(rows.map((row) => row.identities)) - sum(rows.filter((row) => row.rule === "unresolved").map((row) => row.identities));
  return chartCard({
    id: "coverage", title: "Who is recognised", subtitle: "Rows of other sources by the rule that says which customer they are, share of each table", wide: true, height: 60 + 34 * Math.max(tables.length, 1),
    source: "intermediate.identities",
    absent: absence("identity_coverage", rows),
    summary: rows.length ? `${percent(resolved / sum(rows.map((row) => row.identities)))} of ${whole(sum(rows.map((row) => row.identities)))} rows are a known customer.` : "",
    option: () => ({
      tooltip: axisTip(percent, (object) => `${words(object)}: ${whole(all(object))}`),
      grid: { left: 24, right: 24 },
      xAxis: { type: "value", min: 0, max: 1, axisLabel: { formatter: (value) => percentWhole(value) } },
      yAxis: { type: "category", inverse: true, data: tables, axisLine: { show: false }, axisLabel: { formatter: (object) => words(object) } },
      series: used.map(([rule, name, role]) => bar(name, role, tables.map((object) => of(object, rule) / all(object)), { stack: "rules" })),
    }),
    table: () => ({
      columns: ["Table", "Rule", "Reason", "Rows", "Share"].map((label, i) => ({ label, number: i > 2 })),
      rows: rows.map((row) => [words(row.object), RULES.find(([rule]) => rule === row.rule)?.[1] ?? row.rule, row.reason ?? "", whole(row.identities), percent(row.identities / all(row.object))]),
    }),
  });
};
