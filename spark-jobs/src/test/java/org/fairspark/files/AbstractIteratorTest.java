package org.fairspark.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class AbstractIteratorTest {

  /** An iterator that counts down to 1, and fails at 0 if it is told so. */
  private static final class Countdown extends AbstractIterator<Integer> {
    private final boolean fails;
    private int left;
    private int closed;

    Countdown(int from, boolean fails) {
      this.left = from;
      this.fails = fails;
    }

    @Override
    protected Integer computeNext() throws IOException {
      if (left == 0 && fails) {
        throw new IOException("connection reset");
      }
      return left == 0 ? null : left--;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @Test
  void closesOnceAtItsEnd() {
    Countdown countdown = new Countdown(2, false);
    List<Integer> elements = new ArrayList<>();
    countdown.forEachRemaining(elements::add);
    assertThat(elements).containsExactly(2, 1);
    assertThat(countdown.hasNext()).isFalse();
    assertThatThrownBy(countdown::next).isInstanceOf(NoSuchElementException.class);
    assertThat(countdown.closed).isEqualTo(1);
  }

  @Test
  void makesNoElementBeforeItIsAskedFor() {
    Countdown countdown = new Countdown(2, false);
    assertThat(countdown.next()).isEqualTo(2);
    assertThat(countdown.left).isEqualTo(1);
    assertThat(countdown.closed).isZero();
  }

  @Test
  void closesAndEndsWhereItFails() {
    Countdown countdown = new Countdown(1, true);
    assertThat(countdown.next()).isEqualTo(1);
    assertThatThrownBy(countdown::hasNext)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("connection reset");
    assertThat(countdown.hasNext()).isFalse();
    assertThat(countdown.closed).isEqualTo(1);
  }
}
