package io.ezypass.internal.op;

import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens a credential that somebody else shares, with the owner's keys: 1 TransactGetItems for
 * grant, credential and KEYS, one more once it has moved; 1 KMS call if the owner's keys are not
 * cached, which nobody causes without a grant. They are read at one moment, so a grant that was
 * revoked before an update never shows what the update wrote, and a deleted owner's opens nothing.
 */
public final class OpenShared {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;

  /** The use case. */
  public OpenShared(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
  }

  /** The plan. */
  public Plan<Credential> plan(UserId recipient, UserId owner, CredentialId id) {
    if (owner.equals(recipient)) {
      throw new IllegalArgumentException("owner must not be the vault's own user");
    }
    KeySpace.Share share = new KeySpace.Share(owner, id, recipient);
    // Who was deleted opens nothing, whatever grants there still are.
    return access.keys(
        recipient,
        keys ->
            new Plan.Attempt<>(
                new Opening(share).round(0),
                Plan::done,
                failure -> {
                  throw hidden(share, failure);
                }));
  }

  /** An owner whose keys turn out to be gone is not told apart from one who never was. */
  private static RuntimeException hidden(KeySpace.Share share, RuntimeException failure) {
    return failure instanceof UserNotFoundException gone && gone.user().equals(share.owner())
        ? new CredentialNotFoundException(share.owner(), share.credential())
        : failure;
  }

  private final class Opening {
    private final KeySpace.Share share;
    private final UserId owner;
    private final CredentialId id;
    private final ItemKey original;

    Opening(KeySpace.Share share) {
      this.share = share;
      this.owner = share.owner();
      this.id = share.credential();
      this.original = ItemKey.credential(owner, id.value());
    }

    /** The owner's cached keys are not so much as looked for without a grant: that renews them. */
    Plan<Credential> round(int number) {
      ItemKey keysKey = ItemKey.keys(owner);
      long askedAt = env.nanoTime().getAsLong();
      return reads
          .atOnce(List.of(share.grant(), original, keysKey))
          .then(
              items -> {
                requireBoth(items, original);
                Item keysItem = items.get(keysKey);
                if (!KeyAccess.isLive(keysItem)) {
                  throw notFound();
                }
                return access.opened(owner, keysItem, askedAt, keys -> follow(keys, items, number));
              });
    }

    /** The credential is where its id says, or where the row there points. */
    private Plan<Credential> follow(UserKeys keys, Map<ItemKey, Item> items, int number) {
      Item row = requireBoth(items, original);
      requireGrant(keys, items);
      if (!row.isForwarding()) {
        return open(keys, row);
      }
      ItemKey target = CredentialRow.target(keys, row);
      return reads
          .atOnce(List.of(share.grant(), target))
          .then(
              moved -> {
                if (moved.get(target) != null) {
                  requireGrant(keys, moved);
                  return open(keys, requireBoth(moved, target));
                }
                if (CredentialRow.hasEnded(row, env.now())) {
                  // DynamoDB deletes what has expired row by row: this one is next.
                  throw notFound();
                }
                if (number == MAX_ROUNDS) {
                  // Either it keeps moving, or somebody deleted only one of both rows.
                  throw new TamperedItemException(Describe.row(owner, row.key()));
                }
                return round(number + 1);
              });
    }

    /** The credential's row, if there is a row of the grant as well. */
    private Item requireBoth(Map<ItemKey, Item> items, ItemKey place) {
      Item row = items.get(place);
      if (row == null || items.get(share.grant()) == null) {
        throw notFound();
      }
      return row;
    }

    private void requireGrant(UserKeys keys, Map<ItemKey, Item> items) {
      @Nullable Item grant = items.get(share.grant());
      if (grant == null || GrantRow.open(keys, grant).hasEnded(env.now())) {
        throw notFound();
      }
    }

    private Plan<Credential> open(UserKeys keys, Item item) {
      return access.covering(
          keys,
          Map.of(
              CredentialRow.generation(owner, CurrentCredential.notForwarding(keys, item)),
              Describe.row(owner, item.key())),
          covering -> {
            CredentialRow row =
                CurrentCredential.expected(id, CredentialRow.openWhole(covering, item));
            // What came back from the trash is shared with nobody, whatever grants were left.
            boolean isShared = (row.header().features() & Header.SHARES) != 0;
            if (!isShared || row.isExpired(env.now())) {
              row.wipe();
              throw notFound();
            }
            return Plan.done(row.credential());
          });
    }

    private CredentialNotFoundException notFound() {
      return new CredentialNotFoundException(owner, id);
    }
  }
}
