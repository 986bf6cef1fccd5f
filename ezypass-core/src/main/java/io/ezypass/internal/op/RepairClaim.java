package io.ezypass.internal.op;

import io.ezypass.admin.Finding;
import io.ezypass.admin.Finding.Kind;
import io.ezypass.internal.op.Proposal.Step;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mends a claim that does not stand in the name of whose profile has it: 1 GetItem, and for each of
 * both users 1 BatchGetItem and 1 KMS call; the same again to make sure, or 1 TransactWriteItems. A
 * claim that no profile has and that is not authentic costs 1 GetItem, twice.
 */
public final class RepairClaim {
  private final Environment env;
  private final Table table;
  private final KeyAccess access;
  private final Reads reads;
  private final RepairRounds rounds;

  /** The use case. */
  public RepairClaim(Environment env, Table table, KeyAccess access) {
    this.env = env;
    this.table = table;
    this.access = access;
    this.reads = new Reads(env);
    this.rounds = new RepairRounds(env);
  }

  /**
   * A claim to be looked at.
   *
   * @param claimant whose profile has it, if that is known
   */
  public record Suspect(KeySpace.Claim claim, @Nullable UserId claimant) {}

  /** The plan. It ends in nothing if a finding was already told. */
  public Plan<List<Finding>> plan(RepairRun run, Suspect suspect) {
    return suspect.claimant() == null && run.wasTold(suspect.claim().key())
        ? Plan.done(List.of())
        : table.keys(
            keys ->
                rounds.plan(
                    run, suspect.claimant(), () -> run.job().paced(() -> look(keys, suspect))));
  }

  /** What to tell if the keys of one of the users do not open. */
  public List<Finding> unreadable(Suspect suspect) {
    // Without another claimant, looking at whom the claim names says enough.
    return suspect.claimant() == null
        ? List.of()
        : List.of(
            Proposal.report(
                    suspect.claimant(),
                    Kind.CLAIM_DISPUTED,
                    "The "
                        + suspect.claim().kind()
                        + " of user "
                        + suspect.claimant()
                        + " is claimed by somebody whose keys do not open.")
                .finding(Finding.Outcome.REPORTED));
  }

  /** Exactly the claim that was read. */
  static Condition unchanged(Item claim) {
    return Condition.sameAs(claim, Item.USER, Item.ROW_HMAC);
  }

  private Plan<List<Proposal>> look(TableKeys keys, Suspect suspect) {
    KeySpace.Claim claim = suspect.claim();
    return reads
        .get(claim.key())
        .then(
            row -> {
              if (row == null) {
                return Plan.done(List.of());
              }
              UserId named = KeySpace.user(row.text(Item.USER));
              // Whoever can write to the table can make such claims up without end, so whom they
              // name must cost no KMS call. If a profile has it, that is where it is mended from.
              boolean nobodys =
                  suspect.claimant() == null
                      && Claims.holder(keys, claim.kind(), claim.tag(), row) == null;
              if (named == null || nobodys) {
                return Plan.done(List.of(forged(suspect, row)));
              }
              return Claimant.of(env, access, keys, named, claim)
                  .then(holder -> judge(keys, suspect, row, named, holder));
            });
  }

  private Plan<List<Proposal>> judge(
      TableKeys keys, Suspect suspect, Item row, UserId named, Claimant holder) {
    KeySpace.Claim claim = suspect.claim();
    UserId claimant = suspect.claimant();
    if (claimant == null) {
      return Plan.done(
          switch (holder.answer()) {
            // Looking at that user mends it, or reports what is missing there.
            case YES, CANNOT_BE_TOLD -> List.of();
            case NO -> List.of(orphaned(named, row, holder));
          });
    }
    return named.equals(claimant)
        ? Plan.done(List.of())
        : Claimant.of(env, access, keys, claimant, claim)
            .map(
                other ->
                    other.answer() == Claimant.Answer.YES
                        ? List.of(contested(keys, claim, claimant, row, named, holder, other))
                        : List.of());
  }

  private static Proposal orphaned(UserId named, Item row, Claimant holder) {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.delete(row.key(), unchanged(row)));
    steps.addAll(holder.evidence());
    return new Proposal(
        named,
        Kind.CLAIM_ORPHANED,
        Describe.claim() + " names user " + named + ", who does not have it.",
        steps);
  }

  private static Proposal forged(Suspect suspect, Item row) {
    return new Proposal(
        null,
        Kind.CLAIM_FORGED,
        Describe.claim()
            + " is not the library's (partition key "
            + suspect.claim().key().pk()
            + ").",
        List.of(Step.check(row.key(), unchanged(row))));
  }

  private static Proposal contested(
      TableKeys keys,
      KeySpace.Claim claim,
      UserId claimant,
      Item row,
      UserId named,
      Claimant holder,
      Claimant other) {
    String users = "user " + claimant + "; the claim names user " + named;
    List<Step> steps = new ArrayList<>();
    steps.addAll(holder.evidence());
    steps.addAll(other.evidence());
    if (holder.answer() != Claimant.Answer.NO) {
      steps.add(Step.check(row.key(), unchanged(row)));
      return new Proposal(
          claimant,
          Kind.CLAIM_DISPUTED,
          "The "
              + claim.kind()
              + " is in the profile of "
              + users
              + ", whose profile "
              + (holder.answer() == Claimant.Answer.YES ? "has it too." : "cannot be read."),
          steps);
    }
    steps.add(Step.put(Claims.row(keys, claim.kind(), claim.tag(), claimant), unchanged(row)));
    return new Proposal(
        claimant,
        Kind.CLAIM_HELD_BY_ANOTHER,
        "The " + claim.kind() + " is in the profile of " + users + ", who does not have it.",
        steps);
  }
}
