package org.fairspark.spark.device;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A check that this build can compute on the GPUs that a process was given, with advice where not.
 *
 * <p>The build for GPUs (Maven profile {@code cuda}) holds machine code for sm_37 to sm_86 and no
 * PTX that a driver could translate: it runs on Kepler to Ampere, on Ada (sm_89 runs sm_86's code),
 * and not on Hopper or later. It holds nothing for CPUs.
 */
public final class GpuCheck {
  static final ComputeCapability OLDEST = new ComputeCapability(3, 7);
  static final ComputeCapability NEWEST = new ComputeCapability(8, 9);

  /**
   * The driver that CUDA 11 asks for on Linux, by its promise of compatibility within a major
   * version.
   */
  static final String OLDEST_DRIVER = "450.80.02";

  /** A training process at 128x128, width 16, batch 8 takes about as much. */
  static final long MIN_FREE_MIB = 1536;

  private final boolean cudaBuild;

  /**
   * Makes a check for one of the two builds.
   *
   * @param cudaBuild whether this build has the CUDA engine, and then no other
   */
  public GpuCheck(boolean cudaBuild) {
    this.cudaBuild = cudaBuild;
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
    return new Verdict(ComputePlace.GPU, names + ": computing with CUDA; nothing to do");
  }

  private Verdict unassigned(NvidiaSmi.Listing found) {
    if (cudaBuild) {
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
    if (older(gpu.driver(), OLDEST_DRIVER)) {
      return Optional.of(
          notUsable(gpu + ", driver too old", "install driver " + OLDEST_DRIVER + " or later"));
    }
    if (gpu.capability() == null) {
      return Optional.of(notUsable(gpu + ", its driver does not tell more", "install a newer one"));
    }
    if (gpu.capability().compareTo(OLDEST) < 0) {
      return Optional.of(
          notUsable(
              gpu + ", too old for the build for GPUs, which begins at " + OLDEST,
              "take it out of the discovery script"));
    }
    if (gpu.capability().compareTo(NEWEST) > 0) {
      return Optional.of(
          notUsable(
              gpu + ", too new for the build for GPUs, which ends at " + NEWEST,
              "train on the CPU or on an older GPU; ONNX Runtime can score on this one"));
    }
    if (!cudaBuild) {
      return Optional.of(notUsable(gpu + ", but this build is for CPUs", "build with -Pcuda"));
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
    return cudaBuild
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
