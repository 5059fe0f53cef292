package org.fairspark.architecture;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The floor plan of both modules: what each package may use of ours, and which packages may know
 * which library. {@code ARCHITECTURE.md} shows it as a picture. A new package gets its line here.
 */
final class Walls {
  static final String ROOT = "org.fairspark.";

  /** Packages, each with those of ours that it may use: these alone, not what lies below them. */
  static final Map<String, Set<String>> MAY_USE = new TreeMap<>();

  /** Packages of the model, which know no Spark. */
  static final Set<String> MODEL = new TreeSet<>();

  /** Packages of libraries, with the packages of ours that may know them, and all below those. */
  static final Map<String, Set<String>> LIBRARIES = new TreeMap<>();

  private Walls() {}

  private static void room(String name, String... others) {
    MAY_USE.put(name, Set.of(others));
  }

  private static void library(String packages, String... rooms) {
    LIBRARIES.put(packages, Set.of(rooms));
  }

  static {
    room("anomaly", "color", "image");
    room("cache");
    room("calibration", "metrics", "random");
    room("color", "image");
    room("corruption", "color", "image", "random");
    room(
        "detect",
        "anomaly",
        "corruption",
        "features",
        "frequency",
        "image",
        "inspection",
        "metrics",
        "modelfile",
        "network",
        "network.graph",
        "random",
        "scoring");
    room(
        "detect.ast",
        "anomaly",
        "detect",
        "features",
        "image",
        "network",
        "network.graph",
        "random");
    room(
        "detect.discriminative",
        "anomaly",
        "corruption",
        "detect",
        "detect.restoration",
        "image",
        "network");
    room(
        "detect.cutpaste",
        "anomaly",
        "corruption",
        "detect",
        "detect.padim",
        "features",
        "image",
        "network",
        "network.graph",
        "random");
    room("detect.draem", "detect", "detect.discriminative", "network");
    room("detect.exported", "anomaly", "detect", "features", "image", "network");
    room(
        "detect.intra",
        "anomaly",
        "color",
        "detect",
        "image",
        "network",
        "network.graph",
        "random");
    room(
        "detect.nsa",
        "anomaly",
        "corruption",
        "detect",
        "detect.restoration",
        "frequency",
        "image",
        "network");
    room(
        "detect.padim", "anomaly", "detect", "features", "image", "modelfile", "network", "random");
    room(
        "detect.patchsvdd",
        "anomaly",
        "detect",
        "features",
        "image",
        "network",
        "network.graph",
        "random");
    room("detect.patchcore", "detect", "features", "image", "modelfile", "network", "random");
    room("detect.rd4ad", "anomaly", "detect", "features", "image", "network", "network.graph");
    room("detect.restoration", "anomaly", "detect", "frequency", "image", "network");
    room("detect.riad", "anomaly", "corruption", "detect", "detect.restoration", "image", "random");
    room("features", "anomaly", "image", "network");
    room("frequency", "cache", "image");
    room("image");
    room("image.codec", "image");
    room("inspection", "image", "metrics");
    room("metrics");
    room("modelfile", "network");
    room("network", "image", "random");
    room("network.backend", "network");
    room("network.dl4j", "network", "network.backend");
    room("network.graph", "network", "random");
    room("network.onednn", "network", "network.backend");
    room("network.onnx", "image", "network", "network.graph");
    room("network.pytorch", "network", "network.graph");
    room("random");
    room("scoring", "corruption", "image", "inspection", "random");
    room("training", "network", "random");
    MODEL.addAll(MAY_USE.keySet());

    // What commands share.
    room("archive", "failure", "files");
    room(
        "config",
        "anomaly",
        "color",
        "corruption",
        "detect",
        "features",
        "frequency",
        "image",
        "metrics",
        "scoring",
        "text",
        "training");
    room("dataset", "config", "dataset.manifest", "failure", "files", "random", "text");
    room("dataset.manifest", "failure", "files", "text");
    room("demo", "image", "image.codec", "random");
    room("failure");
    room("files", "failure", "image", "image.codec");
    room(
        "inference",
        "cache",
        "config",
        "detect",
        "failure",
        "features",
        "files",
        "image",
        "image.codec",
        "inspection",
        "metrics",
        "modelfile",
        "network",
        "network.backend",
        "network.dl4j",
        "network.onednn",
        "network.onnx",
        "network.pytorch",
        "scoring",
        "spark",
        "spark.device",
        "store",
        "store.model",
        "text");
    room("notebook", "image");
    room("report", "anomaly", "image", "image.codec", "metrics", "random", "text");
    room("runtime", "config", "failure", "spark", "store", "store.table", "text", "tracking");
    room(
        "spark",
        "config",
        "detect",
        "failure",
        "files",
        "image",
        "network",
        "network.backend",
        "network.pytorch",
        "spark.device",
        "text");
    room("spark.device", "cache", "network.backend", "network.pytorch");
    room("store", "config", "failure", "files", "text");
    room(
        "store.metrics",
        "color",
        "config",
        "failure",
        "frequency",
        "metrics",
        "store",
        "store.table",
        "text");
    room(
        "store.model",
        "calibration",
        "config",
        "corruption",
        "detect",
        "failure",
        "frequency",
        "image",
        "inspection",
        "metrics",
        "modelfile",
        "network",
        "network.onnx",
        "scoring",
        "store",
        "text",
        "training");
    room(
        "store.table",
        "cache",
        "config",
        "dataset",
        "detect",
        "failure",
        "image",
        "metrics",
        "store",
        "text");
    room("text");
    room(
        "textures",
        "cache",
        "config",
        "corruption",
        "dataset",
        "detect",
        "failure",
        "files",
        "image",
        "image.codec",
        "random",
        "store.table");

    room("tracking", "config", "store", "text");

    // The commands.
    room(
        "cli",
        "config",
        "demo",
        "failure",
        "job.bench",
        "job.evaluate",
        "job.manifest",
        "job.prepare",
        "job.report",
        "job.run",
        "job.score",
        "job.submission",
        "job.sweep",
        "job.train",
        "runtime",
        "spark",
        "store");
    room(
        "job.bench",
        "anomaly",
        "config",
        "corruption",
        "demo",
        "detect",
        "frequency",
        "image",
        "image.codec",
        "inference",
        "job.evaluate",
        "job.train",
        "metrics",
        "network",
        "random",
        "runtime",
        "spark",
        "store",
        "store.table",
        "text",
        "training");
    room(
        "job.evaluate",
        "anomaly",
        "config",
        "corruption",
        "dataset",
        "detect",
        "failure",
        "files",
        "frequency",
        "image",
        "inference",
        "inspection",
        "metrics",
        "network",
        "runtime",
        "scoring",
        "spark",
        "spark.device",
        "store",
        "store.metrics",
        "store.model",
        "store.table",
        "text");
    room("job.manifest", "config", "dataset", "failure", "files", "runtime");
    room(
        "job.prepare",
        "config",
        "corruption",
        "dataset",
        "detect",
        "failure",
        "files",
        "frequency",
        "image",
        "image.codec",
        "metrics",
        "random",
        "runtime",
        "spark",
        "store",
        "store.table",
        "text",
        "textures");
    room(
        "job.report",
        "anomaly",
        "config",
        "dataset",
        "detect",
        "failure",
        "frequency",
        "image",
        "inference",
        "inspection",
        "metrics",
        "network",
        "random",
        "report",
        "runtime",
        "scoring",
        "spark.device",
        "store",
        "store.metrics",
        "store.model",
        "store.table");
    room(
        "job.run",
        "config",
        "dataset",
        "demo",
        "failure",
        "job.evaluate",
        "job.prepare",
        "job.report",
        "job.train",
        "runtime",
        "spark",
        "store",
        "store.table");
    room(
        "job.score",
        "anomaly",
        "archive",
        "calibration",
        "config",
        "dataset",
        "detect",
        "failure",
        "files",
        "frequency",
        "image",
        "image.codec",
        "inference",
        "inspection",
        "metrics",
        "network",
        "runtime",
        "scoring",
        "spark",
        "spark.device",
        "store",
        "store.model",
        "store.table",
        "text");
    room("job.submission", "failure", "image", "image.codec", "runtime", "store", "store.table");
    room(
        "job.sweep",
        "config",
        "dataset",
        "detect",
        "failure",
        "inference",
        "job.evaluate",
        "job.prepare",
        "job.report",
        "job.run",
        "job.train",
        "metrics",
        "network",
        "report",
        "runtime",
        "spark",
        "spark.device",
        "store",
        "store.metrics",
        "store.table",
        "text");
    room(
        "job.train",
        "calibration",
        "config",
        "corruption",
        "dataset",
        "detect",
        "detect.restoration",
        "failure",
        "files",
        "image",
        "inference",
        "inspection",
        "metrics",
        "network",
        "random",
        "runtime",
        "scoring",
        "spark",
        "spark.device",
        "store",
        "store.model",
        "store.table",
        "text",
        "training");
    room(
        "job.train.ast",
        "calibration",
        "config",
        "detect",
        "detect.ast",
        "features",
        "image",
        "inference",
        "job.train",
        "job.train.features",
        "network",
        "network.onnx",
        "random",
        "runtime",
        "spark",
        "spark.device",
        "store",
        "store.model",
        "store.table",
        "training");
    room(
        "job.train.discriminative",
        "calibration",
        "config",
        "corruption",
        "dataset",
        "detect",
        "detect.discriminative",
        "files",
        "frequency",
        "image",
        "inference",
        "job.train",
        "network",
        "random",
        "runtime",
        "spark.device",
        "store",
        "store.model",
        "store.table",
        "textures",
        "training");
    room("job.train.cutpaste", "detect.cutpaste", "detect.padim", "job.train.patches");
    room("job.train.draem", "detect.draem", "job.train", "job.train.discriminative");
    room(
        "job.train.exported",
        "calibration",
        "config",
        "inference",
        "job.train",
        "job.train.features",
        "modelfile",
        "network",
        "network.onnx",
        "runtime",
        "store.model",
        "store.table");
    room(
        "job.train.features",
        "calibration",
        "config",
        "detect",
        "failure",
        "features",
        "image",
        "inference",
        "job.train",
        "modelfile",
        "network",
        "network.onnx",
        "random",
        "runtime",
        "spark",
        "spark.device",
        "store",
        "store.model",
        "store.table",
        "text",
        "training");
    room("job.train.intra", "detect.intra", "job.train.patches");
    room("job.train.nsa", "corruption", "detect.nsa", "image", "job.train", "store.table");
    room(
        "job.train.padim",
        "detect.padim",
        "features",
        "job.train",
        "job.train.features",
        "modelfile");
    room("job.train.patchsvdd", "detect.patchsvdd", "job.train.patches");
    room(
        "job.train.patchcore",
        "detect.patchcore",
        "features",
        "job.train",
        "job.train.features",
        "modelfile",
        "random");
    room("job.train.rd4ad", "detect.rd4ad", "job.train", "job.train.features");
    room(
        "job.train.patches",
        "calibration",
        "config",
        "detect",
        "image",
        "inference",
        "job.train",
        "network",
        "network.onnx",
        "random",
        "runtime",
        "spark.device",
        "store",
        "store.table",
        "training");
    room("job.train.riad", "job.train");

    library("org.nd4j.. org.deeplearning4j..", "network..");
    library("org.bytedeco..", "network..");
    library("ai.onnxruntime..", "network.onnx");
    library("ai.djl..", "network.pytorch");
    library("org.jtransforms..", "frequency");
    library("picocli..", "cli");
    library("com.typesafe.config..", "config");
    library("org.knowm.xchart..", "notebook");
    library("freemarker..", "report");
    library("de.siegmar.fastcsv..", "dataset.manifest");
  }
}
