package org.fairspark.config;

import java.util.Locale;

/** The data-set layouts that can be read. */
public enum DataLayout {
  MVTEC,
  VISA,
  FOLDER,
  MVTEC_LOCO,
  MVTEC_AD2,
  BTAD,
  MPDD,
  KOLEKTOR_SDD,
  KOLEKTOR_SDD2,
  DAGM,
  REAL_IAD,
  MAGNETIC_TILE,
  AUTOVI,
  THREE_CAD("3cad"),
  /** A table of images. */
  MANIFEST,
  /** Whichever of the others the folders look like. */
  AUTO;

  private final String word;

  DataLayout() {
    this.word = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Makes a layout whose name begins as no name in Java can. */
  DataLayout(String word) {
    this.word = word;
  }

  /** Returns the name in settings. */
  @Override
  public String toString() {
    return word;
  }
}
