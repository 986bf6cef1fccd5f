package io.ezypass.internal.op;

import io.ezypass.admin.Finding.Kind;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.op.Proposal.Step;
import io.ezypass.internal.op.VaultRows.Copy;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the rows of credentials in the due list, and with what a credential's own row
 * says of its one: tag and feature bit. They follow from the sealed day and the credential's end. A
 * row that no credential names is not found from here, and opens nothing: whoever checks what is
 * listed passes it over.
 */
final class RepairDue {
  private final TableKeys tableKeys;
  private final UserKeys keys;
  private final UserId user;
  private final Beside beside;

  RepairDue(TableKeys tableKeys, UserKeys keys, Beside beside) {
    this.tableKeys = tableKeys;
    this.keys = keys;
    this.user = keys.user();
    this.beside = beside;
  }

  /** The rows to read: those that there should be, those that are named, those to seal again. */
  static Set<ItemKey> wanted(TableKeys tableKeys, UserId user, List<Copy> copies) {
    Set<ItemKey> wanted = new LinkedHashSet<>();
    for (Copy copy : copies) {
      byte[] tag = tag(tableKeys, user, copy);
      ItemKey named = DueRow.key(copy.clear());
      if (tag != null) {
        wanted.add(ItemKey.due(tag, user, copy.rand()));
      }
      if (named != null) {
        wanted.add(named);
      }
      if (lacksBit(copy, tag)) {
        wanted.add(copy.key());
      }
    }
    return wanted;
  }

  /** Of one credential, by the copy that stays and has not ended; null if nothing is wrong. */
  @Nullable Proposal of(Copy current) {
    byte[] tag = tag(tableKeys, user, current);
    Item wanted =
        tag == null ? null : DueRow.row(tableKeys, tag, user, current.id(), current.end());
    Item row = wanted == null ? null : beside.row(wanted.key());
    boolean wrong = wanted != null && (row == null || !isSame(row, wanted));
    if (!wrong && !lacksBit(current, tag) && isNamed(current, tag)) {
      return null;
    }
    List<Step> steps = new ArrayList<>();
    Step own = own(current, tag);
    steps.add(own == null ? Step.check(current.key(), current.exactly()) : own);
    if (wanted != null && wrong) {
      steps.add(Step.put(wanted, row == null ? Condition.absent() : unchanged(row)));
    }
    ItemKey named = DueRow.key(current.clear());
    Item left = named == null ? null : beside.row(named);
    if (left != null && (wanted == null || !wanted.key().equals(named))) {
      steps.add(Step.delete(left.key(), unchanged(left)));
    }
    Proposal proposal =
        new Proposal(
            user,
            Kind.DUE_ROW_WRONG,
            Describe.credential(user, current.id())
                + (tag == null
                    ? " has no due date, but names a row of the due list."
                    : " has a due date, but is not rightly listed under it."),
            steps);
    if (current.hasUnknownFeatures()) {
      return proposal.reportOnly("A newer version of the library wrote it.");
    }
    return own == null ? proposal.reportOnly("It changes at the moment.") : proposal;
  }

  /** The row that goes with a copy that is deleted; null if there is none, or it is needed. */
  @Nullable Step with(Copy deleted, Copy current) {
    ItemKey named = DueRow.key(deleted.clear());
    byte[] tag = tag(tableKeys, user, current);
    Item row = named == null ? null : beside.row(named);
    return row == null
            || (tag != null && row.key().equals(ItemKey.due(tag, user, current.rand())))
            || row.key().equals(DueRow.key(current.clear()))
        ? null
        : Step.delete(row.key(), unchanged(row));
  }

  /** What is done with the credential's own row; null if it is another one by now. */
  private @Nullable Step own(Copy current, byte @Nullable [] tag) {
    boolean lacksBit = lacksBit(current, tag);
    if (!lacksBit && isNamed(current, tag)) {
      return Step.check(current.key(), current.exactly());
    }
    Item item = Item.at(current.key());
    if (tag == null) {
      return Step.change(item, List.of(Item.DUE_TAG), current.exactly());
    }
    if (lacksBit) {
      Sealer.Sealed sealed = beside.resealed(keys, current, Header.DUE);
      if (sealed == null) {
        return null;
      }
      sealed.into(item);
    }
    return Step.change(item.bytes(Item.DUE_TAG, tag), List.of(), current.exactly());
  }

  private static boolean lacksBit(Copy copy, byte @Nullable [] tag) {
    return tag != null && !copy.has(Header.DUE);
  }

  private static boolean isNamed(Copy copy, byte @Nullable [] tag) {
    return tag == null
        ? !copy.clear().has(Item.DUE_TAG)
        : Arrays.equals(tag, copy.clear().bytes(Item.DUE_TAG));
  }

  private static byte @Nullable [] tag(TableKeys tableKeys, UserId user, Copy copy) {
    return copy.isTrashed() || copy.rotateBy() == null
        ? null
        : DueRow.tag(tableKeys, user, copy.rotateBy());
  }

  private static boolean isSame(Item row, Item wanted) {
    return row.only(Item.CREDENTIAL, Item.ROW_HMAC, Item.TTL).hasSameAttributes(wanted);
  }

  private static Condition unchanged(Item row) {
    return Condition.sameAs(row, Item.CREDENTIAL, Item.ROW_HMAC, Item.TTL);
  }
}
