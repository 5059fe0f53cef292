/**
 * The Parquet tables under the output root: their schemas, how they are written whole or not at
 * all, and how they are trusted.
 *
 * <p>Must not compute what stands in them.
 */
package org.fairspark.store.table;
