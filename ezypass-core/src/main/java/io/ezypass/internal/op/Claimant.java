package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.internal.op.Proposal.Step;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Whether a user's profile has the e-mail address or username of a claim.
 *
 * @param evidence what to make sure of when acting upon the answer
 */
record Claimant(Answer answer, List<Step> evidence) {
  /** Whether it has. */
  enum Answer {
    /** The profile opens and has it. */
    YES,
    /** The profile opens and has it not, or there is nothing of this user. */
    NO,
    /** Part of the user is missing or does not open. */
    CANNOT_BE_TOLD
  }

  /** 1 BatchGetItem, and 1 KMS call or 1 Query. */
  static Plan<Claimant> of(
      Environment env, KeyAccess access, TableKeys tableKeys, UserId user, KeySpace.Claim claim) {
    Reads reads = new Reads(env);
    ItemKey keysKey = ItemKey.keys(user);
    ItemKey profileKey = ItemKey.profile(user);
    long askedAt = env.nanoTime().getAsLong();
    return reads.batch(
        List.of(keysKey, profileKey),
        found -> {
          Item keys = found.get(keysKey);
          Item profile = found.get(profileKey);
          if (keys == null) {
            return profile != null
                ? cannotBeTold()
                : reads
                    .query(env.requests().partition(ItemKey.partition(user), null, 1))
                    .then(
                        page ->
                            page.items().isEmpty()
                                ? answer(
                                    Answer.NO,
                                    Step.check(keysKey, Condition.absent()),
                                    Step.check(profileKey, Condition.absent()))
                                : cannotBeTold());
          }
          OptionalLong deletedAt = keys.number(Item.TOMBSTONE);
          if (deletedAt.isPresent()) {
            return answer(
                Answer.NO, Step.check(keysKey, Condition.tombstoneIs(deletedAt.getAsLong())));
          }
          return keys.isTombstone() || profile == null
              ? cannotBeTold()
              : access.reopened(user, keys, askedAt, opened(tableKeys, claim, profile));
        });
  }

  private static Function<UserKeys, Plan<Claimant>> opened(
      TableKeys tableKeys, KeySpace.Claim claim, Item item) {
    return keys -> {
      try {
        if (keys.has(ProfileRow.header(keys.user(), item).generation())) {
          ProfileRow row = ProfileRow.open(keys, item);
          UserKey key = ProfileRow.userKey(row.user().profile(), claim.kind());
          boolean has = key != null && Arrays.equals(tableKeys.claimTag(key), claim.tag());
          return answer(
              has ? Answer.YES : Answer.NO,
              Step.check(item.key(), Condition.headerIs(row.header().encode())));
        }
      } catch (TamperedItemException | UnsupportedFormatException e) {
        // Looking at that user reports it.
      }
      return cannotBeTold();
    };
  }

  private static Plan<Claimant> answer(Answer answer, Step... evidence) {
    return Plan.done(new Claimant(answer, List.of(evidence)));
  }

  private static Plan<Claimant> cannotBeTold() {
    return Plan.done(new Claimant(Answer.CANNOT_BE_TOLD, List.of()));
  }
}
