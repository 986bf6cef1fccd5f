package io.ezypass.internal.op;

import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import org.jspecify.annotations.Nullable;

/** The rows by which e-mail addresses and usernames are unique and lead to their user. */
final class Claims {
  private Claims() {}

  static Item row(TableKeys keys, UserKey key, UserId user) {
    return row(keys, key.kind(), keys.claimTag(key), user);
  }

  static Item row(TableKeys keys, UserKey.Kind kind, byte[] tag, UserId user) {
    return Item.at(ItemKey.claim(kind, tag))
        .text(Item.USER, user.value())
        .bytes(Item.ROW_HMAC, keys.claimHmac(kind, tag, user));
  }

  /** Whose claim it is, after checking its HMAC. */
  static UserId user(TableKeys keys, UserKey key, Item row) {
    UserId holder = holder(keys, key.kind(), keys.claimTag(key), row);
    if (holder == null) {
      throw new TamperedItemException(Describe.claim());
    }
    return holder;
  }

  /** Whose claim it is; null if its HMAC is wrong. */
  static @Nullable UserId holder(TableKeys keys, UserKey.Kind kind, byte[] tag, Item row) {
    UserId named = KeySpace.user(row.text(Item.USER));
    byte[] hmac = row.bytes(Item.ROW_HMAC);
    return named != null && hmac != null && Hmac.equal(hmac, keys.claimHmac(kind, tag, named))
        ? named
        : null;
  }

  static AlreadyExistsException taken(UserKey.Kind kind) {
    return new AlreadyExistsException(
        switch (kind) {
          case EMAIL -> AlreadyExistsException.Claim.EMAIL;
          case USERNAME -> AlreadyExistsException.Claim.USERNAME;
        });
  }
}
