package org.fairspark.config;

import java.util.List;
import java.util.Map;

/**
 * {@code sweep.*}.
 *
 * @param grid configuration key to the values it takes; cells are all combinations
 * @param repetitions how often each cell is run, each with its own seed
 */
public record SweepConfig(Map<String, List<String>> grid, int repetitions) {}
