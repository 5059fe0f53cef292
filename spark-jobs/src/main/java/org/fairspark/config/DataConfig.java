package org.fairspark.config;

import java.util.List;

/**
 * {@code data.*}: where the images are.
 *
 * @param root any Hadoop file-system URI or a local path
 * @param layout how the folders below the root are to be read
 * @param categories the categories to take; empty means all that are found
 */
public record DataConfig(String root, DataLayout layout, List<String> categories) {}
