/**
 * The Parquet tables under the output root: their schemas, how they are written whole or not at
 * all, and how they are trusted. {@code images/}, {@code samples/}, {@code maps/} and {@code
 * quarantine/} are written once, by {@link org.fairspark.store.table.TableWriter}; {@code scores/}
 * is renewed night by night, by {@link org.fairspark.store.table.ScoresStore}.
 *
 * <p>Must not compute what stands in them, and must not know the jobs that do.
 *
 * <p>To add a table: add a class with the names of its columns, a {@code schema} and a {@link
 * org.fairspark.store.table.TableSpec}; make its rows by {@link
 * org.fairspark.store.table.RowBuilder} in the job's package; stage and commit them with a {@link
 * org.fairspark.store.Provenance} of all that decides what they hold. Raise the schema version when
 * a column changes its meaning.
 */
package org.fairspark.store.table;
