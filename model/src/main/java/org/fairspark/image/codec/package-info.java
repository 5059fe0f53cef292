/**
 * Image files: one codec per format, behind {@link org.fairspark.image.codec.ImageDecoder}, and the
 * PNG encoder.
 *
 * <p>Must not read files (bytes come in), resize, or know what an image is used for. Of a JPEG that
 * becomes much smaller {@code JpegCellDecoder} gives the means of cells, where the caller says that
 * it will reduce by area; all else is decoded to pixels. A file is decoded whole or refused with
 * the reason ({@link org.fairspark.image.codec.UndecodableImageException}); no size is believed
 * before {@link org.fairspark.image.codec.DecodeLimits} has checked it.
 *
 * <p>To read one more format, JPEG XL for example:
 *
 * <ol>
 *   <li>Write {@code JpegXlCodec}, which implements {@code ImageCodec}: its name, its file name
 *       suffixes, its first bytes, and {@code decode}. A reader of {@code javax.imageio} is called
 *       by {@code ImageReaders.read}; before it runs, the codec checks the header's size against
 *       the limits and that the file reaches to its end. Readers and native libraries are made in a
 *       {@code Holder} by the first decoding, because listing files asks for suffixes alone.
 *   <li>Add it to {@code ImageDecoder.CODECS}, and take the format out of {@code UnreadFormat.ALL}
 *       if it is there. Listing, archives and messages follow: they ask {@link
 *       org.fairspark.image.codec.ImageDecoder#suffixes}.
 *   <li>Add the format to the parametrized tests of {@code ImageDecoderTest} (colour, mask, 16
 *       bits) and of {@code UndecodableImageTest} (a file cut anywhere is refused as truncated).
 * </ol>
 *
 * <p>A second implementation of a slow step is an interface with a {@code create()} that chooses
 * once and logs why not, as {@code ZlibInflater} does for the JDK's zlib and ISA-L.
 */
package org.fairspark.image.codec;
