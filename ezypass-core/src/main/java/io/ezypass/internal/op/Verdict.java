package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.table.Item;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a failed condition says of a change to a sealed item, given the item that stood there. A
 * stored item names the operation that made it and up to four before, so a write whose response was
 * lost recognises itself.
 */
enum Verdict {
  /** It is ours: an earlier attempt took effect. */
  APPLIED,
  /** Not applied: the same version was rewritten under another header. Read again and repeat. */
  REPEAT,
  /** Somebody else changed it. Not applied. */
  CONFLICT,
  /** A forwarding row stands there now: somebody moved the credential. */
  MOVED,
  /** There is nothing. Not applied. */
  GONE,
  /** Too much has happened to tell. */
  UNKNOWN;

  /**
   * Judges.
   *
   * @param old the item that stood there
   * @param ambiguous whether an attempt before the refused one may have taken effect
   * @param operationId ours
   * @param seen the version that the change was made for
   */
  static Verdict of(@Nullable Item old, boolean ambiguous, byte[] operationId, long seen) {
    if (old == null) {
      return ambiguous ? UNKNOWN : GONE;
    }
    if (old.isForwarding()) {
      return MOVED;
    }
    OptionalLong version = old.number(Item.VERSION);
    byte[] bytes = old.bytes(Item.HEADER);
    if (version.isEmpty() || bytes == null) {
      return REPEAT;
    }
    try {
      if (ambiguous && Header.decode(bytes).names(operationId)) {
        return APPLIED;
      }
    } catch (MalformedException e) {
      // Reading it again says what is wrong with it.
      return REPEAT;
    }
    long stored = version.getAsLong();
    if (stored == seen) {
      return REPEAT;
    }
    boolean namesEveryOperationSince = stored > seen && stored <= seen + 1 + Header.MAX_EARLIER;
    return !ambiguous || namesEveryOperationSince ? CONFLICT : UNKNOWN;
  }
}
