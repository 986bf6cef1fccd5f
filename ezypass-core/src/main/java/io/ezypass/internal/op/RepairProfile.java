package io.ezypass.internal.op;

import io.ezypass.admin.Finding.Kind;
import io.ezypass.internal.op.Proposal.Step;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the claims of an opened profile and with the tags beside it. What the profile
 * has sealed is right; tags and claims follow from it.
 */
final class RepairProfile {
  private final TableKeys tableKeys;
  private final ProfileRow profile;
  private final UserId user;
  private final Condition unchanged;
  private final List<RepairClaim.Suspect> contested = new ArrayList<>();

  RepairProfile(TableKeys tableKeys, ProfileRow profile) {
    this.tableKeys = tableKeys;
    this.profile = profile;
    this.user = profile.user().id();
    this.unchanged = Condition.headerIs(profile.header().encode());
  }

  /** The claims to read: those that it should have, and those that the tags beside it name. */
  List<ItemKey> claims() {
    List<ItemKey> keys = new ArrayList<>();
    for (UserKey.Kind kind : UserKey.Kind.values()) {
      byte[] sealed = sealedTag(kind);
      byte[] beside = tagBeside(profile.item(), kind);
      if (sealed != null) {
        keys.add(ItemKey.claim(kind, sealed));
      }
      if (beside != null && !Arrays.equals(beside, sealed)) {
        keys.add(ItemKey.claim(kind, beside));
      }
    }
    return keys;
  }

  /** Claims that name another user, to be looked at with that user's profile. */
  List<RepairClaim.Suspect> contested() {
    return contested;
  }

  /** The claims that the tags beside a profile name which nobody can open any more. */
  static List<RepairClaim.Suspect> besideOf(Item profile) {
    List<RepairClaim.Suspect> suspects = new ArrayList<>();
    for (UserKey.Kind kind : UserKey.Kind.values()) {
      byte[] tag = tagBeside(profile, kind);
      if (tag != null) {
        suspects.add(new RepairClaim.Suspect(new KeySpace.Claim(kind, tag), null));
      }
    }
    return suspects;
  }

  List<Proposal> proposals(Map<ItemKey, Item> claims) {
    List<Proposal> proposals = new ArrayList<>();
    for (UserKey.Kind kind : UserKey.Kind.values()) {
      Proposal tag = tag(kind, claims);
      if (tag != null) {
        proposals.add(tag);
      }
      byte[] sealed = sealedTag(kind);
      Proposal claim = sealed == null ? null : claim(kind, sealed, claims);
      if (claim != null) {
        proposals.add(claim);
      }
    }
    return profile.header().hasUnknownFeatures()
        ? proposals.stream()
            .map(p -> p.reportOnly("A newer version of the library wrote the profile."))
            .toList()
        : proposals;
  }

  private @Nullable Proposal tag(UserKey.Kind kind, Map<ItemKey, Item> claims) {
    String attribute = ProfileRow.tagAttribute(kind);
    byte[] sealed = sealedTag(kind);
    byte[] stored = profile.item().bytes(attribute);
    if (sealed == null ? !profile.item().has(attribute) : Arrays.equals(sealed, stored)) {
      return null;
    }
    Item change = Item.at(profile.item().key());
    List<Step> steps = new ArrayList<>();
    steps.add(
        sealed == null
            ? Step.change(change, List.of(attribute), unchanged)
            : Step.change(change.bytes(attribute, sealed), List.of(), unchanged));
    byte[] beside = tagBeside(profile.item(), kind);
    if (beside != null) {
      Item claim = claims.get(ItemKey.claim(kind, beside));
      if (claim != null && user.equals(Claims.holder(tableKeys, kind, beside, claim))) {
        steps.add(Step.delete(claim.key(), RepairClaim.unchanged(claim)));
      }
    }
    return new Proposal(
        user,
        Kind.PROFILE_TAG_WRONG,
        Describe.profile(user) + " has another " + kind + " tag beside it than sealed.",
        steps);
  }

  private @Nullable Proposal claim(UserKey.Kind kind, byte[] tag, Map<ItemKey, Item> claims) {
    ItemKey place = ItemKey.claim(kind, tag);
    Item right = Claims.row(tableKeys, kind, tag, user);
    Step sure = Step.check(profile.item().key(), unchanged);
    Item row = claims.get(place);
    if (row == null) {
      return new Proposal(
          user,
          Kind.CLAIM_MISSING,
          "User " + user + " has no " + kind + " claim.",
          List.of(Step.put(right, Condition.absent()), sure));
    }
    if (user.equals(Claims.holder(tableKeys, kind, tag, row))) {
      return null;
    }
    UserId named = KeySpace.user(row.text(Item.USER));
    if (named != null && !named.equals(user)) {
      contested.add(new RepairClaim.Suspect(new KeySpace.Claim(kind, tag), user));
      return null;
    }
    return new Proposal(
        user,
        Kind.CLAIM_WRONG,
        "The " + kind + " claim of user " + user + " has a wrong HMAC.",
        List.of(Step.put(right, RepairClaim.unchanged(row)), sure));
  }

  private byte @Nullable [] sealedTag(UserKey.Kind kind) {
    UserKey key = ProfileRow.userKey(profile.user().profile(), kind);
    return key == null ? null : tableKeys.claimTag(key);
  }

  private static byte @Nullable [] tagBeside(Item profile, UserKey.Kind kind) {
    byte[] tag = profile.bytes(ProfileRow.tagAttribute(kind));
    return tag != null && tag.length == KeySpace.CLAIM_TAG ? tag : null;
  }
}
