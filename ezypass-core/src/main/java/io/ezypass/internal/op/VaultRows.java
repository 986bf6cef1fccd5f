package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.internal.format.v1.Lifecycle.Kept;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.KeySpace.CredentialKey;
import io.ezypass.internal.table.KeySpace.Place;
import io.ezypass.model.CredentialId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a vault beside keys and profile, each opened as a whole and forgotten but for ids.
 */
final class VaultRows {
  private final List<Copy> copies = new ArrayList<>();
  private final List<Copy> revisions = new ArrayList<>();
  private final List<Item> forwarding = new ArrayList<>();
  private final List<Item> unreadable = new ArrayList<>();
  private final List<Item> unknown = new ArrayList<>();

  private VaultRows() {}

  /**
   * A row that opens.
   *
   * @param operationId of the write that sealed it
   * @param ttl an item with nothing but its key and {@code ttl}, as read
   * @param end when it ends by what is sealed, in seconds since the epoch; null if it does not
   * @param kept the revisions that it lists
   */
  record Copy(
      ItemKey key,
      Place place,
      CredentialId id,
      byte[] header,
      byte[] operationId,
      long version,
      Item ttl,
      @Nullable Long end,
      List<Kept> kept,
      boolean hasUnknownFeatures) {
    Condition unchanged() {
      return Condition.headerIs(header);
    }

    boolean isTrashed() {
      return place == Place.TRASH;
    }

    /** The credential's rand in base64url. */
    String rand() {
      return id.value().substring(ItemKey.TAG_CHARS);
    }

    /** Names versions and sort keys. */
    static String places(List<Copy> copies) {
      StringBuilder out = new StringBuilder();
      for (Copy copy : copies) {
        out.append(out.length() == 0 ? "" : ", ")
            .append("version ")
            .append(copy.version())
            .append(" at ")
            .append(copy.key().sk());
      }
      return out.toString();
    }
  }

  /** Reads them: 1 Query for every megabyte. */
  static Plan<VaultRows> read(Environment env, Reads reads, UserKeys keys) {
    return new VaultRows().page(env, reads, keys, null);
  }

  /** Credentials, live and in the trash. */
  List<Copy> copies() {
    return copies;
  }

  /** Kept earlier versions. */
  List<Copy> revisions() {
    return revisions;
  }

  List<Item> forwarding() {
    return forwarding;
  }

  /** Rows in the place of a credential, a receipt or an event that do not open. */
  List<Item> unreadable() {
    return unreadable;
  }

  /** Rows that no version known to this one writes. */
  List<Item> unknown() {
    return unknown;
  }

  private Plan<VaultRows> page(
      Environment env, Reads reads, UserKeys keys, @Nullable String after) {
    return reads
        .query(env.requests().partition(ItemKey.partition(keys.user()), after, null))
        .then(
            page -> {
              page.items().forEach(item -> sort(keys, item));
              String last = page.lastSortKey();
              return last == null ? Plan.done(this) : page(env, reads, keys, last);
            });
  }

  private void sort(UserKeys keys, Item item) {
    String sortKey = item.key().sk();
    if (sortKey.equals(ItemKey.KEYS_SK) || sortKey.equals(ItemKey.PROFILE_SK)) {
      return;
    }
    if (BatchReceipt.hasForm(sortKey)) {
      openAlone(keys, item, BatchReceipt::open);
      return;
    }
    if (KeySpace.auditNumber(sortKey).isPresent()) {
      openAlone(keys, item, AuditEventRow::open);
      return;
    }
    if (KeySpace.otherOfGrant(item.key()) != null) {
      // Nothing of the vault follows from a grant; what is wrong with one, listing it tells.
      return;
    }
    CredentialKey key = KeySpace.credential(sortKey);
    if (key == null) {
      unknown.add(item);
    } else if (item.isForwarding()) {
      forwarding.add(item);
    } else {
      open(keys, item, key.place());
    }
  }

  /**
   * Of a receipt or an event of the audit trail, no other row can be made, and it of none: all
   * there is to see is that it opens.
   */
  private void openAlone(UserKeys keys, Item item, BiConsumer<UserKeys, Item> open) {
    try {
      if (keys.has(CredentialRow.generation(keys.user(), item))) {
        open.accept(keys, item);
        return;
      }
    } catch (TamperedItemException | UnsupportedFormatException e) {
      // Reported with the other rows that do not open.
    }
    unreadable.add(item.only(Item.HEADER));
  }

  private void open(UserKeys keys, Item item, Place place) {
    try {
      if (keys.has(CredentialRow.generation(keys.user(), item))) {
        CredentialRow row = CredentialRow.openWhole(keys, item, place);
        row.wipe();
        (place == Place.REVISION ? revisions : copies)
            .add(
                new Copy(
                    item.key(),
                    place,
                    row.id(),
                    row.header().encode(),
                    row.header().operationId(),
                    row.version(),
                    item.only(Item.TTL),
                    CredentialSealer.end(row.meta(), row.lifecycle()),
                    row.lifecycle().kept(),
                    row.header().hasUnknownFeatures()));
        return;
      }
    } catch (TamperedItemException | UnsupportedFormatException e) {
      // Reported with the other rows that do not open.
    }
    unreadable.add(item.only(Item.HEADER));
  }
}
