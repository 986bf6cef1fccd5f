package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every row of the promise on ambiguous writes. */
class VerdictTest {
  private static final byte[] OURS = id(7);

  @Test
  void afterOneAttemptEveryAnswerIsFinal() {
    assertThat(Verdict.of(null, false, OURS, 3)).isEqualTo(Verdict.GONE);
    assertThat(Verdict.of(item(3, id(1)), false, OURS, 3)).isEqualTo(Verdict.REPEAT);
    assertThat(Verdict.of(item(4, id(1)), false, OURS, 3)).isEqualTo(Verdict.CONFLICT);
    assertThat(Verdict.of(item(99, id(1)), false, OURS, 3)).isEqualTo(Verdict.CONFLICT);
    assertThat(Verdict.of(forwarding(), false, OURS, 3)).isEqualTo(Verdict.MOVED);
  }

  @Test
  void afterARetryOurOperationIdMeansApplied() {
    assertThat(Verdict.of(item(4, OURS), true, OURS, 3)).isEqualTo(Verdict.APPLIED);
    for (int later = 1; later <= 4; later++) {
      byte[][] since = new byte[later][];
      for (int i = 0; i < later; i++) {
        since[i] = id(10 + i);
      }
      assertThat(Verdict.of(item(4 + later, OURS, since), true, OURS, 3))
          .isEqualTo(Verdict.APPLIED);
    }
  }

  @Test
  void afterARetryAnotherHistoryMeansConflictWhileItIsComplete() {
    for (long version = 4; version <= 8; version++) {
      assertThat(Verdict.of(item(version, id(1)), true, OURS, 3)).isEqualTo(Verdict.CONFLICT);
    }
    assertThat(Verdict.of(item(9, id(1)), true, OURS, 3)).isEqualTo(Verdict.UNKNOWN);
    assertThat(Verdict.of(null, true, OURS, 3)).isEqualTo(Verdict.UNKNOWN);
    assertThat(Verdict.of(item(2, id(1)), true, OURS, 3)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void theSameVersionUnderAnotherHeaderWasNotOurs() {
    assertThat(Verdict.of(item(3, id(1)), true, OURS, 3)).isEqualTo(Verdict.REPEAT);
  }

  @Test
  void anUnreadableItemIsReadAgain() {
    Item item = item(4, id(1));
    assertThat(Verdict.of(item.bytes(Item.HEADER, new byte[3]), true, OURS, 3))
        .isEqualTo(Verdict.REPEAT);
  }

  private static Item item(long version, byte[] operation, byte[]... since) {
    Header header = new Header(0, 1, operation, new byte[32], List.of());
    for (byte[] later : since) {
      header = new Header(0, 1, later, new byte[32], header.earlierOfNext());
    }
    return Item.at(ItemKey.credential(Fixtures.USER, "A".repeat(28)))
        .number(Item.VERSION, version)
        .bytes(Item.HEADER, header.encode());
  }

  private static @Nullable Item forwarding() {
    return Item.at(ItemKey.credential(Fixtures.USER, "A".repeat(28)))
        .text(Item.FORWARD, "CRED#" + "B".repeat(28));
  }

  private static byte[] id(int value) {
    return Arrays.copyOf(Fixtures.filled(value), 16);
  }
}
