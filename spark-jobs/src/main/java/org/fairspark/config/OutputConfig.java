package org.fairspark.config;

/**
 * {@code output.*}.
 *
 * @param root any Hadoop file-system URI or a local path
 */
public record OutputConfig(String root) {}
