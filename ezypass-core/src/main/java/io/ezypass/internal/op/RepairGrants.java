package io.ezypass.internal.op;

import io.ezypass.admin.Finding.Kind;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.op.Proposal.Step;
import io.ezypass.internal.op.VaultRows.Copy;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.KeySpace.Share;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the grants that a user gave, and with the rows that tell the user of grants of
 * others. A grant stands in its owner's collection and is authentic there or opens nothing; the
 * recipient's row follows from it. A grant has to go with its credential, and may end no later.
 */
final class RepairGrants {
  private final TableKeys tableKeys;
  private final UserKeys keys;
  private final UserId user;
  private final Instant now;
  private final VaultRows rows;
  private final Beside beside;

  RepairGrants(TableKeys tableKeys, UserKeys keys, Instant now, VaultRows rows, Beside beside) {
    this.tableKeys = tableKeys;
    this.keys = keys;
    this.user = keys.user();
    this.now = now;
    this.rows = rows;
    this.beside = beside;
  }

  /**
   * The rows to read: the other row of each grant, the keys of whom it is given to, and the
   * credentials that have to be sealed again.
   */
  static Set<ItemKey> wanted(VaultRows rows) {
    Set<ItemKey> wanted = new LinkedHashSet<>();
    Set<CredentialId> shared = new LinkedHashSet<>();
    for (Item row : rows.grants()) {
      Share share = given(row);
      wanted.add(share.pointer());
      wanted.add(ItemKey.keys(share.recipient()));
      shared.add(share.credential());
    }
    rows.pointers().forEach(row -> wanted.add(received(row).grant()));
    for (Copy copy : rows.copies()) {
      if (shared.contains(copy.id()) && !copy.isTrashed() && !copy.has(Header.SHARES)) {
        wanted.add(copy.key());
      }
    }
    return wanted;
  }

  /**
   * All of them.
   *
   * @param decided the copy that stays, of each credential that has one
   * @param undecided rands of credentials of which nothing may be touched
   */
  List<Proposal> proposals(Map<CredentialId, Copy> decided, Set<String> undecided) {
    List<Proposal> proposals = new ArrayList<>();
    Map<CredentialId, Item> live = new LinkedHashMap<>();
    for (Item row : rows.grants()) {
      CredentialId id = given(row).credential();
      if (undecided.contains(id.value().substring(ItemKey.TAG_CHARS))) {
        continue;
      }
      GrantRow grant = open(row);
      if (grant == null) {
        proposals.add(
            forged(row, " opens nothing, but keeps the grants from being listed. Revoke it."));
      } else if (!grant.hasEnded(now)) {
        Copy current = decided.get(id);
        if (current == null || current.isTrashed()) {
          proposals.add(left(row, grant.share(), current));
        } else if (current.end() == null || current.end() > now.getEpochSecond()) {
          live.putIfAbsent(id, row);
          Proposal proposal = ofLive(row, grant, current);
          if (proposal != null) {
            proposals.add(proposal);
          }
        }
      }
    }
    live.forEach(
        (id, row) -> addIfWrong(marks(Objects.requireNonNull(decided.get(id)), row), proposals));
    rows.pointers().forEach(row -> addIfWrong(pointer(row), proposals));
    return proposals;
  }

  /** A grant of what is not live: in the trash, or nowhere at all. */
  private Proposal left(Item row, Share share, @Nullable Copy trashed) {
    List<Step> steps = delete(row, share);
    boolean decided = true;
    if (trashed != null) {
      steps.add(Step.check(trashed.key(), trashed.unchanged()));
    } else {
      decided = nowhere(ItemKey.credential(user, share.credential().value()), steps);
    }
    Proposal proposal =
        new Proposal(
            user,
            Kind.GRANT_LEFT,
            Describe.row(user, row.key())
                + " shares a credential that is "
                + (trashed == null ? "nowhere." : "in the trash."),
            steps);
    if (!decided) {
      return proposal.reportOnly("The row that says where it went is not the library's.");
    }
    return trashed == null ? proposal : written(trashed, proposal);
  }

  /**
   * Adds what must hold where a credential is nowhere: what is live has a row where its id says,
   * its own or a forwarding row, and may have moved while the rows were read. False if the row
   * there does not tell.
   */
  private boolean nowhere(ItemKey original, List<Step> steps) {
    Item forwarding =
        rows.forwarding().stream()
            .filter(other -> other.key().equals(original))
            .findFirst()
            .orElse(null);
    if (forwarding == null) {
      steps.add(Step.check(original, Condition.absent()));
      return true;
    }
    steps.add(
        Step.check(original, Condition.sameAs(forwarding, Item.FORWARD, Item.ROW_HMAC, Item.TTL)));
    try {
      steps.add(Step.check(CredentialRow.target(keys, forwarding), Condition.absent()));
      return true;
    } catch (TamperedItemException e) {
      return false;
    }
  }

