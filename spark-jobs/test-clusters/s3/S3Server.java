import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/**
 * An S3 server on 127.0.0.1 that keeps its objects in memory: for tests only. (The stores over a
 * folder take a folder for an object of that name, which S3 never does.)
 *
 * <p>Arguments: the bucket to make, the access key and the secret key. Prints {@code READY} and the
 * endpoint; and for every line of standard input, such as {@code 1}, how many objects clients have
 * had copied so far, as {@code COPIES 1: 17}. Ends when standard input ends.
 */
public final class S3Server {
  private static final AtomicLong COPIES = new AtomicLong();

  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      System.err.println("Usage: S3Server BUCKET ACCESS_KEY SECRET_KEY");
      System.exit(2);
    }
    BlobStore memory =
        ContextBuilder.newBuilder("transient")
            .credentials(args[1], args[2])
            .build(BlobStoreContext.class)
            .getBlobStore();
    BlobStore store = counting(memory);
    store.createContainerInLocation(null, args[0]);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, args[1], args[2])
            .build();
    // Asked by S3Proxy for every request: one store for all keys and buckets.
    server.setBlobStoreLocator(
        (identity, container, blob) -> new java.util.AbstractMap.SimpleEntry<>(args[2], store));
    server.start();
    System.out.println("READY http://127.0.0.1:" + server.getPort());
    System.out.flush();
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      System.out.println("COPIES " + line + ": " + COPIES);
      System.out.flush();
    }
    Runtime.getRuntime().halt(0);
  }

  /** Counts the copies that clients ask for, as a rename of theirs does. */
  private static BlobStore counting(BlobStore store) {
    return (BlobStore)
        Proxy.newProxyInstance(
            S3Server.class.getClassLoader(),
            new Class<?>[] {BlobStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("copyBlob")) {
                COPIES.incrementAndGet();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
