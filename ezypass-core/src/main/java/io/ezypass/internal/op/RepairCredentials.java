package io.ezypass.internal.op;

import io.ezypass.admin.Finding.Kind;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.op.Proposal.Step;
import io.ezypass.internal.op.VaultRows.Copy;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.KeySpace.CredentialKey;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a vault's credentials and forwarding rows. Each credential is taken as a
 * whole: one copy, in the trash, or in the place that its website asks for with a forwarding row at
 * the original sort key if that is another place. Its revisions are left to {@link
 * RepairRevisions}, its row in the due list to {@link RepairDue}, its grants to {@link
 * RepairGrants}.
 */
final class RepairCredentials {
  private final UserKeys keys;
  private final UserId user;
  private final Instant now;
  private final RepairDue due;
  private final RepairGrants grants;

  RepairCredentials(UserKeys keys, Instant now, RepairDue due, RepairGrants grants) {
    this.keys = keys;
    this.user = keys.user();
    this.now = now;
    this.due = due;
    this.grants = grants;
  }

  List<Proposal> proposals(VaultRows rows) {
    List<Proposal> proposals = new ArrayList<>();
    for (Item row : rows.unknown()) {
      proposals.add(
          Proposal.report(user, Kind.ROW_UNKNOWN, Describe.row(user, row.key()), there(row.key())));
    }
    Set<String> untouchable = new HashSet<>();
    for (Item row : rows.unreadable()) {
      CredentialKey credential = KeySpace.credential(row.key().sk());
      if (credential != null) {
        untouchable.add(credential.rand());
      }
      proposals.add(
          Proposal.report(
              user,
              Kind.ROW_UNREADABLE,
              Describe.row(user, row.key()) + " does not open.",
              Step.check(row.key(), Condition.sameAs(row, Item.HEADER))));
    }
    Map<String, Item> forwarding = new LinkedHashMap<>();
    rows.forwarding().forEach(row -> forwarding.put(row.key().sk(), row));
    Map<CredentialId, List<Copy>> credentials = new LinkedHashMap<>();
    Set<String> rands = new HashSet<>();
    for (Copy copy : rows.copies()) {
      credentials.computeIfAbsent(copy.id(), id -> new ArrayList<>()).add(copy);
      rands.add(copy.rand());
    }
    Map<CredentialId, Copy> decided = new LinkedHashMap<>();
    Set<String> undecided = new HashSet<>(untouchable);
    RepairRevisions revisions = new RepairRevisions(user, now, rows.revisions());
    credentials.forEach(
        (id, copies) -> {
          Item row = forwarding.remove(ItemKey.credential(user, id.value()).sk());
          if (!untouchable.contains(copies.get(0).rand())) {
            Copy winner = winner(copies, row);
            Proposal proposal =
                winner == null ? undecided(id, copies) : credential(id, copies, winner, row);
            if (proposal != null) {
              proposals.add(proposal);
            }
            if (winner == null) {
              undecided.add(copies.get(0).rand());
            } else {
              decided.put(id, winner);
              proposals.addAll(revisions.of(winner));
              // DynamoDB deletes what has ended row by row, the row in the due list perhaps first.
              Proposal listed = hasEnded(winner.end()) ? null : due.of(winner);
              if (listed != null) {
                proposals.add(listed);
              }
            }
          }
        });
    proposals.addAll(revisions.ofNothing(rands, untouchable));
    for (Item row : forwarding.values()) {
      String rand = rand(row);
      if (!untouchable.contains(rand)) {
        Proposal proposal = loose(row, rands.contains(rand));
        if (proposal != null) {
          proposals.add(proposal);
        }
      }
    }
    proposals.addAll(grants.proposals(decided, undecided));
    return proposals;
  }

  private Proposal undecided(CredentialId id, List<Copy> copies) {
    List<Step> evidence = new ArrayList<>();
    copies.forEach(copy -> evidence.add(Step.check(copy.key(), copy.unchanged())));
    return new Proposal(
        user,
        Kind.CREDENTIAL_UNDECIDED,
        Describe.credential(user, id)
            + " is stored more than once with the same version: "
            + Copy.places(copies)
            + ".",
        evidence);
  }