  /** One of a live credential; null if nothing is wrong. */
  private @Nullable Proposal ofLive(Item row, GrantRow grant, Copy current) {
    GrantRow right = grant.endingWith(current.end());
    boolean retimed = !Objects.equals(right.ttl(), grant.ttl());
    Item wanted = right.pointer(tableKeys);
    Item pointer = beside.row(wanted.key());
    if (!retimed && pointer != null && isSame(pointer, wanted)) {
      return null;
    }
    ItemKey recipientKeys = ItemKey.keys(grant.share().recipient());
    Item recipient = beside.row(recipientKeys);
    if (pointer == null && (recipient == null || recipient.isTombstone())) {
      return withoutRecipient(row, grant.share(), recipient);
    }
    List<Step> steps = new ArrayList<>();
    steps.add(Step.check(current.key(), current.exactly()));
    steps.add(
        retimed
            ? Step.put(right.item(keys), unchanged(row))
            : Step.check(row.key(), unchanged(row)));
    steps.add(Step.put(wanted, pointer == null ? Condition.absent() : unchanged(pointer)));
    if (pointer == null && recipient != null) {
      steps.add(Step.check(recipientKeys, Condition.sameAs(recipient, Item.TOMBSTONE)));
    }
    return written(
        current,
        new Proposal(
            user,
            retimed ? Kind.EXPIRY_WRONG : Kind.GRANT_POINTER_WRONG,
            Describe.row(user, row.key())
                + (retimed
                    ? " ends at another time than it should by its credential's end."
                    : " is not rightly shown to its recipient."),
            steps));
  }

  /** A row in the recipient's collection would bring back a user who was deleted. */
  private Proposal withoutRecipient(Item row, Share share, @Nullable Item tombstone) {
    String what = Describe.row(user, row.key()) + " shares with a user who is not there.";
    ItemKey recipientKeys = ItemKey.keys(share.recipient());
    if (tombstone == null) {
      // The keys may come back from a backup. They are no evidence: others are told of those.
      return Proposal.report(user, Kind.GRANT_LEFT, what, Step.check(row.key(), unchanged(row)));
    }
    List<Step> steps = delete(row, share);
    steps.add(Step.check(recipientKeys, Condition.sameAs(tombstone, Item.TOMBSTONE)));
    return new Proposal(user, Kind.GRANT_LEFT, what, steps);
  }

  /** The feature bit and the count of a credential that has this grant; null if both are there. */
  private @Nullable Proposal marks(Copy current, Item grant) {
    boolean lacksBit = !current.has(Header.SHARES);
    if (!lacksBit && current.clear().number(Item.SHARES).isPresent()) {
      return null;
    }
    // Raised like by any change of the grants: who has read the row before has to look again.
    Item counted = RevokeGrant.counted(current.clear());
    Sealer.Sealed sealed = lacksBit ? beside.resealed(keys, current, Header.SHARES) : null;
    if (sealed != null) {
      sealed.into(counted);
    }
    Proposal proposal =
        new Proposal(
            user,
            Kind.GRANTS_NOT_COUNTED,
            Describe.credential(user, current.id()) + " has grants, but its row does not say so.",
            List.of(
                Step.change(counted, List.of(), current.exactly()),
                Step.check(grant.key(), unchanged(grant))));
    return lacksBit && sealed == null && !current.hasUnknownFeatures()
        ? proposal.reportOnly("It changes at the moment.")
        : written(current, proposal);
  }

  /** A row that tells this user of a grant of somebody else; null if there is such a grant. */
  private @Nullable Proposal pointer(Item row) {
    Share share = received(row);
    if (beside.row(share.grant()) != null || CredentialRow.hasEnded(row, now)) {
      return null;
    }
    try {
      GrantRow.received(tableKeys, user, row, now);
    } catch (TamperedItemException e) {
      return forged(row, " tells of a grant, but is not the library's. Delete it by hand.");
    }
    return new Proposal(
        user,
        Kind.GRANT_POINTER_LEFT,
        Describe.row(user, row.key()) + " tells of a grant that is not there.",
        List.of(
            Step.delete(row.key(), unchanged(row)), Step.check(share.grant(), Condition.absent())));
  }

  private Proposal forged(Item row, String what) {
    return Proposal.report(
        user,
        Kind.GRANT_FORGED,
        Describe.row(user, row.key()) + what,
        Step.check(row.key(), unchanged(row)));
  }

  /** Takes both rows of a grant away, if the recipient's is there. */
  private List<Step> delete(Item row, Share share) {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.delete(row.key(), unchanged(row)));
    Item pointer = beside.row(share.pointer());
    if (pointer != null) {
      steps.add(Step.delete(pointer.key(), unchanged(pointer)));
    }
    return steps;
  }

  private @Nullable GrantRow open(Item row) {
    try {
      return GrantRow.open(keys, row);
    } catch (TamperedItemException e) {
      return null;
    }
  }

  private static Proposal written(Copy current, Proposal proposal) {
    return current.hasUnknownFeatures()
        ? proposal.reportOnly("A newer version of the library wrote it.")
        : proposal;
  }

  private static void addIfWrong(@Nullable Proposal proposal, List<Proposal> proposals) {
    if (proposal != null) {
      proposals.add(proposal);
    }
  }

  private static Share given(Item row) {
    return Objects.requireNonNull(KeySpace.grant(row.key()));
  }

  private static Share received(Item row) {
    return Objects.requireNonNull(KeySpace.sharedIn(row.key()));
  }

  private static boolean isSame(Item pointer, Item wanted) {
    return pointer.only(Item.GRANTED, Item.ROW_HMAC, Item.TTL).hasSameAttributes(wanted);
  }

  private static Condition unchanged(Item row) {
    return Condition.sameAs(row, Item.GRANTED, Item.ROW_HMAC, Item.TTL);
  }
}
