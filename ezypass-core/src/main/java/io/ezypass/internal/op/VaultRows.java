package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.Lifecycle.Kept;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.KeySpace.CredentialKey;
import io.ezypass.internal.table.KeySpace.Place;
import io.ezypass.model.CredentialId;
import java.time.LocalDate;
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
  private final List<Item> grants = new ArrayList<>();
  private final List<Item> pointers = new ArrayList<>();
  private final List<Item> unreadable = new ArrayList<>();
  private final List<Item> unknown = new ArrayList<>();

  private VaultRows() {}

  /**
   * A row that opens.
   *
   * @param clear its key and what stands beside the sealed parts, as read: header, {@code ttl}, the
   *     tag of its row in the due list, and the count of changes of its grants
   * @param rotateBy the sealed day by which its password should be changed; null if there is none
   * @param end when it ends by what is sealed, in seconds since the epoch; null if it does not
   * @param kept the revisions that it lists
   */
  record Copy(
      ItemKey key,
      Place place,
      CredentialId id,
      Header header,
      long version,
      Item clear,
      @Nullable LocalDate rotateBy,
      @Nullable Long end,
      List<Kept> kept) {
    Condition unchanged() {
      return Condition.headerIs(header.encode());
    }

    /** The same, and nothing that stands beside it in the clear for other rows has changed. */
    Condition exactly() {
      return Condition.sameAs(clear, Item.HEADER, Item.DUE_TAG, Item.SHARES);
    }

    /** Of the write that sealed it. */
    byte[] operationId() {
      return header.operationId();
    }

    boolean hasUnknownFeatures() {
      return header.hasUnknownFeatures();
    }

    /** Whether its header has this feature bit. */
    boolean has(int feature) {
      return (header.features() & feature) != 0;
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

  /** Rows of grants that the user gave, none of them verified. */
  List<Item> grants() {
    return grants;
  }

  /** Rows that tell the user of other users' grants, none of them verified. */
  List<Item> pointers() {
    return pointers;
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
    if (KeySpace.grant(item.key()) != null) {
      grants.add(grantOf(item));
      return;
    }
    if (KeySpace.sharedIn(item.key()) != null) {
      pointers.add(grantOf(item));
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

  private static Item grantOf(Item item) {
    return item.only(Item.GRANTED, Item.UNTIL, Item.TTL, Item.OPERATION, Item.ROW_HMAC);
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
                    row.header(),
                    row.version(),
                    item.only(Item.HEADER, Item.TTL, Item.DUE_TAG, Item.SHARES),
                    row.meta().rotateBy(),
                    CredentialSealer.end(row.meta(), row.lifecycle()),
                    row.lifecycle().kept()));
        return;
      }
    } catch (TamperedItemException | UnsupportedFormatException e) {
      // Reported with the other rows that do not open.
    }
    unreadable.add(item.only(Item.HEADER));
  }
}