  /** One credential with all of its rows; null if nothing is wrong. */
  private @Nullable Proposal credential(
      CredentialId id, List<Copy> copies, Copy winner, @Nullable Item forwarding) {
    List<Step> steps = new ArrayList<>();
    boolean mayNotBeWritten = winner.hasUnknownFeatures();
    boolean expiryWrong = !hasTtl(winner.clear(), winner.end());
    steps.add(
        expiryWrong ? end(winner, winner.end()) : Step.check(winner.key(), winner.unchanged()));
    ItemKey original = ItemKey.credential(user, id.value());
    boolean moved = !winner.isTrashed() && !winner.key().equals(original);
    Condition place = forwarding == null ? Condition.absent() : unchanged(forwarding);
    boolean loserAtOriginal = false;
    for (Copy loser : copies) {
      if (loser.key().equals(winner.key())) {
        continue;
      }
      mayNotBeWritten |= loser.hasUnknownFeatures();
      if (moved && loser.key().equals(original)) {
        loserAtOriginal = true;
        place = loser.exactly();
      } else {
        steps.add(Step.delete(loser.key(), loser.exactly()));
      }
      Step listed = due.with(loser, winner);
      if (listed != null && steps.stream().noneMatch(step -> step.key().equals(listed.key()))) {
        steps.add(listed);
      }
    }
    Item wanted =
        moved ? CredentialSealer.forwarding(keys, id, winner.key().sk(), winner.end()) : null;
    // DynamoDB deletes what has ended row by row, the forwarding row first or last.
    boolean missing =
        wanted != null && forwarding == null && !loserAtOriginal && !hasEnded(winner.end());
    boolean wrong = wanted != null && forwarding != null && !isSame(forwarding, wanted);
    if (wanted != null && (missing || wrong || loserAtOriginal)) {
      steps.add(Step.put(wanted, place));
    }
    boolean left = winner.isTrashed() && forwarding != null;
    if (winner.isTrashed() && forwarding != null) {
      steps.add(Step.delete(original, unchanged(forwarding)));
    }
    Kind kind =
        left && copies.size() == 1
            ? Kind.FORWARDING_LEFT
            : kind(copies.size() > 1, missing, wrong, forwarding, winner, expiryWrong);
    if (kind == null) {
      return null;
    }
    Proposal proposal =
        new Proposal(
            user,
            kind,
            Describe.credential(user, id)
                + ": version "
                + winner.version()
                + " at "
                + winner.key().sk()
                + (copies.size() > 1 ? " is kept, of " + Copy.places(copies) : "")
                + ".",
            steps);
    return mayNotBeWritten
        ? proposal.reportOnly("A newer version of the library wrote it.")
        : proposal;
  }

  private static @Nullable Kind kind(
      boolean duplicate,
      boolean missing,
      boolean wrong,
      @Nullable Item forwarding,
      Copy winner,
      boolean expiryWrong) {
    if (duplicate) {
      return Kind.DUPLICATE_CREDENTIAL;
    }
    if (missing) {
      return Kind.FORWARDING_MISSING;
    }
    if (wrong && forwarding != null) {
      boolean pointsThere = winner.key().sk().equals(forwarding.text(Item.FORWARD));
      return pointsThere && !hasTtl(forwarding, winner.end())
          ? Kind.EXPIRY_WRONG
          : Kind.FORWARDING_WRONG;
    }
    return expiryWrong ? Kind.EXPIRY_WRONG : null;
  }

  /**
   * The highest version, live or in the trash; among live equals the one that the forwarding row
   * points to; otherwise none.
   */
  private @Nullable Copy winner(List<Copy> copies, @Nullable Item forwarding) {
    long highest = copies.stream().mapToLong(Copy::version).max().orElseThrow();
    List<Copy> best = copies.stream().filter(copy -> copy.version() == highest).toList();
    if (best.size() == 1) {
      return best.get(0);
    }
    if (best.stream().anyMatch(Copy::isTrashed)) {
      return null;
    }
    ItemKey target = forwarding == null ? null : target(forwarding);
    return best.stream().filter(copy -> copy.key().equals(target)).findFirst().orElse(null);
  }

  /** A forwarding row at no credential's original sort key. */
  private @Nullable Proposal loose(Item row, boolean otherHasItsRand) {
    ItemKey target = target(row);
    if (target == null || otherHasItsRand) {
      return Proposal.report(
          user,
          Kind.FORWARDING_FORGED,
          Describe.row(user, row.key()) + " points somewhere, but is not the library's.",
          Step.check(row.key(), unchanged(row)));
    }
    OptionalLong ttl = row.number(Item.TTL);
    if (ttl.isPresent() && hasEnded(ttl.getAsLong())) {
      return null;
    }
    return new Proposal(
        user,
        Kind.FORWARDING_DANGLING,
        Describe.row(user, row.key()) + " points to a credential that is lost.",
        List.of(Step.delete(row.key(), unchanged(row)), Step.check(target, Condition.absent())));
  }

  /** Sets when DynamoDB may delete a row. */
  static Step end(Copy copy, @Nullable Long end) {
    Item item = Item.at(copy.key());
    return end == null
        ? Step.change(item, List.of(Item.TTL), copy.unchanged())
        : Step.change(item.number(Item.TTL, end), List.of(), copy.unchanged());
  }

  /** Where an authentic forwarding row points; null if it is not authentic. */
  private @Nullable ItemKey target(Item row) {
    try {
      return CredentialRow.target(keys, row);
    } catch (TamperedItemException e) {
      return null;
    }
  }

  private boolean hasEnded(@Nullable Long end) {
    return end != null && end <= now.getEpochSecond();
  }

  /** The rand of a row in a credential's place. */
  private static String rand(Item row) {
    return Objects.requireNonNull(KeySpace.credential(row.key().sk())).rand();
  }

  private static boolean isSame(Item forwarding, Item wanted) {
    return forwarding.only(Item.FORWARD, Item.ROW_HMAC, Item.TTL).hasSameAttributes(wanted);
  }

  /** Whether DynamoDB goes by that end. */
  static boolean hasTtl(Item item, @Nullable Long end) {
    OptionalLong ttl = item.number(Item.TTL);
    return end == null
        ? !item.has(Item.TTL)
        : ttl.isPresent() && ttl.getAsLong() == end.longValue();
  }

  private static Condition unchanged(Item forwarding) {
    return Condition.sameAs(forwarding, Item.FORWARD, Item.ROW_HMAC, Item.TTL);
  }

  private static Step there(ItemKey key) {
    return Step.check(key, Condition.present());
  }
}
