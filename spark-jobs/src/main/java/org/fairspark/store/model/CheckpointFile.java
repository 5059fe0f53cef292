package org.fairspark.store.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;
import org.fairspark.modelfile.NetworkFile;
import org.fairspark.network.NetworkSpec;
import org.fairspark.store.Provenance;
import org.fairspark.text.Json;

/** {@code checkpoint.safetensors} of a model in training: the newest, whole at any moment. */
record CheckpointFile(ModelFolder folder) {
  private static final String NAME = "checkpoint.safetensors";
  private static final String FINGERPRINT = "fingerprint";
  private static final String PROVENANCE = "provenance";
  private static final String EPOCHS = "loss_csv";
  private static final String DURATION = "duration_seconds";

  Path path() {
    return folder.file(NAME);
  }

  /**
   * Returns the checkpoint, if there is one and it belongs to just this.
   *
   * @param spec of the network
   */
  Optional<Checkpoint> newest(Provenance provenance, NetworkSpec spec) throws IOException {
    if (!folder.root().fileSystem().exists(path())) {
      return Optional.empty();
    }
    NetworkFile.Loaded loaded;
    try (InputStream in = folder.root().fileSystem().open(path())) {
      loaded = NetworkFile.read(in, spec);
    } catch (IOException e) {
      throw folder.damaged("its checkpoint is not whole: " + e.getMessage(), e);
    }
    if (!provenance.fingerprint().equals(loaded.metadata().get(FINGERPRINT))) {
      throw FairException.refused(
          "output.root holds unfinished training of %s with other settings or data%s"
              .formatted(
                  folder.category(), differences(loaded.metadata().get(PROVENANCE), provenance)),
          path().toString(),
          "give another output.root; or go back to those settings; or remove that file");
    }
    List<EpochSummary> history = LossFile.parse(loaded.metadata().get(EPOCHS));
    double seconds = Double.parseDouble(loaded.metadata().get(DURATION));
    return Optional.of(
        new Checkpoint(loaded.weights(), history, Duration.ofMillis((long) (1000 * seconds))));
  }

  /** Returns what differs from what a checkpoint was made of; nothing if it does not say. */
  private static String differences(String there, Provenance now) throws JsonProcessingException {
    return there == null
        ? ""
        : ": "
            + String.join(
                "; ", Provenance.of(ModelFolder.texts(Json.parse(there))).differences(now));
  }

  void write(Checkpoint checkpoint, Provenance provenance) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FINGERPRINT, provenance.fingerprint());
    metadata.put(PROVENANCE, Json.line(provenance.values()));
    metadata.put(EPOCHS, LossFile.lines(checkpoint.history()));
    metadata.put(DURATION, String.valueOf(checkpoint.duration().toMillis() / 1000.0));
    folder.write(NAME, out -> NetworkFile.writeCheckpoint(checkpoint.state(), metadata, out));
  }

  void remove() throws IOException {
    folder.root().fileSystem().delete(path(), false);
  }
}
