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
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart of lines, or of bars, drawn into a picture.
 *
 * <pre>
 * new Chart("gain").xAxis("cycles per image").yAxis("H").line("ideal", distances, gains).image()
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

  private record Line(String name, List<Double> x, List<Double> y, boolean joined) {}

  private record Bars(
      String name, List<String> labels, List<Double> values, List<Double> deviations) {}

  private final String title;
  private final List<Line> lines = new ArrayList<>();
  private final List<Bars> bars = new ArrayList<>();
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
    requireEqual(name, x.length, y.length);
    lines.add(new Line(name, boxed(x), boxed(y), true));
    return this;
  }

  /** Adds a line through values at 0, 1, 2 and so on. */
  public Chart line(String name, double[] y) {
    double[] x = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return line(name, x, y);
  }

  /**
   * Adds points that no line joins.
   *
   * @throws IllegalArgumentException if there are not as many x as y
   */
  public Chart points(String name, double[] x, double[] y) {
    requireEqual(name, x.length, y.length);
    lines.add(new Line(name, boxed(x), boxed(y), false));
    return this;
  }

  /** Adds a bar for each label. */
  public Chart bars(String name, List<String> labels, List<Double> values) {
    return bars(name, labels, values, null);
  }

  /** Adds a bar for each label, with the deviations above and below it. */
  public Chart bars(
      String name, List<String> labels, List<Double> values, List<Double> deviations) {
    requireEqual(name, labels.size(), values.size());
    if (deviations != null) {
      requireEqual(name + ", deviations", labels.size(), deviations.size());
    }
    bars.add(new Bars(name, labels, values, deviations));
    return this;
  }

  private static void requireEqual(String name, int places, int values) {
    if (places != values) {
      throw new IllegalArgumentException(
          "%s: %d places on the x axis, but %d values".formatted(name, places, values));
    }
  }

  private static List<Double> boxed(double[] values) {
    List<Double> list = new ArrayList<>(values.length);
    for (double value : values) {
      list.add(value);
    }
    return list;
  }

  /**
   * Returns the chart as a picture.
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
    for (Line line : lines) {
      List<Double> x = line.joined ? uneven(line.x) : line.x;
      XYSeries series = chart.addSeries(line.name, x, line.joined ? uneven(line.y) : line.y);
      series.setMarker(line.joined ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
      series.setLineStyle(line.joined ? LINE : SeriesLines.NONE);
    }
    return paint(chart::paint);
  }

  /**
   * Returns the line with a point more on each piece, at a third of it: XChart marks an axis at the
   * values themselves (0.0625, 0.125 ..) where they are evenly spaced, not at round numbers.
   */
  private static List<Double> uneven(List<? extends Number> values) {
    List<Double> more = new ArrayList<>(2 * values.size());
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i).doubleValue();
      if (i > 0) {
        double before = values.get(i - 1).doubleValue();
        more.add(before + (value - before) / 3);
      }
      more.add(value);
    }
    return more;
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
    for (Bars series : bars) {
      chart.addSeries(series.name, series.labels, series.values, series.deviations);
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
