package io.ezypass.internal.op;

import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;

/** The rows by which e-mail addresses and usernames are unique and lead to their user. */
final class Claims {
  private Claims() {}

  static Item row(TableKeys keys, UserKey key, UserId user) {
    byte[] tag = keys.claimTag(key);
    return Item.at(ItemKey.claim(key.kind(), tag))
        .text(Item.USER, user.value())
        .bytes(Item.ROW_HMAC, keys.claimHmac(key.kind(), tag, user));
  }

  /** Whose claim it is, after checking its HMAC. */
  static UserId user(TableKeys keys, UserKey key, Item row) {
    String user = row.text(Item.USER);
    byte[] hmac = row.bytes(Item.ROW_HMAC);
    try {
      if (user != null && hmac != null) {
        UserId id = UserId.of(user);
        if (Hmac.equal(hmac, keys.claimHmac(key.kind(), keys.claimTag(key), id))) {
          return id;
        }
      }
    } catch (IllegalArgumentException e) {
      // No user id at all: refused below like any other wrong one.
    }
    throw new TamperedItemException(Describe.claim());
  }

  static AlreadyExistsException taken(UserKey.Kind kind) {
    return new AlreadyExistsException(
        switch (kind) {
          case EMAIL -> AlreadyExistsException.Claim.EMAIL;
          case USERNAME -> AlreadyExistsException.Claim.USERNAME;
        });
  }
}
