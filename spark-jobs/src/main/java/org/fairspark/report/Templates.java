package org.fairspark.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The page templates and the filling of them. All text is escaped as HTML; styles and scripts go
 * inline.
 */
final class Templates {
  /** Path and version as in the WebJar that the pom names. */
  private static final String D3 = "d3/7.9.0/dist/d3.min.js";

  private static final Configuration CONFIGURATION = configuration();

  private Templates() {}

  private static Configuration configuration() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_35);
    configuration.setClassForTemplateLoading(Templates.class, "templates");
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    return configuration;
  }

  /**
   * Writes a page.
   *
   * @param template file name in the templates folder
   * @param page what the template calls {@code page}
   */
  static void render(String template, Object page, Writer out) throws IOException {
    Map<String, Object> root = new HashMap<>();
    root.put("page", page);
    root.put("style", own("report.css"));
    root.put("script", own("charts.js") + own("report.js"));
    root.put("library", webjar(D3));
    Template parsed = CONFIGURATION.getTemplate(template);
    try {
      parsed.process(root, out);
    } catch (TemplateException e) {
      throw new IllegalStateException("the template %s cannot be filled".formatted(template), e);
    }
  }

  private static String own(String name) throws IOException {
    try (InputStream stream = Templates.class.getResourceAsStream("templates/" + name)) {
      return text(stream, name);
    }
  }

  /** Returns a file of a browser library that Maven brought as a WebJar. */
  private static String webjar(String path) throws IOException {
    String resource = "META-INF/resources/webjars/" + path;
    try (InputStream stream = Templates.class.getClassLoader().getResourceAsStream(resource)) {
      return text(stream, resource);
    }
  }

  private static String text(InputStream stream, String name) throws IOException {
    if (stream == null) {
      throw new IOException("the class path lacks " + name);
    }
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }
}
