package io.ezypass.internal.op;

import io.ezypass.error.LimitExceededException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.SecretsCodec;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Seals credentials into items, and makes the forwarding rows beside them. */
final class CredentialSealer {
  /** DynamoDB's limit of an item, names and values together. */
  static final long MAX_ITEM = 400 * 1024;

  private final Environment env;

  CredentialSealer(Environment env) {
    this.env = env;
  }

  /** An item that is ready to be written, and the header it was sealed with. */
  record SealedCredential(Item item, Header header) {}

  /**
   * Seals one version of a credential.
   *
   * @param id its id
   * @param version the version that it will be
   * @param earlier the earlier operation ids to keep
   */
  SealedCredential seal(
      UserKeys keys,
      CredentialId id,
      CredentialContent content,
      Audit audit,
      long version,
      List<byte[]> earlier) {
    SealedCredential sealed = sealAnySize(keys, id, content, audit, version, earlier);
    requireSize(sealed.item());
    return sealed;
  }

  /** Seals one version of a credential that DynamoDB may find too large. */
  SealedCredential sealAnySize(
      UserKeys keys,
      CredentialId id,
      CredentialContent content,
      Audit audit,
      long version,
      List<byte[]> earlier) {
    requireWritable(env, keys);
    String rand = id.value().substring(ItemKey.TAG_CHARS);
    byte[] creationTag = Base64.getUrlDecoder().decode(id.value().substring(0, ItemKey.TAG_CHARS));
    byte[] tag = keys.siteTag(content.website());
    Sealer.Sealed sealed =
        Sealer.seal(
            keys.vaultKey(keys.active()),
            CredentialRow.context(keys, rand, version, keys.active(), earlier),
            env.randomBytes(32),
            MetaCodec.encode(keys.user(), creationTag, content.meta(), audit),
            SecretsCodec.encode(content.secrets()));
    ItemKey key = new ItemKey(ItemKey.partition(keys.user()), CredentialRow.sortKey(tag, rand));
    Item item = sealed.into(Item.at(key).number(Item.VERSION, version));
    Instant expiresAt = content.meta().expiresAt();
    if (expiresAt != null) {
      item.number(Item.TTL, expiresAt.getEpochSecond());
    }
    return new SealedCredential(item, sealed.header());
  }

  /** The forwarding row at a credential's original sort key. */
  static Item forwarding(UserKeys keys, CredentialId id, String target, @Nullable Long ttl) {
    ItemKey original = ItemKey.credential(keys.user(), id.value());
    Item row =
        Item.at(original)
            .text(Item.FORWARD, target)
            .bytes(Item.ROW_HMAC, keys.forwardingHmac(original.sk(), target, ttl));
    return ttl == null ? row : row.number(Item.TTL, ttl);
  }

  /** A content whose secrets are copies, so that the caller may close its own at once. */
  static CredentialContent copy(CredentialContent content) {
    return new CredentialContent(content.meta(), content.secrets().copy());
  }

  /** Refuses an expiry that has passed before anything is sent. */
  static void requireFuture(CredentialContent content, Instant now) {
    if (hasEnded(content, now)) {
      throw new IllegalArgumentException("expiresAt must be in the future");
    }
  }

  /** Whether its expiry has passed. */
  static boolean hasEnded(CredentialContent content, Instant now) {
    Instant expiresAt = content.meta().expiresAt();
    return expiresAt != null && !expiresAt.isAfter(now);
  }

  /** Whether DynamoDB takes an item of that size. */
  static boolean fits(Item item) {
    return item.size() <= MAX_ITEM;
  }

  static void requireSize(Item item) {
    if (!fits(item)) {
      throw new LimitExceededException(
          "The item would have "
              + item.size()
              + " bytes; DynamoDB takes "
              + MAX_ITEM
              + ". Nothing was written; shorten it.");
    }
  }

  /** Refuses keys that nothing may be sealed under, before anything is sent. */
  static void requireWritable(Environment env, UserKeys keys) {
    if (!keys.writable()) {
      throw new UnsupportedFormatException(Describe.keys(keys.user()));
    }
    if (keys.areHeldTooLong(env.nanoTime().getAsLong())) {
      // A rotation is complete, and a deletion final, when nobody can seal under older keys.
      throw new LimitExceededException(
          "The keys of user "
              + keys.user()
              + " were held for more than an hour by one call. Nothing was written; call again.");
    }
  }

  /**
   * The id of a new credential: the tag of its website, and a rand that depends on fresh randomness
   * and on all that will be sealed.
   */
  CredentialId newId(UserKeys keys, CredentialContent content, Audit audit) {
    requireWritable(env, keys);
    byte[] tag = Arrays.copyOf(keys.siteTag(content.website()), MetaCodec.TAG);
    byte[] meta = MetaCodec.encode(keys.user(), tag, content.meta(), audit);
    byte[] secret = SecretsCodec.encode(content.secrets());
    try {
      byte[] rand =
          Sealing.rand(
              keys.vaultKey(keys.active()),
              env.randomBytes(32),
              CredentialRow.context(keys, "", 1, keys.active(), List.of()).encode(),
              meta,
              secret);
      Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
      return CredentialId.of(base64.encodeToString(tag) + base64.encodeToString(rand));
    } finally {
      Arrays.fill(meta, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }
}
