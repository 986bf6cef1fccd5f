package io.ezypass.internal.op;

import io.ezypass.admin.Finding.Kind;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.op.Proposal.Step;
import io.ezypass.internal.op.VaultRows.Copy;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a vault's credentials and forwarding rows. Each credential is taken as a
 * whole: one copy, in the place that its website asks for, and a forwarding row at the original
 * sort key if that is another place.
 */
final class RepairCredentials {
  private final UserKeys keys;
  private final UserId user;
  private final Instant now;

  RepairCredentials(UserKeys keys, Instant now) {
    this.keys = keys;
    this.user = keys.user();
    this.now = now;
  }

  List<Proposal> proposals(VaultRows rows) {
    List<Proposal> proposals = new ArrayList<>();
    for (Item row : rows.unknown()) {
      proposals.add(
          Proposal.report(user, Kind.ROW_UNKNOWN, Describe.row(user, row.key()), there(row.key())));
    }
    Set<String> untouchable = new HashSet<>();
    for (Item row : rows.unreadable()) {
      untouchable.add(CredentialRow.rand(row.key().sk()));
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
    Map<String, CredentialId> byRand = new HashMap<>();
    for (Copy copy : rows.copies()) {
      credentials.computeIfAbsent(copy.id(), id -> new ArrayList<>()).add(copy);
      byRand.put(CredentialRow.rand(copy.key().sk()), copy.id());
    }
    credentials.forEach(
        (id, copies) -> {
          Item row = forwarding.remove(ItemKey.credential(user, id.value()).sk());
          if (!untouchable.contains(CredentialRow.rand(copies.get(0).key().sk()))) {
            Proposal proposal = credential(id, copies, row);
            if (proposal != null) {
              proposals.add(proposal);
            }
          }
        });
    for (Item row : forwarding.values()) {
      String rand = CredentialRow.rand(row.key().sk());
      if (!untouchable.contains(rand)) {
        Proposal proposal = loose(row, byRand.containsKey(rand));
        if (proposal != null) {
          proposals.add(proposal);
        }
      }
    }
    return proposals;
  }

  /** One credential with all of its rows; null if nothing is wrong. */
  private @Nullable Proposal credential(
      CredentialId id, List<Copy> copies, @Nullable Item forwarding) {
    Copy winner = winner(copies, forwarding);
    if (winner == null) {
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
    List<Step> steps = new ArrayList<>();
    boolean mayNotBeWritten = winner.hasUnknownFeatures();
    boolean expiryWrong = !hasTtl(winner.ttl(), winner.expiry());
    steps.add(expiryWrong ? expiry(winner) : Step.check(winner.key(), winner.unchanged()));
    ItemKey original = ItemKey.credential(user, id.value());
    boolean moved = !winner.key().equals(original);
    Condition place = forwarding == null ? Condition.absent() : unchanged(forwarding);
    boolean loserAtOriginal = false;
    for (Copy loser : copies) {
      if (loser.key().equals(winner.key())) {
        continue;
      }
      mayNotBeWritten |= loser.hasUnknownFeatures();
      if (moved && loser.key().equals(original)) {
        loserAtOriginal = true;
        place = loser.unchanged();
      } else {
        steps.add(Step.delete(loser.key(), loser.unchanged()));
      }
    }
    Item wanted =
        moved ? CredentialSealer.forwarding(keys, id, winner.key().sk(), winner.expiry()) : null;
    // DynamoDB deletes what has ended row by row, the forwarding row first or last.
    boolean missing =
        wanted != null && forwarding == null && !loserAtOriginal && !hasEnded(winner.expiresAt());
    boolean wrong = wanted != null && forwarding != null && !isSame(forwarding, wanted);
    if (wanted != null && (missing || wrong || loserAtOriginal)) {
      steps.add(Step.put(wanted, place));
    }
    Kind kind = kind(copies.size() > 1, missing, wrong, forwarding, winner, expiryWrong);
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
      return pointsThere && !hasTtl(forwarding, winner.expiry())
          ? Kind.EXPIRY_WRONG
          : Kind.FORWARDING_WRONG;
    }
    return expiryWrong ? Kind.EXPIRY_WRONG : null;
  }

  /** The highest version; among equals the one that the forwarding row points to, or none. */
  private @Nullable Copy winner(List<Copy> copies, @Nullable Item forwarding) {
    long highest = copies.stream().mapToLong(Copy::version).max().orElseThrow();
    List<Copy> best = copies.stream().filter(copy -> copy.version() == highest).toList();
    if (best.size() == 1) {
      return best.get(0);
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
    if (ttl.isPresent() && hasEnded(Instant.ofEpochSecond(ttl.getAsLong()))) {
      return null;
    }
    return new Proposal(
        user,
        Kind.FORWARDING_DANGLING,
        Describe.row(user, row.key()) + " points to a credential that is lost.",
        List.of(Step.delete(row.key(), unchanged(row)), Step.check(target, Condition.absent())));
  }

  private Step expiry(Copy winner) {
    Long expiry = winner.expiry();
    Item item = Item.at(winner.key());
    return expiry == null
        ? Step.change(item, List.of(Item.TTL), winner.unchanged())
        : Step.change(item.number(Item.TTL, expiry), List.of(), winner.unchanged());
  }

  /** Where an authentic forwarding row points; null if it is not authentic. */
  private @Nullable ItemKey target(Item row) {
    try {
      return CredentialRow.target(keys, row);
    } catch (TamperedItemException e) {
      return null;
    }
  }

  private boolean hasEnded(@Nullable Instant expiresAt) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }

  private static boolean isSame(Item forwarding, Item wanted) {
    return forwarding.only(Item.FORWARD, Item.ROW_HMAC, Item.TTL).hasSameAttributes(wanted);
  }

  private static boolean hasTtl(Item item, @Nullable Long expiry) {
    OptionalLong ttl = item.number(Item.TTL);
    return expiry == null
        ? !item.has(Item.TTL)
        : ttl.isPresent() && ttl.getAsLong() == expiry.longValue();
  }

  private static Condition unchanged(Item forwarding) {
    return Condition.sameAs(forwarding, Item.FORWARD, Item.ROW_HMAC, Item.TTL);
  }

  private static Step there(ItemKey key) {
    return Step.check(key, Condition.present());
  }
}
