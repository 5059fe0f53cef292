package org.fairspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.report.ReportModel.Benchmark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report as a real browser shows it. Skipped where no Chromium is installed. */
class ReportInBrowserTest {
  private static final List<String> NAMES =
      List.of("bottle", "screw", "a rather long category name, with spaces & <signs>", "zipper");

  @TempDir static Path folder;

  private static Chromium browser;
  private static URI page;
  private static URI sweep;
  private static String audit;

  @BeforeAll
  static void start() throws IOException {
    Path executable = Chromium.installed().orElse(null);
    Assumptions.assumeTrue(
        executable != null,
        "no Chromium found (apt-get install chromium, or set CHROMIUM): report not looked at");
    Path file = folder.resolve("index.html");
    try (OutputStream out = Files.newOutputStream(file)) {
      ReportWriter.write(SampleReports.large(Benchmark.MVTEC_AD, NAMES, 64), out);
    }
    page = file.toUri();
    Path sweepFile = folder.resolve("sweep.html");
    try (OutputStream out = Files.newOutputStream(sweepFile)) {
      ReportWriter.write(SampleSweeps.cutoffs(Benchmark.MVTEC_AD), out);
    }
    sweep = sweepFile.toUri();
    try (InputStream in = ReportInBrowserTest.class.getResourceAsStream("audit.js")) {
      audit = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    browser = Chromium.start(executable, folder.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  /** Whatever a test did: no error in the console, nothing asked of a network. */
  @AfterEach
  void quiet() {
    assertThat(browser.complaints()).as("console").isEmpty();
    assertThat(browser.requests())
        .as("requests")
        .allMatch(r -> r.startsWith(page.toString()) || r.startsWith(sweep.toString()));
  }

  @ParameterizedTest
  @CsvSource({"1440, light", "1440, dark", "390, light", "390, dark"})
  void readsWellInEveryWidthAndColour(int width, String scheme) {
    open(width, scheme);
    browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    browser.evaluate(
        "document.querySelectorAll('.category').forEach("
            + "c => { c.style.contentVisibility = 'visible'; })");
    browser.evaluate("charts.drawAll()");
    browser.settle();
    assertThat(audit("overflow")).as("overflow").isEmpty();
    assertThat(audit("contrast")).as("contrast").isEmpty();
    assertThat(audit("names")).as("without a name").isEmpty();
    assertThat(audit("pictures")).as("pictures that do not load").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1440, light", "390, dark"})
  void sweepReadsWellToo(int width, String scheme) {
    browser.media(scheme, "screen");
    browser.window(width, 900, width < 600);
    browser.open(sweep);
    browser.evaluate("charts.drawAll()");
    browser.settle();
    assertThat(audit("overflow")).as("overflow").isEmpty();
    assertThat(audit("contrast")).as("contrast").isEmpty();
    assertThat(audit("names")).as("without a name").isEmpty();
    assertThat(number("document.querySelectorAll('.chart svg').length")).isEqualTo(3);
    browser.evaluate("document.querySelector('input[value=normal_mse]').click()");
    String shown =
        "Array.from(document.querySelector('#details tbody td').children)"
            + ".filter(s => getComputedStyle(s).display !== 'none').map(s => s.className)";
    assertThat(texts(shown)).as("metric chosen for the table").containsExactly("normal_mse");
  }

  /** The audit itself: it sees what it is there to see. */
  @Test
  void plantedFaultsAreFound() {
    open(390, "light");
    browser.evaluate(
        "document.querySelector('.lede').style.color = '#bbb';"
            + "document.querySelector('h1').style.whiteSpace = 'nowrap';"
            + "document.querySelector('h1').textContent = 'far too long a title '.repeat(9);"
            + "document.querySelector('.skip').insertAdjacentHTML('afterend', '<button></button>');"
            + "document.querySelector('img').src = 'data:image/png;base64,AAAA'");
    assertThat(audit("contrast")).as("contrast").hasSize(1);
    assertThat(audit("overflow")).as("overflow").hasSize(2);
    assertThat(audit("names")).as("names").containsExactly("<button></button>");
    assertThat(audit("pictures")).as("pictures").hasSize(1);
  }

  @Test
  void everyChartIsDrawnAndDescribed() {
    open(1440, "light");
    browser.evaluate("charts.drawAll()");
    int charts = number("document.querySelectorAll('.chart').length");
    assertThat(charts)
        .as("charts: one of all, eight of each, two of filters")
        .isEqualTo(1 + 8 * NAMES.size() + 2);
    assertThat(number("document.querySelectorAll('.chart svg path, .chart svg circle').length"))
        .isGreaterThan(charts);
    assertThat(
            texts(
                "Array.from(document.querySelectorAll('.chart svg'))"
                    + ".map(s => document.getElementById(s.getAttribute('aria-describedby'))"
                    + ".textContent.trim())"))
        .hasSize(charts)
        .allMatch(t -> t.length() > 20);
    assertThat(browser.evaluate("charts.csv('roc-0')").asText())
        .startsWith("series,false alarms among normal images,anomalous images found\nimages,0,0\n");
  }

  @Test
  void theTableOfCategoriesIsNotCutInWindowsOfAnyWidth() {
    for (int width : new int[] {900, 1060, 1100, 1280, 1399, 1400, 1440}) {
      open(width, "light");
      assertThat(
              number(
                  "document.querySelector('#categories').offsetWidth"
                      + " - document.querySelector('#categories').parentElement.clientWidth"))
          .as("pixels of it that a window of %d pixels does not show", width)
          .isNotPositive();
    }
  }

  /** A section clips what leaves it, and a scroll bar hides what few look for. */
  @ParameterizedTest
  @ValueSource(ints = {390, 700, 1060, 1400})
  void noLabelOfAnAxisIsCutAndNoColumnHides(int width) {
    open(width, "light");
    browser.evaluate(
        "document.querySelectorAll('.category').forEach("
            + "c => { c.style.contentVisibility = 'visible'; }); charts.drawAll()");
    browser.settle();
    assertThat(
            texts(
                "Array.from(document.querySelectorAll('.plot text')).filter(t => {"
                    + "const a = t.getBoundingClientRect();"
                    + "const b = t.closest('section').getBoundingClientRect();"
                    + "return a.left < b.left - 1 || a.right > b.right + 1;"
                    + "}).map(t => t.closest('figure').id + ' ' + t.textContent)"))
        .as("labels outside of their section")
        .isEmpty();
    assertThat(
            texts(
                "Array.from(document.querySelectorAll('.fold'))"
                    + ".filter(t => t.offsetWidth > t.parentElement.clientWidth + 1)"
                    + ".map(t => t.id)"))
        .as("tables wider than their place")
        .isEmpty();
    assertThat(
            texts(
                "Array.from(document.querySelectorAll('.folded td'))"
                    + ".filter(c => !c.dataset.label).map(c => c.closest('table').id)"))
        .as("numbers of folded tables without a name")
        .isEmpty();
  }

  @Test
  void chartsAnswerToTheKeyboard() {
    open(1440, "light");
    browser.evaluate("charts.drawAll(); document.querySelector('#scores-0 svg').focus()");
    key("ArrowRight");
    assertThat(
            browser.evaluate("document.querySelector('#scores-0 .readout').textContent").asText())
        .contains("image score", "normal", "anomalous");
  }

  @Test
  void tablesSortOnClickAndFilter() {
    open(1440, "light");
    String values =
        "Array.from(document.querySelectorAll('#categories tbody tr'))"
            + ".map(r => r.cells[1].dataset.sort)";
    List<String> before = texts(values);
    browser.evaluate("document.querySelectorAll('#categories .sort')[1].click()");
    List<String> falling = texts(values);
    browser.evaluate("document.querySelectorAll('#categories .sort')[1].click()");
    List<String> rising = texts(values);

    List<String> sorted = new ArrayList<>(before);
    sorted.sort((a, b) -> Double.compare(Double.parseDouble(b), Double.parseDouble(a)));
    assertThat(falling).as("first click").isEqualTo(sorted).isNotEqualTo(before);
    java.util.Collections.reverse(sorted);
    assertThat(rising).as("second click").isEqualTo(sorted);
    assertThat(
            browser
                .evaluate("document.querySelector('#categories th[aria-sort]').ariaSort")
                .asText())
        .isEqualTo("ascending");

    browser.evaluate(
        "const f = document.querySelector('[data-filter=categories]');"
            + "f.value = 'screw'; f.dispatchEvent(new Event('input'))");
    assertThat(number("document.querySelectorAll('#categories tbody tr:not([hidden])').length"))
        .isEqualTo(1);
    assertThat(
            browser.evaluate("document.getElementById('categories-matches').textContent").asText())
        .isEqualTo("1 of 4");
  }

  @Test
  void galleriesCompareAndEnlarge() {
    open(1440, "light");
    String shown =
        "Array.from(document.querySelector('#category-0 .stage').querySelectorAll('.layer'))"
            + ".filter(l => getComputedStyle(l).visibility === 'visible').map(l => l.className)";
    assertThat(texts(shown)).containsExactly("layer input", "layer map");
    browser.evaluate("document.querySelector('#category-0 input[value=restoration]').click()");
    assertThat(texts(shown)).containsExactly("layer input", "layer restoration");

    browser.evaluate(
        "const w = document.querySelector('#category-0 [data-wipe]');"
            + "w.value = 40; w.dispatchEvent(new Event('input'))");
    assertThat(
            browser
                .evaluate(
                    "getComputedStyle(document.querySelector('#category-0"
                        + " .layer.restoration')).clipPath")
                .asText())
        .isEqualTo("inset(0px 0px 0px 40%)");

    browser.evaluate("document.querySelector('#category-0 .stage').focus()");
    key("Enter");
    assertThat(browser.evaluate("document.getElementById('viewer').open").asBoolean()).isTrue();
    assertThat(number("document.querySelectorAll('#viewer img').length")).isEqualTo(5);
    String title = "document.querySelector('.viewer-title').textContent";
    String first = browser.evaluate(title).asText();
    key("ArrowRight");
    assertThat(browser.evaluate(title).asText()).isNotEqualTo(first);
    key("Escape");
    assertThat(browser.evaluate("document.getElementById('viewer').open").asBoolean()).isFalse();
  }

  @Test
  void coloursCanBeChosen() {
    open(1440, "light");
    String background = "getComputedStyle(document.body).backgroundColor";
    String light = browser.evaluate(background).asText();
    browser.evaluate("document.getElementById('theme').click()");
    assertThat(browser.evaluate(background).asText()).as("light by choice").isEqualTo(light);
    browser.evaluate("document.getElementById('theme').click()");
    assertThat(browser.evaluate(background).asText()).as("dark by choice").isNotEqualTo(light);
  }

  @Test
  void printsWithEveryChart() {
    open(1440, "dark");
    assertThat(new String(browser.pdf(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(number("document.querySelectorAll('.chart:not(:has(svg))').length"))
        .as("charts not drawn for print")
        .isZero();
  }

  private static void open(int width, String scheme) {
    browser.media(scheme, "screen");
    browser.window(width, 900, width < 600);
    browser.open(page);
  }

  private static List<String> audit(String question) {
    return texts(audit + "." + question + "()");
  }

  private static List<String> texts(String expression) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : browser.evaluate(expression)) {
      texts.add(node.asText());
    }
    return texts;
  }

  private static int number(String expression) {
    return browser.evaluate(expression).asInt();
  }

  private static void key(String name) {
    int code = java.util.Map.of("Enter", 13, "Escape", 27, "ArrowRight", 39).get(name);
    java.util.Map<String, Object> event = new java.util.HashMap<>();
    event.put("key", name);
    event.put("code", name);
    event.put("windowsVirtualKeyCode", code);
    if (name.equals("Enter")) {
      event.put("text", "\r");
    }
    event.put("type", "keyDown");
    browser.send("Input.dispatchKeyEvent", event);
    event.put("type", "keyUp");
    event.remove("text");
    browser.send("Input.dispatchKeyEvent", event);
    browser.settle();
  }
}
