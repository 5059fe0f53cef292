package org.fairspark.spark.device;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A check that an engine can compute on the GPUs that a process was given, with advice where not.
 *
 * <p>Deeplearning4j's build for GPUs (Maven profile {@code cuda}) holds machine code for sm_37 to
 * sm_86 and no PTX that a driver could translate: it runs on Kepler to Ampere, on Ada (sm_89 runs
 * sm_86's code), and not on Hopper or later. It holds nothing for CPUs. PyTorch 2.7.1 for CUDA 12.8
 * holds code for sm_75 to sm_120, and PTX for what comes later.
 */
public final class GpuCheck {
  /** A training process at 128x128, width 16, batch 8 takes about as much. */
  static final long MIN_FREE_MIB = 1536;

  /**
   * The demands of an engine's code on a GPU.
   *
   * @param name in messages
   * @param absence in messages, where the build has no such engine
   * @param newest empty where a driver can translate its code for later ones
   * @param oldestDriver that its CUDA asks for on Linux, by CUDA's promise of compatibility within
   *     a major version
   */
  private record Code(
      String name,
      String absence,
      ComputeCapability oldest,
      Optional<ComputeCapability> newest,
      String oldestDriver) {}

  private static final Code CUDA_11 =
      new Code(
          "the build for GPUs",
          "but this build is for CPUs",
          new ComputeCapability(3, 7),
          Optional.of(new ComputeCapability(8, 9)),
          "450.80.02");
  private static final Code CUDA_12 =
      new Code(
          "PyTorch",
          "without a PyTorch for it",
          new ComputeCapability(7, 5),
          Optional.empty(),
          "525.60.13");

  private final Code code;
  private final boolean onlyGpus;
  private final Optional<String> missing;
  private final String computing;

  private GpuCheck(Code code, boolean onlyGpus, Optional<String> missing, String computing) {
    this.code = code;
    this.onlyGpus = onlyGpus;
    this.missing = missing;
    this.computing = computing;
  }

  /**
   * Makes a check for one of Deeplearning4j's two builds.
   *
   * @param cudaBuild whether this build has the CUDA engine, and then no other
   */
  public GpuCheck(boolean cudaBuild) {
    this(
        CUDA_11,
        cudaBuild,
        cudaBuild ? Optional.empty() : Optional.of("build with -Pcuda"),
        "computing with CUDA");
  }

  /**
   * Returns a check for PyTorch.
   *
   * @param missing what to do for a PyTorch that computes on GPUs; empty where there is one
   */
  static GpuCheck ofPytorch(Optional<String> missing) {
    return new GpuCheck(CUDA_12, false, missing, "training by PyTorch with CUDA");
  }

  /** The kind of processor that computes the network. */
  public enum ComputePlace {
    GPU,
    CPU,
    /** Nowhere: the build for GPUs, without a GPU that it can use. */
    NOWHERE
  }

  /**
   * A finding and its consequence.
   *
   * @param place where to compute
   * @param line one line: what was found, what will be done, what to do about it
   */
  public record Verdict(ComputePlace place, String line) {}

  /**
   * Judges what a process was given.
   *
   * @param found the machine's GPUs
   * @param assigned numbers of the GPUs that Spark gave to this executor; none: it gave none
   */
  public Verdict check(NvidiaSmi.Listing found, List<Integer> assigned) {
    if (assigned.isEmpty()) {
      return unassigned(found);
    }
    for (int index : assigned) {
      Optional<Gpu> gpu = find(found, index);
      Optional<Verdict> obstacle =
          gpu.isPresent()
              ? obstacle(gpu.get())
              : Optional.of(
                  notUsable(
                      "Spark gave GPU %d, but %s".formatted(index, seen(found)),
                      "mend the discovery script on this machine"));
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
    }
    String names =
        assigned.stream()
            .map(index -> find(found, index).orElseThrow().toString())
            .collect(Collectors.joining(", "));
    return new Verdict(ComputePlace.GPU, "%s: %s; nothing to do".formatted(names, computing));
  }

  private Verdict unassigned(NvidiaSmi.Listing found) {
    if (onlyGpus) {
      return notUsable(
          "no GPU given by Spark",
          "set spark.executor.resource.gpu.amount (conf/spark/gpu.properties)");
    }
    if (found.gpus().isEmpty()) {
      return new Verdict(ComputePlace.CPU, "no GPU: computing on the CPU; nothing to do");
    }
    return notUsable(
        found.gpus().get(0) + ", not given by Spark",
        "nothing, or to train on it build with -Pcuda and use conf/spark/gpu.properties");
  }

  private Optional<Verdict> obstacle(Gpu gpu) {
    if (older(gpu.driver(), code.oldestDriver())) {
      return Optional.of(
          notUsable(
              gpu + ", driver too old", "install driver " + code.oldestDriver() + " or later"));
    }
    if (gpu.capability() == null) {
      return Optional.of(notUsable(gpu + ", its driver does not tell more", "install a newer one"));
    }
    if (gpu.capability().compareTo(code.oldest()) < 0) {
      return Optional.of(
          notUsable(
              "%s, too old for %s, which begins at %s".formatted(gpu, code.name(), code.oldest()),
              "take it out of the discovery script"));
    }
    if (code.newest().isPresent() && gpu.capability().compareTo(code.newest().get()) > 0) {
      return Optional.of(
          notUsable(
              "%s, too new for %s, which ends at %s"
                  .formatted(gpu, code.name(), code.newest().get()),
              "train on the CPU, on an older GPU or by PyTorch (FAIR_PROFILES=pytorch-gpu); ONNX"
                  + " Runtime can score on this one"));
    }
    if (missing.isPresent()) {
      return Optional.of(notUsable(gpu + ", " + code.absence(), missing.get()));
    }
    if (gpu.freeMib() < MIN_FREE_MIB) {
      return Optional.of(
          notUsable(
              "%s, at least %d MiB needed".formatted(gpu, MIN_FREE_MIB),
              "look in nvidia-smi who uses it"));
    }
    return Optional.empty();
  }

  private Verdict notUsable(String found, String todo) {
    return onlyGpus
        ? new Verdict(
            ComputePlace.NOWHERE,
            found
                + ": this build cannot compute here; to do: "
                + todo
                + ", or use the build without -Pcuda, for CPUs")
        : new Verdict(ComputePlace.CPU, found + ": computing on the CPU; to do: " + todo);
  }

  private static Optional<Gpu> find(NvidiaSmi.Listing found, int index) {
    return found.gpus().stream().filter(g -> g.index() == index).findFirst();
  }

  private static String seen(NvidiaSmi.Listing found) {
    return found.problem().isEmpty()
        ? "nvidia-smi lists " + found.gpus().stream().map(Gpu::index).toList()
        : found.problem();
  }

  /** Compares versions number by number. */
  static boolean older(String version, String than) {
    String[] a = version.split("\\.", -1);
    String[] b = than.split("\\.", -1);
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int left = i < a.length ? number(a[i]) : 0;
      int right = i < b.length ? number(b[i]) : 0;
      if (left != right) {
        return left < right;
      }
    }
    return false;
  }

  private static int number(String text) {
    String digits = text.replaceAll("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
