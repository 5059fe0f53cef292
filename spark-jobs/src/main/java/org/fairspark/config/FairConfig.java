package org.fairspark.config;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Frame;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.Methods;
import org.fairspark.detect.PatchMethod;
import org.fairspark.detect.restoration.RestorationMethod;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.text.Sha256;

/** A run's whole configuration. Each part validates itself when it is made. */
public record FairConfig(
    DataConfig data,
    ManifestConfig manifest,
    ImageConfig image,
    MethodConfig method,
    FilterConfig filter,
    CorruptionConfig corruption,
    SamplesConfig samples,
    long seed,
    ModelConfig model,
    TrainingConfig training,
    InspectionConfig inspection,
    CalibrationConfig calibration,
    EvaluationConfig evaluation,
    InferenceConfig inference,
    RobustnessConfig robustness,
    SweepConfig sweep,
    ScoreConfig score,
    BenchConfig bench,
    BadRecordsConfig badRecords,
    ExportConfig export,
    OutputConfig output,
    TrackingConfig tracking) {
  private static final String ONE_SIZE =
      "may know normal images by position, and with image.fit = pad or image.tiles each image may"
          + " have a size of its own: name one that does not, such as ";

  public FairConfig {
    int pooled = 1 << (evaluation.scales() - 1);
    double highest = image.size().longer() / Math.sqrt(2);
    new Checks()
        .require(
            !evaluation.gradient() || image.size().shorter() / pooled >= 3,
            "evaluation.scales",
            evaluation.scales(),
            "must leave at least 3 pixels of image.size = " + image.size())
        .require(
            evaluation.function().equals(EvaluationConfig.DIFFERENCE)
                || method.kind().equals(RestorationMethod.NAME)
                || method.kind().equals(evaluation.function()),
            "evaluation.function",
            evaluation.function(),
            "is the older spelling of method.kind, which says %s: leave one of both out"
                .formatted(method.kind()))
        .require(
            !chosen(method, evaluation).learnsFromSamples()
                || chosen(method, evaluation).learnsFrom(corruption.recipe()),
            "method.kind",
            chosen(method, evaluation).name(),
            "cannot learn from corruption.recipe = %s; %s"
                .formatted(
                    word(corruption.recipe()),
                    Stream.of(CorruptionRecipe.values())
                        .filter(chosen(method, evaluation)::learnsFrom)
                        .map(FairConfig::word)
                        .collect(Collectors.joining(", ", "it can from ", ""))))
        .require(
            !chosen(method, evaluation).needsColors() || filter.kind() == FilterConfig.Kind.NONE,
            "method.kind",
            chosen(method, evaluation).name(),
            "learns from the colours of images, which filter.kind = %s takes away: say none"
                .formatted(filter.kind().name().toLowerCase(Locale.ROOT)))
        .require(
            !image.tiles()
                || (chosen(method, evaluation).detectsTiles()
                    && Methods.of(chosen(method, evaluation).buildsOn()).detectsTiles()),
            "image.tiles",
            image.tiles(),
            "cannot be with method.kind = %s, which detects in whole images alone; give a larger"
                    .formatted(chosen(method, evaluation).name())
                + " image.size, or a method that trains a network")
        .require(
            isAtAnySize(image, evaluation.score().statistic().map(s -> !s.byPosition())),
            "evaluation.score",
            evaluation.score().word(),
            ONE_SIZE + "paper or max-less-level")
        .require(
            isAtAnySize(image, evaluation.pixelScore().statistic().map(s -> !s.byPosition())),
            "evaluation.pixel-score",
            evaluation.pixelScore().word(),
            ONE_SIZE + "paper or over-root-level")
        .require(
            filter.kind() != FilterConfig.Kind.IDEAL
                || filter.cyclesPerImage(image.size()) < highest,
            "filter.cutoff",
            Checks.number(filter.cutoff()),
            "must be below %.1f, the highest frequency of image.size = %s: ideal would pass nothing"
                .formatted(highest, image.size()))
        .done();
  }

  /**
   * Returns whether images may have sizes of their own.
   *
   * @param anywhere whether a score knows no positions; empty where it is to be chosen
   */
  private static boolean isAtAnySize(ImageConfig image, Optional<Boolean> anywhere) {
    return image.frame().fit() == Frame.Fit.STRETCH || anywhere.orElse(false);
  }

  private static String word(CorruptionRecipe recipe) {
    return recipe.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the method that detects anomalies. */
  public Method detectionMethod() {
    return chosen(method, evaluation);
  }

  /**
   * Returns the method that scores new images and whose thresholds are set: the method itself, or
   * the one that it builds on.
   */
  public Method scoringMethod() {
    return Methods.of(detectionMethod().buildsOn());
  }

  /** Returns the method under either spelling; no other place knows both. */
  private static Method chosen(MethodConfig method, EvaluationConfig evaluation) {
    return Methods.of(
        evaluation.function().equals(EvaluationConfig.DIFFERENCE)
            ? method.kind()
            : evaluation.function());
  }

  /** Returns how many corrupted samples are made from each training image. */
  public int samplesPerImage() {
    return detectionMethod().learnsFromSamples() ? corruption.variants() : 0;
  }

  /** Returns the extractor of the networks' input, for images of {@code image.size}. */
  public HighFrequencyExtractor extractor() {
    return filter.extractor(image.size());
  }

  /** Returns the settings that a method's networks and detectors are made from. */
  public DetectionSettings detection() {
    return new DetectionSettings(
        extractor(),
        evaluation.anomalyFunction(),
        model.width(),
        model.skips(),
        method.features(),
        evaluation.batchSize(),
        image.frame());
  }

  /** Returns the folders below the output root that hold the method's models. */
  public List<String> modelFolders() {
    return detectionMethod().folders(detection());
  }

  /**
   * Returns this configuration with some settings replaced.
   *
   * @param settings key to value, written as after {@code --set KEY=}
   * @throws ConfigException if a key is unknown or a value not allowed
   */
  public FairConfig with(Map<String, String> settings) {
    return ConfigLoader.replace(this, settings);
  }

  /** Returns this configuration with one setting replaced; see {@link #with(Map)}. */
  public FairConfig with(String key, String value) {
    return with(Map.of(key, value));
  }

  /**
   * Refuses settings that a job needs and that were left open: empty, or none.
   *
   * @throws ConfigException naming all of them
   */
  public void require(String... keys) {
    Checks checks = new Checks();
    for (String key : keys) {
      Setting<?> setting = Settings.find(key).orElseThrow(() -> new IllegalArgumentException(key));
      Object value = setting.value(this);
      checks.require(
          !value.equals("") && !value.equals(Optional.empty()) && !value.equals(List.of()),
          key,
          setting.plain(this),
          "must be set: --set " + key + "=VALUE, or in a file given with --conf");
    }
    checks.done();
  }

  /**
   * Refuses settings that training by the method needs and that were left open, or say less than it
   * needs.
   *
   * @throws ConfigException naming all of them
   */
  public void requireOfMethod() {
    Method trained = detectionMethod();
    if (trained.needsBackbone()) {
      require("method.backbone", "method.layers");
      new Checks()
          .require(
              method.layers().size() >= trained.fewestLayers(),
              "method.layers",
              method.layers(),
              "must name %d layers or more for %s, the finest first"
                  .formatted(trained.fewestLayers(), trained.name()))
          .done();
    }
  }

  /**
   * Returns the settings that differ from another configuration's, as written after {@code --set
   * KEY=}.
   */
  public Map<String, String> differences(FairConfig other) {
    Map<String, String> differences = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      if (!setting.value(this).equals(setting.value(other))) {
        differences.put(setting.key(), setting.written(this));
      }
    }
    return differences;
  }

  /**
   * Returns the whole configuration as nested maps of plain values, every key present, in
   * documented order. {@code manifest.json} holds them under {@code configuration}, and {@link
   * ConfigLoader} reads an equal configuration from them.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> root = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      List<String> path = new ArrayList<>(ConfigUtil.splitPath(setting.key()));
      String last = path.remove(path.size() - 1);
      Map<String, Object> level = root;
      for (String part : path) {
        level = child(level, part);
      }
      level.put(last, setting.plain(this));
    }
    return root;
  }

  /** Returns every setting by its key, in documented order, as human-readable text. */
  public Map<String, String> toFlatMap() {
    Map<String, String> flat = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      flat.put(setting.key(), decided(setting));
    }
    return flat;
  }

  /**
   * Returns the settings that decide a stage's result, sorted by key; settings that have no effect
   * under the others are left out.
   *
   * @param keys settings ({@code image.size}) or whole sections ({@code filter})
   * @throws IllegalArgumentException for a key that does not exist
   */
  public Map<String, String> effective(String... keys) {
    for (String key : keys) {
      if (Settings.find(key).isEmpty() && !Settings.isSection(key)) {
        throw new IllegalArgumentException("no such setting or section: " + key);
      }
    }
    Map<String, String> effective = new TreeMap<>();
    for (Setting<?> setting : Settings.ALL) {
      boolean chosen = Arrays.stream(keys).anyMatch(setting::isIn);
      if (chosen && setting.hasEffect(this)) {
        effective.put(setting.key(), decided(setting));
      }
    }
    return effective;
  }

  /**
   * Returns the settings that have no effect beside the others although they are not as by default,
   * each with the setting that decides so.
   *
   * @return such as {@code filter.order} to {@code filter.kind = ideal}, in documented order
   */
  public Map<String, String> withoutEffect() {
    Map<String, String> idle = new LinkedHashMap<>();
    for (String key : differences(ConfigLoader.defaults()).keySet()) {
      Setting<?> setting = Settings.find(key).orElseThrow();
      Optional<String> decidedBy =
          setting.hasEffect(this)
              ? Optional.of("method.kind").filter(kind -> isLeftOutByMethod(setting))
              : setting.condition().map(condition -> condition.decidedBy(this));
      decidedBy
          .filter(other -> !other.equals(key))
          .flatMap(Settings::find)
          .ifPresent(other -> idle.put(key, other.key() + " = " + decided(other)));
    }
    return idle;
  }

  /**
   * Returns whether the method does without what the setting decides. Such settings count in {@link
   * #fingerprint} all the same, as they did before there were other methods.
   */
  private boolean isLeftOutByMethod(Setting<?> setting) {
    Method trained = detectionMethod();
    if (trained.learnsFromSamples()) {
      return false;
    }
    List<MethodNetwork> networks = trained.networks(detection());
    return switch (setting.key()) {
      case "corruption.variants" -> !(trained instanceof PatchMethod<?>);
      case "method.coreset", "method.bank-limit", "method.neighbours", "method.dimensions" ->
          !trained.featureSettings().contains(setting.key().substring("method.".length()));
      case "model.width" -> networks.isEmpty();
      case "model.skips" -> networks.stream().allMatch(MethodNetwork::isGraph);
      default ->
          Stream.of("filter", "corruption", "samples").anyMatch(setting::isIn)
              || (networks.isEmpty() && setting.isIn("training"));
    };
  }

  /** Returns a setting's value; both spellings of a method decide the same, hence are one. */
  private String decided(Setting<?> setting) {
    String method = detectionMethod().name();
    return switch (setting.key()) {
      case "method.kind" -> method;
      case "evaluation.function" ->
          method.equals(RestorationMethod.NAME) ? EvaluationConfig.DIFFERENCE : method;
      default -> String.valueOf(setting.plain(this));
    };
  }

  /**
   * Returns a stable hash of the settings that decide a stage's result. Settings that have no
   * effect under the others (the order of a filter that is not Butterworth) do not count.
   *
   * @param keys settings ({@code image.size}) or whole sections ({@code filter})
   * @return 16 hexadecimal digits
   * @throws IllegalArgumentException for a key that does not exist
   */
  public String fingerprint(String... keys) {
    StringBuilder text = new StringBuilder();
    effective(keys)
        .forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return Sha256.hex(text.toString()).substring(0, 16);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> level, String part) {
    return (Map<String, Object>) level.computeIfAbsent(part, p -> new LinkedHashMap<>());
  }
}
