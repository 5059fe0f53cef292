package org.fairspark.config;

import java.util.Map;

/**
 * A combination of settings that a sweep tries, as often as it repeats trials. The configuration
 * key {@code sweep.cells}, the tables and the page call it a cell.
 *
 * @param name the named settings' name and the grid's settings
 * @param settings what differs from the sweep's own configuration
 * @param config the group's configuration, without a sweep of its own
 */
public record TrialGroup(String name, Map<String, String> settings, FairConfig config) {}
