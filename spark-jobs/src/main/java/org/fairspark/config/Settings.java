package org.fairspark.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.fairspark.color.ColorOrder;
import org.fairspark.config.Setting.Kind;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.corruption.CutPasteStyle;
import org.fairspark.metrics.MaskConvention;

/**
 * All known keys, in the order in which they are documented, and the way from values to records.
 */
final class Settings {
  private Settings() {}

  static final List<Setting> ALL =
      List.of(
          Setting.of("data.root", Kind.TEXT, c -> c.data().root()),
          Setting.choice("data.layout", DataLayout.class, c -> c.data().layout()),
          Setting.of("data.categories", Kind.NAMES, c -> c.data().categories()),
          Setting.of("image.size", Kind.WHOLE, c -> c.image().size()),
          Setting.choice("filter.kind", FilterConfig.Kind.class, c -> c.filter().kind()),
          Setting.of("filter.cutoff", Kind.NUMBER, c -> c.filter().cutoff()),
          Setting.of("filter.order", Kind.WHOLE, c -> c.filter().order()),
          Setting.choice("filter.axes", FilterConfig.Axes.class, c -> c.filter().axes()),
          Setting.of("filter.kernel", Kind.WHOLE, c -> c.filter().kernel()),
          Setting.optional(
              "corruption.textures", Kind.OPTIONAL_TEXT, "none", c -> c.corruption().textures()),
          Setting.of("corruption.variants", Kind.WHOLE, c -> c.corruption().variants()),
          Setting.choice("corruption.recipe", CorruptionRecipe.class, c -> c.corruption().recipe()),
          Setting.choice(
              "corruption.cutpaste", CutPasteStyle.class, c -> c.corruption().cutpaste()),
          Setting.of("seed", Kind.LONG, FairConfig::seed),
          Setting.of("model.width", Kind.WHOLE, c -> c.model().width()),
          Setting.of("model.skips", Kind.FLAG, c -> c.model().skips()),
          Setting.of("training.epochs", Kind.WHOLE, c -> c.training().epochs()),
          Setting.of("training.batch-size", Kind.WHOLE, c -> c.training().batchSize()),
          Setting.of("training.learning-rate", Kind.NUMBER, c -> c.training().learningRate()),
          Setting.optional(
              "training.workers", Kind.OPTIONAL_WHOLE, "auto", c -> c.training().workers()),
          Setting.of(
              "training.averaging-frequency", Kind.WHOLE, c -> c.training().averagingFrequency()),
          Setting.optional(
              "training.threads", Kind.OPTIONAL_WHOLE, "auto", c -> c.training().threads()),
          Setting.of("calibration.share", Kind.NUMBER, c -> c.calibration().share()),
          Setting.of(
              "calibration.false-positive-rate",
              Kind.NUMBER,
              c -> c.calibration().falsePositiveRate()),
          Setting.of("calibration.pixel-share", Kind.NUMBER, c -> c.calibration().pixelShare()),
          Setting.choice("evaluation.function", MapKind.class, c -> c.evaluation().map()),
          Setting.of("evaluation.gradient", Kind.FLAG, c -> c.evaluation().gradient()),
          Setting.of("evaluation.color-weight", Kind.NUMBER, c -> c.evaluation().colorWeight()),
          Setting.choice(
              "evaluation.color-order", ColorOrder.class, c -> c.evaluation().colorOrder()),
          Setting.of("evaluation.scales", Kind.WHOLE, c -> c.evaluation().scales()),
          Setting.of("evaluation.smoothing", Kind.WHOLE, c -> c.evaluation().smoothing()),
          Setting.of("evaluation.fpr-limit", Kind.NUMBER, c -> c.evaluation().fprLimit()),
          Setting.choice(
              "evaluation.mask-convention",
              MaskConvention.class,
              c -> c.evaluation().maskConvention()),
          Setting.of("evaluation.batch-size", Kind.WHOLE, c -> c.evaluation().batchSize()),
          Setting.choice("evaluation.engine", EngineSetting.class, c -> c.evaluation().engine()),
          Setting.of("sweep.grid", Kind.GRID, c -> c.sweep().grid()),
          Setting.of("sweep.cells", Kind.CELLS, c -> c.sweep().cells()),
          Setting.of("sweep.repetitions", Kind.WHOLE, c -> c.sweep().repetitions()),
          Setting.optional(
              "sweep.paper-table", Kind.OPTIONAL_WHOLE, "none", c -> c.sweep().paperTable()),
          Setting.choice("sweep.mode", SweepMode.class, c -> c.sweep().mode()),
          Setting.optional("score.model", Kind.OPTIONAL_TEXT, "none", c -> c.score().model()),
          Setting.optional("score.category", Kind.OPTIONAL_TEXT, "auto", c -> c.score().category()),
          Setting.optional(
              "score.category-pattern",
              Kind.OPTIONAL_TEXT,
              "none",
              c -> c.score().categoryPattern()),
          Setting.choice(
              "score.large-images", ScoreConfig.LargeImages.class, c -> c.score().largeImages()),
          Setting.of("score.tile-overlap", Kind.WHOLE, c -> c.score().tileOverlap()),
          Setting.choice("score.maps", ScoreConfig.Maps.class, c -> c.score().maps()),
          Setting.of("score.top", Kind.WHOLE, c -> c.score().top()),
          Setting.of("score.commit-images", Kind.WHOLE, c -> c.score().commitImages()),
          Setting.choice("score.engine", EngineSetting.class, c -> c.score().engine()),
          Setting.of("score.read-attempts", Kind.WHOLE, c -> c.score().readAttempts()),
          Setting.choice("score.changes", ScoreConfig.Changes.class, c -> c.score().changes()),
          Setting.of("score.max-pixels", Kind.LONG, c -> c.score().maxPixels()),
          Setting.of("score.drift-tolerance", Kind.NUMBER, c -> c.score().driftTolerance()),
          Setting.of("bench.seconds", Kind.NUMBER, c -> c.bench().seconds()),
          Setting.of("bench.source-size", Kind.WHOLE, c -> c.bench().sourceSize()),
          Setting.of("bench.images", Kind.LONG, c -> c.bench().images()),
          Setting.of("bench.training-images", Kind.WHOLE, c -> c.bench().trainingImages()),
          Setting.of("bench.executors", Kind.WHOLE, c -> c.bench().executors()),
          Setting.of("bench.gigabits", Kind.NUMBER, c -> c.bench().gigabits()),
          Setting.of("bad-records.max-ratio", Kind.NUMBER, c -> c.badRecords().maxRatio()),
          Setting.of("output.root", Kind.TEXT, c -> c.output().root()));

