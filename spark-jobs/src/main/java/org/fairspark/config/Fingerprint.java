package org.fairspark.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    for (Setting<?> setting : Settings.ALL) {
      boolean wanted =
          keys.stream().anyMatch(k -> setting.key().equals(k) || setting.key().startsWith(k + "."));
      if (wanted && setting.hasEffect(config)) {
        effective.put(setting.key(), String.valueOf(setting.plain(config)));
      }
    }
    return effective;
  }
}
