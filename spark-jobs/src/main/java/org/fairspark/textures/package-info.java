/**
 * The images that synthetic defects are made of, as tasks get them: texture files, and training
 * images of other or the same category; an executor keeps the textures that it decoded.
 *
 * <p>Must not corrupt images: that is a function of the model module.
 */
package org.fairspark.textures;
