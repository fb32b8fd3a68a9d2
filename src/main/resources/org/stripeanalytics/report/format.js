// How figures are written. An absent figure is a dash, never a zero.

const LOCALE = "en-US";
const ABSENT = "–";
const currency = (report.frame.currency || "usd").toUpperCase();

const formatter = (options) => {
  const format = new Intl.NumberFormat(LOCALE, options);
  return (value) => (value === null || value === undefined ? ABSENT : format.format(value).replace("-", "−"));
};

const money = formatter({ style: "currency", currency, maximumFractionDigits: 0 });
const moneyExact = formatter({ style: "currency", currency });
const moneyShort = formatter({ style: "currency", currency, notation: "compact", maximumFractionDigits: 1 });
const whole = formatter({ maximumFractionDigits: 0 });
const wholeShort = formatter({ notation: "compact", maximumFractionDigits: 1 });
const percent = formatter({ style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const percentFine = formatter({ style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percentShort = formatter({ style: "percent", maximumFractionDigits: 2 });
const percentWhole = formatter({ style: "percent", maximumFractionDigits: 0 });
const decimal = formatter({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const times = (value) => (value === null || value === undefined ? ABSENT : `${decimal(value)}×`);
const monthsOf = (value) => (value === null || value === undefined ? ABSENT : `${decimal(value)} months`);

const signed = (format) => (value) =>
  value === null || value === undefined ? ABSENT : (value > 0 ? "+" : "") + format(value);

const dateFormat = (options) => {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  // All abbreviations of months have three letters.
  return (iso) => (iso ? format.format(new Date(iso.length === 10 ? `${iso}T00:00:00Z` : iso)).replace("Sept ", "Sep ") : ABSENT);
};
const month = dateFormat({ month: "short", year: "numeric" });
const monthLong = dateFormat({ month: "long", year: "numeric" });
const monthShort = dateFormat({ month: "short", year: "2-digit" });
const day = dateFormat({ day: "numeric", month: "long", year: "numeric" });
const moment = (iso) =>
  iso ? `${dateFormat({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" })(iso)} UTC` : ABSENT;

const plural = (count, one, many) => `${whole(count)} ${count === 1 ? one : many}`;

/** Codes as a sentence begins: insufficient_funds is Insufficient funds. */
const sentence = (code) => {
  const text = String(code).replaceAll("_", " ").replace(/\bcvc\b/i, "CVC");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** Segment values and options as words: north_america is North America. */
const words = (name) => {
  const text = String(name).replaceAll("_", " ");
  const known = { none: "No plan", unknown: "Unknown", unattributed: "Unattributed" };
  return known[name] ?? text.replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase());
};