  private static final Map<String, Setting> BY_KEY = new LinkedHashMap<>();

  static {
    ALL.forEach(setting -> BY_KEY.put(setting.key(), setting));
  }

  static Optional<Setting> find(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }

  static List<String> keys() {
    return List.copyOf(BY_KEY.keySet());
  }

  /** Whether the key names a group of settings, such as {@code filter}. */
  static boolean isSection(String key) {
    return BY_KEY.keySet().stream().anyMatch(known -> known.startsWith(key + "."));
  }

  /**
   * Makes the records.
   *
   * @param values what {@link Setting#read} gave, for every key
   * @throws ConfigException with the problems of all parts together
   */
  static FairConfig build(Map<String, Object> values) {
    Builder b = new Builder(values);
    DataConfig data =
        b.part(
            () ->
                new DataConfig(
                    b.text("data.root"),
                    b.constant("data.layout", DataLayout.class),
                    b.names("data.categories")));
    ImageConfig image = b.part(() -> new ImageConfig(b.whole("image.size")));
    FilterConfig filter =
        b.part(
            () ->
                new FilterConfig(
                    b.constant("filter.kind", FilterConfig.Kind.class),
                    b.number("filter.cutoff"),
                    b.whole("filter.order"),
                    b.constant("filter.axes", FilterConfig.Axes.class),
                    b.whole("filter.kernel")));
    CorruptionConfig corruption =
        b.part(
            () ->
                new CorruptionConfig(
                    b.optionalText("corruption.textures"),
                    b.whole("corruption.variants"),
                    b.constant("corruption.recipe", CorruptionRecipe.class),
                    b.constant("corruption.cutpaste", CutPasteStyle.class)));
    ModelConfig model =
        b.part(() -> new ModelConfig(b.whole("model.width"), b.flag("model.skips")));
    TrainingConfig training =
        b.part(
            () ->
                new TrainingConfig(
                    b.whole("training.epochs"),
                    b.whole("training.batch-size"),
                    b.number("training.learning-rate"),
                    b.optionalWhole("training.workers"),
                    b.whole("training.averaging-frequency"),
                    b.optionalWhole("training.threads")));
    CalibrationConfig calibration =
        b.part(
            () ->
                new CalibrationConfig(
                    b.number("calibration.share"),
                    b.number("calibration.false-positive-rate"),
                    b.number("calibration.pixel-share")));
    EvaluationConfig evaluation =
        b.part(
            () ->
                new EvaluationConfig(
                    b.flag("evaluation.gradient"),
                    b.number("evaluation.color-weight"),
                    b.constant("evaluation.color-order", ColorOrder.class),
                    b.whole("evaluation.scales"),
                    b.whole("evaluation.smoothing"),
                    b.number("evaluation.fpr-limit"),
                    b.constant("evaluation.mask-convention", MaskConvention.class),
                    b.whole("evaluation.batch-size"),
                    b.constant("evaluation.engine", EngineSetting.class),
                    b.constant("evaluation.function", MapKind.class)));
    SweepConfig sweep =
        b.part(
            () ->
                new SweepConfig(
                    b.grid("sweep.grid"),
                    b.cells("sweep.cells"),
                    b.whole("sweep.repetitions"),
                    b.optionalWhole("sweep.paper-table"),
                    b.constant("sweep.mode", SweepMode.class)));
    ScoreConfig score =
        b.part(
            () ->
                new ScoreConfig(
                    b.optionalText("score.model"),
                    b.optionalText("score.category"),
                    b.optionalText("score.category-pattern"),
                    b.constant("score.large-images", ScoreConfig.LargeImages.class),
                    b.whole("score.tile-overlap"),
                    b.constant("score.maps", ScoreConfig.Maps.class),
                    b.whole("score.top"),
                    b.whole("score.commit-images"),
                    b.constant("score.engine", EngineSetting.class),
                    b.whole("score.read-attempts"),
                    b.constant("score.changes", ScoreConfig.Changes.class),
                    b.longWhole("score.max-pixels"),
                    b.number("score.drift-tolerance")));
    BenchConfig bench =
        b.part(
            () ->
                new BenchConfig(
                    b.number("bench.seconds"),
                    b.whole("bench.source-size"),
                    b.longWhole("bench.images"),
                    b.whole("bench.training-images"),
                    b.whole("bench.executors"),
                    b.number("bench.gigabits")));
    BadRecordsConfig bad = b.part(() -> new BadRecordsConfig(b.number("bad-records.max-ratio")));
    OutputConfig output = b.part(() -> new OutputConfig(b.text("output.root")));
    b.done();
    return new FairConfig(
        data,
        image,
        filter,
        corruption,
        (Long) values.get("seed"),
        model,
        training,
        calibration,
        evaluation,
        sweep,
        score,
        bench,
        bad,
        output);
  }

