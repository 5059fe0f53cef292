package org.fairspark.job.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.DataLayout;
import org.fairspark.config.EngineSetting;
import org.fairspark.config.EvaluationConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.restoration.RestorationMethod;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.EvaluationResults;
import org.fairspark.store.model.ModelMetadata;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.TableManifest;

/**
 * The settings that made the results of an output root, as its tables and models keep them: what a
 * report shows, whatever its own command says.
 *
 * @param config the command's configuration with these settings in the place of its own
 * @param asked the command's configuration
 */
record RecordedSettings(FairConfig config, FairConfig asked) {
  /** The sections that a model was trained and calibrated with. */
  private static final List<String> OF_MODEL =
      List.of(
          "image",
          "method",
          "filter",
          "corruption",
          "seed",
          "model",
          "training",
          "inspection",
          "calibration");

  /** The sections that decide results. */
  private static final String[] SHOWN =
      Stream.concat(OF_MODEL.stream(), Stream.of("data", "evaluation", "robustness"))
          .toArray(String[]::new);

  private static final List<String> OF_MAPS = List.of("filter.", "evaluation.");
  private static final String ROOT = "data.root";
  private static final String LAYOUT = "data.layout";
  private static final String MOST = "data.max-training-images";
  private static final String ENGINE = "evaluation.engine";

  /**
   * Reads the settings.
   *
   * @param images the manifest of {@code images/}
   * @param maps the manifest of {@code maps/}
   */
  static RecordedSettings of(
      FairConfig asked,
      OutputRoot root,
      TableManifest images,
      TableManifest maps,
      EvaluationResults results) {
    Map<String, String> made = new LinkedHashMap<>();
    Optional<ModelMetadata> model =
        results.categories().keySet().stream()
            .map(category -> new ModelStore(root, category))
            .filter(ModelStore::isThere)
            .findFirst()
            .map(ModelStore::metadata);
    model.ifPresent(found -> putSections(made, found.settings(OF_MODEL).differences(asked)));
    // A setting that the table does not name had no effect: it was as by default.
    ConfigLoader.defaults()
        .differences(asked)
        .forEach(
            (key, value) -> {
              if (key.startsWith("evaluation.")) {
                made.put(key, value);
              }
            });
    Set<String> known = asked.toFlatMap().keySet();
    maps.provenance()
        .forEach(
            (key, value) -> {
              if (known.contains(key) && OF_MAPS.stream().anyMatch(key::startsWith)) {
                made.put(key, value);
              }
            });
    putMethod(made, asked);
    putData(made, asked, model, images.provenance());
    made.put("robustness.changes", changes(results));
    return new RecordedSettings(asked.with(made), asked);
  }

  /** Puts the method that the maps are of; the same one keeps the command's spelling. */
  private static void putMethod(Map<String, String> made, FairConfig asked) {
    String function = made.remove("evaluation.function");
    if (function == null) {
      return;
    }
    String method =
        function.equals(EvaluationConfig.DIFFERENCE) ? RestorationMethod.NAME : function;
    if (asked.detectionMethod().name().equals(method)) {
      made.remove("method.kind");
    } else {
      made.put("evaluation.function", EvaluationConfig.DIFFERENCE);
      made.put("method.kind", method);
    }
  }

  /** Puts where the images came from; the same place keeps the command's spelling. */
  private static void putData(
      Map<String, String> made,
      FairConfig asked,
      Optional<ModelMetadata> model,
      Map<String, String> images) {
    String root = images.get(ROOT);
    if (root != null && !isSamePlace(root, asked.data().root())) {
      made.put(ROOT, root);
    }
    String most = images.get(MOST);
    if (most != null) {
      made.put(MOST, most);
    }
    String layout = images.getOrDefault(LAYOUT, asked.data().layout().toString());
    if (layout.equals(asked.data().layout().toString())) {
      return;
    }
    boolean isTable = layout.equals(DataLayout.MANIFEST.toString());
    Optional<String> table = model.flatMap(m -> m.settings(List.of("data")).data().manifest());
    if (!isTable || table.isPresent()) {
      made.put(LAYOUT, layout);
      made.put("data.manifest", isTable ? table.get() : "none");
    }
  }

  private static boolean isSamePlace(String one, String other) {
    return !other.isEmpty()
        && new Path(one).toUri().getPath().equals(new Path(other).toUri().getPath());
  }

  private static void putSections(Map<String, String> made, Map<String, String> settings) {
    settings.forEach(
        (key, value) -> {
          if (OF_MODEL.contains(key.replaceFirst("[.].*", ""))) {
            made.put(key, value);
          }
        });
  }

  /** Returns the stated changes that the test images were measured under. */
  private static String changes(EvaluationResults results) {
    return results.categories().values().stream()
        .map(CategoryResult::decisions)
        .flatMap(decided -> decided.underChanges().byValue().keySet().stream())
        .distinct()
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(", ", "[", "]"), list -> list.equals("[]") ? "none" : list));
  }

  /** Returns one line about the settings of the command that did not make the results, if any. */
  Optional<String> line() {
    Map<String, String> others = new TreeMap<>(config.differences(asked));
    others.keySet().retainAll(config.effective(SHOWN).keySet());
    if (asked.evaluation().engine() == EngineSetting.AUTO) {
      others.remove(ENGINE);
    }
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the results were made with other settings than this command's, and theirs are shown: "
                + others.entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue())
                    .collect(Collectors.joining(", ")));
  }
}
