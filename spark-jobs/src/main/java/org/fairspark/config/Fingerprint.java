package org.fairspark.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fairspark.corruption.CorruptionRecipe;

/** Hashes of what decides a result. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(FairConfig config, List<String> keys) {
    StringBuilder text = new StringBuilder();
    effective(config, keys)
        .forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The settings below the given keys that have an effect, with their values, sorted by key. */
  static Map<String, String> effective(FairConfig config, List<String> keys) {
    for (String key : keys) {
      if (Settings.find(key).isEmpty() && !Settings.isSection(key)) {
        throw new IllegalArgumentException("no such setting or section: " + key);
      }
    }
    Map<String, String> effective = new TreeMap<>();
    for (Setting setting : Settings.ALL) {
      boolean wanted =
          keys.stream().anyMatch(k -> setting.key().equals(k) || setting.key().startsWith(k + "."));
      if (wanted && hasEffect(setting.key(), config)) {
        effective.put(setting.key(), String.valueOf(setting.plain(setting.getter().apply(config))));
      }
    }
    return effective;
  }

  private static boolean hasEffect(String key, FairConfig config) {
    FilterConfig.Kind filter = config.filter().kind();
    return switch (key) {
      case "filter.cutoff" -> filter.hasCutoff();
      case "filter.order" -> filter == FilterConfig.Kind.BUTTERWORTH;
      case "filter.axes", "filter.kernel" -> filter == FilterConfig.Kind.SOBEL;
      case "corruption.textures", "corruption.cutpaste" ->
          config.corruption().recipe() != CorruptionRecipe.NONE;
      case "evaluation.gradient", "evaluation.color-weight" ->
          !config.evaluation().discriminative();
      case "evaluation.scales" ->
          config.evaluation().gradient() && !config.evaluation().discriminative();
      case "evaluation.color-order" ->
          config.evaluation().colorWeight() != 0 && !config.evaluation().discriminative();
      default -> true;
    };
  }
}
