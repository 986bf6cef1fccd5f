package io.ezypass.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final String TEXT = "correct horse 🐎 battery";

  @Test
  void keepsTheText() {
    Secret secret = Secret.of(TEXT);

    assertThat(secret.<String>use(String::new)).isEqualTo(TEXT);
    assertThat(secret.length()).isEqualTo(TEXT.length());
    assertThat(Secret.of(new char[0]).length()).isZero();
    assertThat(Secret.of("x".repeat(Secret.MAX_CHARS)).length()).isEqualTo(Secret.MAX_CHARS);
  }

  @Test
  void copiesWhatItIsGiven() {
    char[] given = TEXT.toCharArray();
    StringBuilder builder = new StringBuilder(TEXT);
    Secret ofArray = Secret.of(given);
    Secret ofBuilder = Secret.of(builder);

    given[0] = 'X';
    builder.setCharAt(0, 'X');

    assertThat(ofArray).isEqualTo(Secret.of(TEXT));
    assertThat(ofBuilder).isEqualTo(Secret.of(TEXT));
  }

  @Test
  void leavesTheGivenArrayAlone() {
    char[] given = TEXT.toCharArray();

    Secret.of(given).close();

    assertThat(new String(given)).isEqualTo(TEXT);
  }

  @Test
  void handsOutCopies() {
    Secret secret = Secret.of(TEXT);

    secret.use(chars -> chars[0] = 'X');

    assertThat(secret).isEqualTo(Secret.of(TEXT));
  }

  @Test
  void wipesTheHandedOutCopy() {
    Secret secret = Secret.of(TEXT);

    char[] kept = secret.use(chars -> chars);

    assertThat(kept).containsOnly('\0');
  }

  @Test
  void wipesTheHandedOutCopyWhenTheActionFails() {
    Secret secret = Secret.of(TEXT);
    List<char[]> kept = new ArrayList<>();

    assertThatThrownBy(
            () ->
                secret.use(
                    chars -> {
                      kept.add(chars);
                      throw new IllegalCallerException("expected");
                    }))
        .isInstanceOf(IllegalCallerException.class);

    assertThat(kept).singleElement().satisfies(chars -> assertThat(chars).containsOnly('\0'));
  }

  @Test
  void isOverWhenClosed() {
    Secret secret = Secret.of(TEXT);

    secret.close();
    secret.close();

    assertThatThrownBy(() -> secret.use(String::new))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the secret is closed");
    assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
    assertThat(secret.length()).isEqualTo(TEXT.length());
  }

  @Test
  void aCopyLivesOnItsOwn() {
    Secret secret = Secret.of(TEXT);
    Secret copy = secret.copy();

    secret.close();

    assertThat(copy.<String>use(String::new)).isEqualTo(TEXT);
  }

  @Test
  void equalsByText() {
    Secret secret = Secret.of(TEXT);

    assertThat(secret)
        .isEqualTo(Secret.of(TEXT))
        .isEqualTo(secret.copy())
        .hasSameHashCodeAs(Secret.of(TEXT))
        .isNotEqualTo(Secret.of(TEXT + "!"))
        .isNotEqualTo(Secret.of(TEXT.substring(1)))
        .isNotEqualTo(Secret.of(TEXT.replace('b', 'B')))
        .isNotEqualTo(null)
        .isNotEqualTo(TEXT);
    assertThat(Secret.of("")).isEqualTo(Secret.of("")).isNotEqualTo(Secret.of("\0"));
  }

  @Test
  void aClosedSecretEqualsOnlyItself() {
    Secret closed = Secret.of(TEXT);
    Secret itself = closed;
    closed.close();
    Secret other = Secret.of(TEXT);
    other.close();

    assertThat(closed.equals(itself)).isTrue();
    assertThat(closed)
        .isNotEqualTo(other)
        .isNotEqualTo(Secret.of(TEXT))
        .isNotEqualTo(Secret.of("\0".repeat(TEXT.length())));
    assertThat(Secret.of(TEXT)).isNotEqualTo(closed);
  }

  @Test
  void theHashTellsNothing() {
    assertThat(Secret.of(TEXT)).hasSameHashCodeAs(Secret.of("another"));
  }

  @Test
  void isNeverPrintedNorSerialised() {
    assertThat(Secret.of(TEXT)).hasToString("Secret[redacted]");
    assertThat(Serializable.class.isAssignableFrom(Secret.class)).isFalse();
  }

  @Test
  void whatChangesWhileItIsCopiedIsCheckedAsCopied() {
    // Well formed at first sight, malformed from then on.
    CharSequence treacherous =
        new CharSequence() {
          private int reads;

          @Override
          public int length() {
            return 1;
          }

          @Override
          public char charAt(int index) {
            return reads++ == 0 ? '\ud800' : 'a';
          }

          @Override
          public CharSequence subSequence(int start, int end) {
            return CharBuffer.wrap("a");
          }
        };

    assertThatThrownBy(() -> Secret.of(treacherous))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("secret has an unpaired surrogate at index 0");
  }

  @Test
  void closingUnderReadersShowsThemAllOrNothing() throws Exception {
    int readers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(readers + 1);
    try {
      for (int round = 0; round < 100; round++) {
        Secret secret = Secret.of(TEXT);
        Secret equal = Secret.of(TEXT);
        CyclicBarrier start = new CyclicBarrier(readers + 1);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
          tasks.add(
              () -> {
                start.await();
                return readUntilClosed(secret, equal);
              });
        }
        tasks.add(
            () -> {
              start.await();
              secret.close();
              return true;
            });
        for (Future<Boolean> outcome : threads.invokeAll(tasks)) {
          assertThat(outcome.get()).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Whether every read before the closing gave the whole text. */
  private static boolean readUntilClosed(Secret secret, Secret equal) {
    boolean whole = true;
    while (secret.equals(equal) && equal.equals(secret)) {
      try {
        String seen = secret.use(String::new);
        whole &= seen.equals(TEXT);
      } catch (IllegalStateException closed) {
        return whole;
      }
    }
    return whole;
  }
}
