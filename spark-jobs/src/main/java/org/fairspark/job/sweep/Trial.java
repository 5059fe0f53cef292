package org.fairspark.job.sweep;

import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.fairspark.config.FairConfig;
import org.fairspark.config.TrialGroup;
import org.fairspark.detect.restoration.RestorationMethod;
import org.fairspark.network.NetworkSpec;
import org.fairspark.store.OutputRoot;
import org.fairspark.text.Sha256;

/**
 * One training and evaluation of a sweep: a group's settings with one seed.
 *
 * @param group the settings
 * @param repetition from 0
 * @param config the group's configuration with the repetition's own seed
 */
record Trial(TrialGroup group, int repetition, FairConfig config) {
  /** Returns a short human-readable name. */
  String describe() {
    return "%s, seed %d".formatted(group.name(), config.seed());
  }

  /** Returns the folder under the sweep's root: stable, and another for another configuration. */
  String folder() {
    return "cells/%s-%s/%d"
        .formatted(
            group.name().replaceAll("[^A-Za-z0-9.=_-]+", "_"), id().substring(0, 8), repetition);
  }

  /** Returns the fingerprint of all that decides the result. */
  String id() {
    String id =
        config.detectionMethod().needsBackbone()
            ? config.fingerprint(onFeatures("data", "image", "method", "seed", "evaluation"))
            : config.fingerprint(
                "data",
                "image",
                "filter",
                "corruption",
                "samples",
                "seed",
                "model",
                "training",
                "evaluation");
    return config.evaluation().score().needsCalibration()
        ? Sha256.hex(id + config.fingerprint("calibration"))
        : id;
  }

  /**
   * Returns the number of parameters of the networks that it trains, as far as the settings tell
   * it; 0 if it trains none.
   */
  int parameters() {
    return config.detectionMethod().networks(config.detection()).stream()
        .flatMap(network -> network.architecture().stream())
        .mapToInt(NetworkSpec::parameterCount)
        .sum();
  }

  /** Returns the folder of the samples; trials of the same are prepared once. */
  String samples() {
    return config.samplesPerImage() == 0
        ? "shared/no-samples-" + config.fingerprint("data", "image")
        : "shared/samples-"
            + config.fingerprint("data", "image", "filter", "corruption", "samples", "seed");
  }

  /**
   * Returns the fingerprint of the corrupted images; trials of the same are corrupted once,
   * whatever their filters.
   */
  String corruption() {
    return config.fingerprint("data", "image", "corruption", "seed");
  }

  /** Returns the folder of the images. */
  String images() {
    return "shared/images-" + config.fingerprint("data", "image");
  }

  /** Returns the folder of the models. */
  String models() {
    String shared =
        "shared/models-"
            + config.fingerprint(
                "data", "image", "filter", "corruption", "samples", "seed", "model", "training");
    if (config.evaluation().score().needsCalibration()) {
      // Normal images' maps decide the score, and a model knows those of one setting only.
      shared += "-" + config.fingerprint("calibration", "evaluation");
    }
    String method = config.scoringMethod().name();
    if (config.detectionMethod().needsBackbone()) {
      return "shared/models-%s-%s"
          .formatted(config.fingerprint(onFeatures("data", "image", "method", "seed")), method);
    }
    return method.equals(RestorationMethod.NAME) ? shared : shared + "-" + method;
  }

  /** Returns sections of the settings, with those of a network where one is trained on features. */
  private String[] onFeatures(String... sections) {
    return trainsNetworks()
        ? Stream.concat(Stream.of(sections), Stream.of("model", "training")).toArray(String[]::new)
        : sections;
  }

  /** Returns whether it trains networks, epoch by epoch. */
  boolean trainsNetworks() {
    return !config.detectionMethod().networks(config.detection()).isEmpty();
  }

  /**
   * Returns the output root: its own folder, with images, samples and models shared with trials
   * that need the same.
   */
  OutputRoot root(OutputRoot sweep, Configuration hadoop) {
    Path images = new Path(sweep.path(), images());
    OutputRoot root =
        OutputRoot.of(hadoop, new Path(sweep.path(), folder()).toString())
            .sharing("images", new Path(images, "images"))
            .sharing("quarantine", new Path(images, "quarantine"))
            .sharing("samples", new Path(sweep.path(), samples() + "/samples"));
    for (String folder : config.modelFolders()) {
      root = root.sharing(folder, new Path(sweep.path(), models() + "/" + folder));
    }
    return root;
  }
}
