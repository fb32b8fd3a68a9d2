// Which page is shown: the part of the address behind the hash says it.

const PAGES = { dashboard: "Dashboard", catalogue: "Catalogue", lineage: "Lineage" };

const show = () => {
  const [wanted, ...rest] = decodeURIComponent(location.hash.slice(1)).split("/");
  const page = wanted in PAGES ? wanted : "dashboard";
  const name = rest.join("/");
  for (const each of Object.keys(PAGES)) document.getElementById(`page-${each}`).hidden = each !== page;
  for (const link of document.querySelectorAll(".top nav a")) {
    if (link.getAttribute("href") === `#${page}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${name || PAGES[page]} · Stripe analytics`;
  if (page === "dashboard" && drawn.length === 0) renderDashboard();
  if (page === "catalogue") renderCatalogue(name);
  if (page === "lineage") renderLineage(name);
};

let shownPage = location.hash;
addEventListener("hashchange", () => {
  show();
  // A new page begins at its top; tracing another table is no new page.
  if (!(location.hash.startsWith("#lineage") && shownPage.startsWith("#lineage"))) scrollTo(0, 0);
  shownPage = location.hash;
});
document.getElementById("skip").addEventListener("click", () => document.getElementById("main").focus());
document.getElementById("as-of").textContent = report.frame.lastMonth ? `through ${month(report.frame.lastMonth)}` : "";
document.getElementById("colophon").append(
  `Made ${moment(report.generatedAt)} from the warehouse as of ${day(report.frame.asOf)}. One file, no network: it may be mailed or archived as it is. `,
  report.frame.run ? `Definitions: ${report.frame.run.policies.map((policy) => `${POLICIES[policy.name]}: ${policyValue(policy)}`).join("; ")}. ` : "The policies behind the figures are not recorded in this warehouse. ",
  "Charts by Apache ECharts.");
applyTheme();
show();
