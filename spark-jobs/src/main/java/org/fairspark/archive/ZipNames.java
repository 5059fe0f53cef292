package org.fairspark.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * The names of a zip's members. Zips that do not say UTF-8 hold names in the code page of the
 * machine that packed them, which they do not tell: bytes that are not UTF-8 are then written as
 * {@code \xB2}, so that every member keeps a name of its own.
 */
final class ZipNames {
  private static final int ASCII = 0x80;

  private ZipNames() {}

  static String of(ZipArchiveEntry entry) {
    byte[] raw = entry.getRawName();
    if (raw == null
        || entry.getGeneralPurposeBit().usesUTF8ForNames()
        || entry.getNameSource() != ZipArchiveEntry.NameSource.NAME) {
      return entry.getName();
    }
    return text(raw);
  }

  static String text(byte[] raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder name = new StringBuilder();
      for (byte b : raw) {
        int value = b & 0xFF;
        name.append(value < ASCII ? String.valueOf((char) value) : "\\x%02X".formatted(value));
      }
      return name.toString();
    }
  }
}
