package org.fairspark.features;

/** The way in which the maps of coarser layers are brought to the size of the finest one. */
public enum LayerUpsampling {
  /** Bilinear, as PatchCore does. */
  BILINEAR,
  /** The value of the coarse patch that covers the fine one, as PaDiM does. */
  NEAREST
}
