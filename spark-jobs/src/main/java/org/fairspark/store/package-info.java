/**
 * The output root: who may write into it ({@link org.fairspark.store.OutputLock}), how a file comes
 * to be there whole or not at all, JSON files, and what identifies a result ({@link
 * org.fairspark.store.Provenance}).
 *
 * <p>Must not know any table, model or job: what is specific to them stands in {@code store.table},
 * {@code store.model} and {@code store.metrics}, which stand on this package. Nobody else renames a
 * file into place.
 */
package org.fairspark.store;
