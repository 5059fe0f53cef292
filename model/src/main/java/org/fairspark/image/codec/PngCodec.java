package org.fairspark.image.codec;

import java.util.List;
import java.util.Set;

/** PNG (W3C Recommendation, second edition); see {@link PngDecoder}. */
final class PngCodec implements ImageCodec {
  /** Made by the first decoding: asking for suffixes loads no native library. */
  private static final class Holder {
    static final ZlibInflater INFLATER = ZlibInflater.create();
  }

  @Override
  public String name() {
    return "PNG";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of("png");
  }

  @Override
  public List<Signature> signatures() {
    return List.of(new Signature("\u0089PNG\r\n\u001a\n"));
  }

  @Override
  public DecodedImage decode(byte[] file, Decoding how) throws UndecodableImageException {
    return new PngDecoder(file, how.limits(), Holder.INFLATER).decode(how);
  }
}
