/**
 * Features: from an image to vectors that describe its patches, by a frozen network ({@link
 * org.fairspark.network.Backbone}), and from one number per patch back to a map. Methods that have
 * networks of their own for patches share their grid ({@link org.fairspark.features.PatchGrid}).
 *
 * <p>What methods on features share ({@code detect.patchcore}, {@code detect.padim}). To add one
 * more way to put layers together: a value of {@link org.fairspark.features.LayerUpsampling}.
 *
 * <p>Must not know methods, nor what runs a backbone.
 */
package org.fairspark.features;
