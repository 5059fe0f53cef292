package org.fairspark.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final RetryPolicy policy = new RetryPolicy(3, 1);
  private int runs;

  private String run(IOException... failures) throws IOException {
    Queue<IOException> left = new ArrayDeque<>(List.of(failures));
    return policy.call(
        "read",
        () -> {
          runs++;
          if (!left.isEmpty()) {
            throw left.remove();
          }
          return "bytes";
        });
  }

  @Test
  void triesAgainWhatFailsInPassing() throws IOException {
    assertThat(run(new IOException("reset"), new SocketTimeoutException("read timed out")))
        .isEqualTo("bytes");
    assertThat(runs).isEqualTo(3);
  }

  @Test
  void endsWithTheLastFailure() {
    IOException last = new IOException("third");
    assertThatThrownBy(() -> run(new IOException("first"), new IOException("second"), last))
        .hasMessage("tried 3 times: third")
        .hasCause(last);
  }

  @Test
  void doesNotTryAgainWhereThatWouldNotHelp() {
    for (IOException lasting :
        List.of(new FileNotFoundException("gone"), new InterruptedIOException("stopped"))) {
      runs = 0;
      assertThatThrownBy(() -> run(lasting)).isSameAs(lasting);
      assertThat(runs).isEqualTo(1);
    }
  }

  @Test
  void aListingGoesOnWhereItFailed() {
    Queue<Integer> failAfter = new ArrayDeque<>(List.of(2, 0, 3));
    RetryingIterator<Integer> listing =
        new RetryingIterator<>(
            () -> failingAfter(failAfter.isEmpty() ? 9 : failAfter.remove()), policy);
    List<Integer> elements = new ArrayList<>();
    listing.forEachRemaining(elements::add);
    assertThat(elements).containsExactly(0, 1, 2, 3, 4);
  }

  private static Iterator<Integer> failingAfter(int count) {
    Iterator<Integer> all = List.of(0, 1, 2, 3, 4).iterator();
    return new Iterator<>() {
      private int left = count;

      @Override
      public boolean hasNext() {
        if (left == 0) {
          throw new UncheckedIOException(new IOException("reset"));
        }
        return all.hasNext();
      }

      @Override
      public Integer next() {
        left--;
        return all.next();
      }
    };
  }
}
