/**
 * The one way to an engine: {@link org.fairspark.inference.EngineChoice} chooses what restores and
 * {@link org.fairspark.inference.TrainingChoice} what trains, on the driver, {@link
 * org.fairspark.inference.ModelSource} carries a trained model to the executors, and {@link
 * org.fairspark.inference.EnginePool} lends trainers and restorers to tasks. {@link
 * org.fairspark.inference.EvaluatedModels} opens the models of an evaluation, each with the
 * settings that it was trained with.
 *
 * <p>Must not know what is restored or what becomes of it. Outside of this package no class of the
 * jobs makes an engine.
 *
 * <p>To add an engine, see {@link org.fairspark.network}; here it needs a rule in {@code
 * EngineChoice}, a lease in {@code Engines}, and, if it restores, the form in which its model
 * travels in {@code ModelSource}; if it trains, a rule in {@code TrainingChoice}.
 */
package org.fairspark.inference;
