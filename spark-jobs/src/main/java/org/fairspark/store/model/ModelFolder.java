package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;
import org.fairspark.store.JsonFile;
import org.fairspark.store.OutputRoot;
import org.fairspark.text.Sha256;

/**
 * The folder of one model: its manifest, and files that are read only as the manifest names them,
 * by their SHA-256.
 */
record ModelFolder(OutputRoot root, String category, Path path) {
  private static final String MANIFEST = "manifest.json";
  private static final String REMEDY = "remove the folder and run train again";

  interface Content<T> {
    T read(InputStream in) throws IOException;
  }

  Path file(String name) {
    return new Path(path, name);
  }

  Optional<JsonNode> manifest() {
    return manifestFile().read();
  }

  JsonNode requireManifest() {
    return manifest()
        .orElseThrow(
            () ->
                FairException.refused(
                    "there is no trained model of " + category,
                    path.toString(),
                    "run train first, or check output.root and data.categories"));
  }

  void writeManifest(Object manifest) throws IOException {
    manifestFile().write(manifest);
  }

  private JsonFile manifestFile() {
    return new JsonFile(root, file(MANIFEST), REMEDY);
  }

  /** Reads a file and checks that it is the one that the manifest names. */
  <T> T read(String name, String expected, Content<T> content) {
    MessageDigest digest = Sha256.newDigest();
    T read;
    try (InputStream in = new DigestInputStream(root.fileSystem().open(file(name)), digest)) {
      read = content.read(in);
    } catch (IOException e) {
      throw damaged(name + ": " + e.getMessage(), e);
    }
    requireSame(name, Sha256.hex(digest), expected);
    return read;
  }

  void requireSame(String name, String found, String expected) {
    if (!found.equals(expected)) {
      throw damaged(
          "SHA-256 of %s is %s, its manifest says %s".formatted(name, found, expected), null);
    }
  }

  /** Writes a file so that it is there whole or not at all; returns its SHA-256. */
  String write(String name, OutputRoot.Body body) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    root.write(
        file(name),
        out -> {
          DigestOutputStream digested = new DigestOutputStream(out, digest);
          body.write(digested);
          digested.flush();
        });
    return Sha256.hex(digest);
  }

  /**
   * Makes sure that the manifest and these files are here, without reading them.
   *
   * @throws FairException if they are not: perhaps only a part of the folder was copied
   */
  void require(String... names) {
    requireFile(MANIFEST);
    for (String name : names) {
      requireFile(name);
    }
  }

  private void requireFile(String name) {
    boolean there;
    try {
      there = root.fileSystem().exists(file(name));
    } catch (IOException e) {
      throw damaged(name + ": " + e.getMessage(), e);
    }
    if (!there) {
      throw FairException.refused(
          "there is no trained model of %s: %s is missing".formatted(category, name),
          file(name).toString(),
          "copy the category's folder with all folders in it, or run train until it ends");
    }
  }

  /** Returns the fields of an object of the manifest as text. */
  static Map<String, String> texts(JsonNode fields) {
    Map<String, String> texts = new LinkedHashMap<>();
    fields.fields().forEachRemaining(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  FairException damaged(String problem, Exception cause) {
    return FairException.failed(
        "the model of %s cannot be trusted: %s".formatted(category, problem),
        path.toString(),
        REMEDY,
        cause);
  }
}
