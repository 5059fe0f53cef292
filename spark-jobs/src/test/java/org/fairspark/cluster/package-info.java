/**
 * Clusters, stores and faults for tests: each in processes of its own on 127.0.0.1, each gone when
 * the test is.
 */
package org.fairspark.cluster;