  /** Typed access to the values, and the problems of the parts that refused theirs. */
  private static final class Builder {
    private final Map<String, Object> values;
    private final List<ConfigProblem> problems = new ArrayList<>();

    Builder(Map<String, Object> values) {
      this.values = new HashMap<>(values);
    }

    <T> T part(Supplier<T> maker) {
      try {
        return maker.get();
      } catch (ConfigException e) {
        problems.addAll(e.problems());
        return null;
      }
    }

    void done() {
      if (!problems.isEmpty()) {
        throw new ConfigException(problems);
      }
    }

    String text(String key) {
      return (String) values.get(key);
    }

    int whole(String key) {
      return (Integer) values.get(key);
    }

    long longWhole(String key) {
      return (Long) values.get(key);
    }

    double number(String key) {
      return (Double) values.get(key);
    }

    boolean flag(String key) {
      return (Boolean) values.get(key);
    }

    OptionalInt optionalWhole(String key) {
      return (OptionalInt) values.get(key);
    }

    @SuppressWarnings("unchecked")
    Optional<String> optionalText(String key) {
      return (Optional<String>) values.get(key);
    }

    @SuppressWarnings("unchecked")
    List<String> names(String key) {
      return (List<String>) values.get(key);
    }

    @SuppressWarnings("unchecked")
    Map<String, List<String>> grid(String key) {
      return (Map<String, List<String>>) values.get(key);
    }

    @SuppressWarnings("unchecked")
    List<SweepConfig.Cell> cells(String key) {
      return (List<SweepConfig.Cell>) values.get(key);
    }

    <E extends Enum<E>> E constant(String key, Class<E> type) {
      Object value = values.get(key);
      return type.isInstance(value)
          ? type.cast(value)
          : Enum.valueOf(type, ((String) value).toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }
}
