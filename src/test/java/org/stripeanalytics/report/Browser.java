package org.stripeanalytics.report;

import com.google.common.base.Splitter;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium without a window, if this machine has one. Both it and its driver are looked for on
 * the PATH; nothing is downloaded.
 */
final class Browser implements AutoCloseable {
  // Held, because a logger that nobody holds forgets its level.
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  static {
    // It warns of every Chromium that is newer than itself.
    SELENIUM.setLevel(Level.SEVERE);
  }

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one, or says by being empty that there is none. */
  static Optional<Browser> start() {
    Optional<File> browser =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> onPath(name).stream())
            .findFirst();
    Optional<File> driver = onPath("chromedriver");
    if (browser.isEmpty() || driver.isEmpty()) {
      return Optional.empty();
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.get());
    // Containers give a browser neither the right to a sandbox nor much shared memory.
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    return Optional.of(
        new Browser(
            new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(driver.get()).build(),
                options)));
  }

  /** Opens a page of a report afresh. */
  void open(Path report, String page) {
    driver.get("about:blank");
    driver.get(report.toUri() + "#" + page);
  }

  /** Goes to another page of the report that is open. */
  void go(String page) {
    run("location.hash = arguments[0]", page);
    awaitFrame();
  }

  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    awaitFrame();
  }

  /** Runs a script and returns what it returns. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  String text(String selector) {
    return (String) run("return document.querySelector(arguments[0]).innerText.trim()", selector);
  }

  @SuppressWarnings("unchecked")
  List<String> texts(String selector) {
    return (List<String>)
        run(
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.trim())",
            selector);
  }

  long count(String selector) {
    return (Long) run("return document.querySelectorAll(arguments[0]).length", selector);
  }

  /** Picks an option as a person does. */
  void choose(String selector, String value) {
    run(
        "const s = document.querySelector(arguments[0]); s.value = arguments[1];"
            + " s.dispatchEvent(new Event('change', { bubbles: true }))",
        selector,
        value);
    awaitFrame();
  }

  /** What the console has said since it was last asked. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  ChromeDriver driver() {
    return driver;
  }

  @Override
  public void close() {
    driver.quit();
  }

  private void awaitFrame() {
    driver.executeAsyncScript(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))");
  }

  private static Optional<File> onPath(String name) {
    return Splitter.on(File.pathSeparatorChar)
        .splitToStream(Optional.ofNullable(System.getenv("PATH")).orElse(""))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .map(Path::toFile)
        .findFirst();
  }
}
