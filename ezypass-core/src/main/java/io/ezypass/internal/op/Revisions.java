package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.Lifecycle.Kept;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.internal.table.Transaction.Handle;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.RevisionPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a credential does to the rows of its revisions. The sealed meta part lists them;
 * their {@code ttl} is the credential's or their own age limit, whichever comes first, so that
 * nothing of a credential outlives it in the table.
 */
final class Revisions implements Satellite {
  private final CredentialRow before;
  private final List<Kept> kept;
  private final boolean keepsBefore;
  private final @Nullable Long endAfter;
  private final Map<Long, Handle> touched = new LinkedHashMap<>();

  private Revisions(
      CredentialRow before, List<Kept> kept, boolean keepsBefore, @Nullable Long endAfter) {
    this.before = before;
    this.kept = kept;
    this.keepsBefore = keepsBefore;
    this.endAfter = endAfter;
  }

  /**
   * Those of a new version.
   *
   * @param before the row with its secrets, if they open
   * @param lost versions whose rows turned out to be gone
   */
  static Revisions after(
      CredentialRow before,
      CredentialContent next,
      RevisionPolicy policy,
      Instant now,
      Set<Long> lost) {
    boolean keeps =
        switch (policy.what()) {
          case NOTHING -> false;
          // Secrets that do not open are none of the new ones.
          case SECRET_CHANGES -> !next.secrets().equals(before.secrets());
          case EVERYTHING -> true;
        };
    List<Kept> kept = new ArrayList<>();
    if (keeps) {
      Long until = policy.keptFor() == null ? null : now.plus(policy.keptFor()).getEpochSecond();
      kept.add(new Kept(before.version(), until));
    }
    kept.addAll(remaining(before, now, lost));
    return new Revisions(
        before,
        List.copyOf(kept.subList(0, Math.min(kept.size(), policy.limit()))),
        keeps,
        CredentialSealer.end(next.meta(), Lifecycle.NEW));
  }

  /**
   * Those that are kept when the credential goes to the trash or comes back.
   *
   * @param deletion null if it comes back
   */
  static Revisions unchanged(
      CredentialRow before, Lifecycle.@Nullable Deletion deletion, Instant now, Set<Long> lost) {
    Lifecycle next = new Lifecycle(List.of(), deletion);
    return new Revisions(
        before, remaining(before, now, lost), false, CredentialSealer.end(before.meta(), next));
  }

  /** What the meta part of the next version lists. */
  List<Kept> kept() {
    return kept;
  }

  @Override
  public boolean touchesRows() {
    return keepsBefore || !dropped().isEmpty() || kept.stream().anyMatch(this::isRetimed);
  }

  @Override
  public void into(Transaction tx) {
    for (Kept revision : kept) {
      ItemKey key = key(revision.version());
      Long ttl = CredentialSealer.earlier(revision.until(), endAfter);
      if (keepsBefore && revision.version() == before.version()) {
        Item copy =
            Item.copyAt(key, before.item(), Item.VERSION, Item.HEADER, Item.META, Item.SECRET);
        // Nothing can list that version before this: what stands there was left by a restore.
        tx.put(ttl == null ? copy : copy.number(Item.TTL, ttl));
      } else if (isRetimed(revision)) {
        Item change = Item.at(key);
        touched.put(
            revision.version(),
            ttl == null
                ? tx.change(change, List.of(Item.TTL), Condition.present())
                : tx.change(change.number(Item.TTL, ttl), List.of(), Condition.present()));
      }
    }
    dropped().forEach(version -> tx.delete(key(version)));
  }

  /** The versions whose rows turned out to be gone. */
  Set<Long> lost(Transaction.Cancellation cancellation) {
    Set<Long> lost = new HashSet<>();
    touched.forEach(
        (version, handle) -> {
          if (cancellation.failed(handle)) {
            lost.add(version);
          }
        });
    return lost;
  }

  private ItemKey key(long version) {
    return ItemKey.revision(before.owner(), before.rand(), version);
  }

  private List<Long> dropped() {
    Set<Long> stays = new HashSet<>();
    kept.forEach(revision -> stays.add(revision.version()));
    return before.lifecycle().kept().stream()
        .map(Kept::version)
        .filter(version -> !stays.contains(version))
        .toList();
  }

  private boolean isRetimed(Kept revision) {
    Long endBefore = CredentialSealer.end(before.meta(), before.lifecycle());
    Long was = CredentialSealer.earlier(revision.until(), endBefore);
    Long will = CredentialSealer.earlier(revision.until(), endAfter);
    return revision.version() != before.version() && !Objects.equals(was, will);
  }

  private static List<Kept> remaining(CredentialRow before, Instant now, Set<Long> lost) {
    return before.lifecycle().kept().stream()
        .filter(revision -> !revision.hasEnded(now) && !lost.contains(revision.version()))
        .toList();
  }
}
