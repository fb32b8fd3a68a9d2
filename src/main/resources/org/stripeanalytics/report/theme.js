// Light and dark: the system's choice unless the reader makes another. Paper is always light.

const systemDark = matchMedia("(prefers-color-scheme: dark)");
let chosenTheme = "auto";
let printing = false;
const themeListeners = [];

const shade = () => {
  if (printing) return "light";
  return chosenTheme === "auto" ? (systemDark.matches ? "dark" : "light") : chosenTheme;
};

const applyTheme = () => {
  document.documentElement.dataset.shade = shade();
  for (const listener of themeListeners) listener();
};

const onTheme = (listener) => themeListeners.push(listener);

/** A colour by its role in the style sheet. */
const colour = (role) => getComputedStyle(document.documentElement).getPropertyValue(`--${role}`).trim();

/** Whether names side by side do not fit. */
const narrow = () => printing || innerWidth < 560;

/** Colours for unordered kinds; there are eight, what is beyond is grey. */
const kindColour = (i) => colour(i < 8 ? `c${i + 1}` : "other");

systemDark.addEventListener("change", applyTheme);
document.getElementById("theme").addEventListener("change", (event) => {
  chosenTheme = event.target.value;
  applyTheme();
});
