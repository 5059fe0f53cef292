package org.fairspark.config;

/** The data-set layouts that can be read. */
public enum DataLayout {
  MVTEC,
  VISA,
  FOLDER,
  MANIFEST
}
