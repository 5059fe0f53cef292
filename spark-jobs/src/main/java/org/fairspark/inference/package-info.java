/**
 * The one way to an engine: {@link org.fairspark.inference.EngineChoice} chooses it on the driver,
 * {@link org.fairspark.inference.ModelSource} carries a trained model to the executors, and {@link
 * org.fairspark.inference.EnginePool} lends trainers and restorers to tasks.
 *
 * <p>Must not know what is restored or what becomes of it. Outside of this package no class of the
 * jobs makes an engine.
 *
 * <p>To add an engine, see {@link org.fairspark.network}; here it needs a rule in {@code
 * EngineChoice}, a lease in {@code Engines}, and, if it restores, the form in which its model
 * travels in {@code ModelSource}. A second engine that trains needs its choice too: {@code
 * EnginePool.train} then takes it as an argument, chosen on the driver, because all workers of a
 * round must train alike.
 */
package org.fairspark.inference;
