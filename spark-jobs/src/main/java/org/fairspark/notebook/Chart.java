package org.fairspark.notebook;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart of lines, or of bars, drawn into a picture.
 *
 * <pre>
 * new Chart("gain").xAxis("cycles an image").yAxis("H").line("ideal", distances, gains).image()
 * </pre>
 */
public final class Chart {
  /** Told apart by the colour-blind too (Okabe and Ito). */
  private static final Color[] COLORS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x000000),
  };

  private static final BasicStroke LINE =
      new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private record Series(String name, List<?> x, List<Double> y, List<Double> deviations) {}

  private final String title;
  private final List<Series> lines = new ArrayList<>();
  private final List<Series> bars = new ArrayList<>();
  private String xTitle = "";
  private String yTitle = "";
  private int width = 720;
  private int height = 360;
  private Double xMin;
  private Double xMax;
  private Double yMin;
  private Double yMax;

  public Chart(String title) {
    this.title = title;
  }

  public Chart xAxis(String name) {
    xTitle = name;
    return this;
  }

  public Chart yAxis(String name) {
    yTitle = name;
    return this;
  }

  public Chart xRange(double from, double to) {
    xMin = from;
    xMax = to;
    return this;
  }

  public Chart yRange(double from, double to) {
    yMin = from;
    yMax = to;
    return this;
  }

  /** Pixels of the picture; 720 x 360 unless told. */
  public Chart size(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
    return this;
  }

  /**
   * Adds a line.
   *
   * @throws IllegalArgumentException if there are not as many x as y
   */
  public Chart line(String name, double[] x, double[] y) {
    return add(lines, name, boxed(x), boxed(y), null);
  }

  /** Adds a line through values at 0, 1, 2 and so on. */
  public Chart line(String name, double[] y) {
    double[] x = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return line(name, x, y);
  }

  /** Adds a bar for each label. */
  public Chart bars(String name, List<String> labels, List<Double> values) {
    return add(bars, name, labels, values, null);
  }

  /** Adds a bar for each label, with the deviations above and below it. */
  public Chart bars(
      String name, List<String> labels, List<Double> values, List<Double> deviations) {
    return add(bars, name, labels, values, deviations);
  }

  private Chart add(
      List<Series> to, String name, List<?> x, List<Double> y, List<Double> deviations) {
    if (x.size() != y.size() || (deviations != null && deviations.size() != y.size())) {
      throw new IllegalArgumentException(
          "%s: %d places on the x axis, but %d values".formatted(name, x.size(), y.size()));
    }
    to.add(new Series(name, x, y, deviations));
    return this;
  }

  private static List<Double> boxed(double[] values) {
    List<Double> list = new ArrayList<>(values.length);
    for (double value : values) {
      list.add(value);
    }
    return list;
  }

  /**
   * The chart as a picture.
   *
   * @throws IllegalStateException if there is nothing to draw, or both lines and bars
   */
  public BufferedImage image() {
    if (lines.isEmpty() == bars.isEmpty()) {
      throw new IllegalStateException(
          "a chart has lines or bars, this one has %d and %d".formatted(lines.size(), bars.size()));
    }
    return bars.isEmpty() ? drawLines() : drawBars();
  }

  private BufferedImage drawLines() {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler(), lines.size());
    chart.getStyler().setXAxisMin(xMin).setXAxisMax(xMax);
    for (Series line : lines) {
      List<Double> y = line.y;
      XYSeries series = chart.addSeries(line.name, line.x, y);
      series.setMarker(SeriesMarkers.NONE);
      series.setLineStyle(LINE);
    }
    return paint(chart::paint);
  }

  private BufferedImage drawBars() {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler(), bars.size());
    chart.getStyler().setAvailableSpaceFill(0.8);
    chart.getStyler().setXAxisMaxLabelCount(40);
    for (Series series : bars) {
      chart.addSeries(series.name, series.x, series.y, series.deviations);
    }
    return paint(chart::paint);
  }

  private interface Painter {
    void paint(Graphics2D graphics, int width, int height);
  }

  private BufferedImage paint(Painter chart) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    try {
      // Without it every point of a line is moved to the next whole pixel.
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      chart.paint(g, width, height);
    } finally {
      g.dispose();
    }
    return picture;
  }

  private void style(AxesChartStyler styler, int series) {
    styler.setLocale(Locale.ROOT);
    styler.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(new Color(0xE0E0E0));
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendVisible(series > 1);
    styler.setSeriesColors(COLORS);
    styler.setErrorBarsColor(Color.DARK_GRAY);
    styler.setDecimalPattern("0.####");
    styler.setYAxisMin(yMin);
    styler.setYAxisMax(yMax);
  }
}
