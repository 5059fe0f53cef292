package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.fairspark.scoring.NormalMaps;
import org.fairspark.scoring.Scorer;
import org.fairspark.store.Provenance;
import org.fairspark.text.Sha256;

/**
 * {@code calibration.json} of a model and, for scores by position, {@code positions.safetensors};
 * an entry of the manifest names them.
 */
record CalibrationFile(ModelFolder folder) {
  /** The entry's name. */
  static final String ENTRY = "calibration";

  private static final String NAME = "calibration.json";
  private static final String SHA256 = "sha256";
  private static final String FINGERPRINT = "fingerprint";
  private static final String SCORE = "score";

  /** Returns which settings and data the calibration was made from. */
  static String fingerprint(JsonNode manifest) {
    return manifest.path(ENTRY).path(FINGERPRINT).asText();
  }

  /** Tells whether the calibration that a manifest names is there and was made from just this. */
  boolean isCurrent(JsonNode manifest, Provenance provenance) {
    return manifest.has(ENTRY)
        && fingerprint(manifest).equals(provenance.fingerprint())
        && manifest.path(ENTRY).path(SHA256).asText().equals(sha256Of(text()));
  }

  /** Writes the files and returns the manifest's entry. */
  Map<String, String> write(NewCalibration made, Provenance provenance) throws IOException {
    ModelCalibration calibration = made.calibration();
    if (made.normals().isPresent()) {
      NormalMaps normals = made.normals().get();
      String sha256 = folder.write(PositionsFile.NAME, out -> PositionsFile.write(normals, out));
      calibration = calibration.with(calibration.score().with(Optional.of(sha256)));
    }
    byte[] text = calibration.toJson().getBytes(StandardCharsets.UTF_8);
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put(SHA256, folder.write(NAME, out -> out.write(text)));
    entry.put(FINGERPRINT, provenance.fingerprint());
    entry.put(SCORE, calibration.score().choice().statistic().word());
    return entry;
  }

  /** Reads the calibration that a manifest names. */
  ModelCalibration read(JsonNode manifest) {
    if (!manifest.has(ENTRY)) {
      return ModelCalibration.none("the program that trained the model knew no calibration");
    }
    String text = text();
    folder.requireSame(NAME, sha256Of(text), manifest.path(ENTRY).path(SHA256).asText());
    try {
      return ModelCalibration.fromJson(text);
    } catch (IllegalArgumentException e) {
      throw folder.damaged(NAME + ": " + e.getMessage(), e);
    }
  }

  /** Reads the scores that a model was calibrated with. */
  Scorer scorer(ModelScore score) {
    NormalMaps normals =
        score
            .positionsSha256()
            .map(sha -> folder.read(PositionsFile.NAME, sha, PositionsFile::read))
            .orElse(null);
    return Scorer.of(score.choice().statistic(), score.pixels().statistic(), normals);
  }

  private String text() {
    return folder.root().readText(folder.file(NAME));
  }

  private static String sha256Of(String text) {
    return text == null ? "missing" : Sha256.hex(text);
  }
}
