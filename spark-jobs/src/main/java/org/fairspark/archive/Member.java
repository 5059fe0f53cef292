package org.fairspark.archive;

import org.fairspark.files.Omission;

/**
 * A file in an archive, as listed.
 *
 * @param item where it lies
 * @param omission why it is left out; null for an image
 */
public record Member(ImageItem item, Omission omission) {}
