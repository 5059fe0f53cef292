package org.fairspark.inference;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairspark.config.FairConfig;
import org.fairspark.config.TrainerSetting;
import org.fairspark.config.TrainingConfig;
import org.fairspark.config.TrainingPrecision;
import org.fairspark.detect.Method;
import org.fairspark.failure.FairException;
import org.fairspark.network.TrainingEngine;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.spark.LazySpark;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.GpuSurvey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine that trains, chosen once for a job, on the driver: all workers of a round train alike.
 *
 * @param engine what trains
 * @param precision of its convolutions, where it is PyTorch on a GPU
 * @param line one human-readable line: what trains, and why; empty for the usual engine
 */
public record TrainingChoice(TrainingEngine engine, TrainingPrecision precision, String line)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(TrainingChoice.class);

  /** The usual choice. */
  public static final TrainingChoice DL4J =
      new TrainingChoice(TrainingEngine.DL4J, TrainingPrecision.FLOAT32, "");

  /** The choice where every network is trained: of PyTorch, whose memory is known of all. */
  public static final TrainingChoice NOTHING_TO_TRAIN =
      new TrainingChoice(TrainingEngine.PYTORCH, TrainingPrecision.FLOAT32, "");

  /**
   * Chooses by what was asked for, what this build holds and what executors compute on, and logs a
   * choice that is not the usual one.
   *
   * @throws FairException if what was asked for cannot be, or the method's networks cannot be
   *     trained here
   */
  public static TrainingChoice of(FairConfig config, LazySpark spark) {
    Method method = config.detectionMethod();
    Abilities here = Abilities.of(spark);
    TrainingChoice choice =
        method.trainsGraphs(config.detection())
            ? ofGraphs(method.name(), config.training(), here)
            : of(config.training(), here);
    if (!choice.line.isEmpty()) {
      LOG.info("{}", choice.line);
    }
    return choice;
  }

  /**
   * The facts that the choice depends on.
   *
   * @param builtIn whether this build has PyTorch
   * @param gpus whether tasks that train get GPUs, and this build has PyTorch for them
   * @param onCpu what is in the way of PyTorch on the driver's CPU, if anything
   * @param withoutOneDnn whether Deeplearning4j has no oneDNN on this machine
   * @param onlyPytorch what there is to say about GPUs that PyTorch alone can use; asking takes a
   *     stage
   */
  record Abilities(
      boolean builtIn,
      boolean gpus,
      Optional<PytorchLibrary.Obstacle> onCpu,
      boolean withoutOneDnn,
      Supplier<List<String>> onlyPytorch) {

    static Abilities of(LazySpark spark) {
      return new Abilities(
          PytorchLibrary.isBuiltIn(),
          PytorchLibrary.isBuiltInForCuda() && GpuStages.available(spark.conf()),
          PytorchLibrary.obstacle(false),
          System.getProperty("os.name").startsWith("Mac"),
          () -> GpuSurvey.onlyPytorch(spark.context(), spark.shape().executors()));
    }
  }

  /** Chooses for networks that are no U-Nets, which PyTorch alone trains. */
  static TrainingChoice ofGraphs(String method, TrainingConfig asked, Abilities abilities) {
    if (asked.engine() == TrainerSetting.DL4J) {
      throw FairException.refused(
          "training.engine=dl4j cannot train the network of method.kind=%s: PyTorch alone can"
              .formatted(method),
          "training.engine",
          abilities.gpus() || abilities.onCpu().isEmpty()
              ? "leave it at auto"
              : "leave it at auto, and " + abilities.onCpu().get().todo());
    }
    if (!abilities.gpus()) {
      abilities
          .onCpu()
          .ifPresent(obstacle -> refuse(obstacle, "method.kind=%s needs".formatted(method)));
    }
    return pytorch(asked, "PyTorch trains, the one engine for method.kind=" + method);
  }

  static TrainingChoice of(TrainingConfig asked, Abilities abilities) {
    return switch (asked.engine()) {
      case DL4J -> DL4J;
      case PYTORCH -> {
        if (!abilities.gpus()) {
          abilities
              .onCpu()
              .ifPresent(obstacle -> refuse(obstacle, "training.engine=pytorch asks for"));
        }
        yield pytorch(asked, "PyTorch trains, as training.engine says");
      }
      case AUTO -> best(asked, abilities);
    };
  }

  private static TrainingChoice best(TrainingConfig asked, Abilities abilities) {
    List<String> gpus = abilities.gpus() ? abilities.onlyPytorch().get() : List.of();
    if (!gpus.isEmpty()) {
      return pytorch(asked, "PyTorch trains, since Deeplearning4j cannot use " + gpus.get(0));
    }
    if (abilities.withoutOneDnn() && abilities.builtIn() && abilities.onCpu().isEmpty()) {
      return pytorch(asked, "PyTorch trains, since Deeplearning4j has no oneDNN on this machine");
    }
    return DL4J;
  }

  private static TrainingChoice pytorch(TrainingConfig asked, String line) {
    return new TrainingChoice(TrainingEngine.PYTORCH, asked.precision(), line);
  }

  private static void refuse(PytorchLibrary.Obstacle obstacle, String who) {
    throw FairException.refused(
        "%s, and %s PyTorch".formatted(obstacle.what(), who), obstacle.where(), obstacle.todo());
  }
}
