package io.ezypass.internal.op;

import io.ezypass.error.LimitExceededException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.format.v1.SecretsCodec;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialMeta;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Seals credentials into items, and makes the forwarding rows beside them. */
final class CredentialSealer {
  /** DynamoDB's limit of an item, names and values together. */
  static final long MAX_ITEM = 400 * 1024;

  /**
   * What a live credential leaves free, for what deleting it adds: whatever fits can be deleted.
   */
  private static final long ROOM_FOR_DELETION = 2 * 1024;

  /** The most that a live credential may take. */
  static final long MAX_LIVE = MAX_ITEM - ROOM_FOR_DELETION;

  private final Environment env;

  CredentialSealer(Environment env) {
    this.env = env;
  }

  /** An item that is ready to be written, and the header it was sealed with. */
  record SealedCredential(Item item, Header header) {}

  /**
   * What a version of a credential is to be.
   *
   * @param version which version
   * @param earlier the earlier operation ids to keep
   * @param lifecycle with a deletion, it goes to the trash
   */
  record Next(
      CredentialContent content,
      Audit audit,
      long version,
      List<byte[]> earlier,
      Lifecycle lifecycle) {
    /** The first version. */
    static Next first(CredentialContent content, Audit audit) {
      return new Next(content, audit, 1, List.of(), Lifecycle.NEW);
    }

    /** The version after another one. */
    static Next after(
        CredentialRow row, CredentialContent content, Audit audit, Lifecycle lifecycle) {
      return new Next(content, audit, row.version() + 1, row.header().earlierOfNext(), lifecycle);
    }
  }

  /** Seals one version of a credential, with the marks of its satellites beside it. */
  SealedCredential seal(UserKeys keys, CredentialId id, Next next, Satellite satellites) {
    SealedCredential sealed = sealAnySize(keys, id, next, satellites);
    requireSize(sealed.item(), next.lifecycle().deletion() == null ? MAX_LIVE : MAX_ITEM);
    return sealed;
  }

  /** The same, for a credential that may turn out too large. */
  SealedCredential sealAnySize(UserKeys keys, CredentialId id, Next next, Satellite satellites) {
    requireWritable(env, keys);
    CredentialMeta meta = next.content().meta();
    String rand = id.value().substring(ItemKey.TAG_CHARS);
    byte[] creationTag = Base64.getUrlDecoder().decode(id.value().substring(0, ItemKey.TAG_CHARS));
    boolean live = next.lifecycle().deletion() == null;
    Sealer.Sealed sealed =
        Sealer.seal(
            keys.vaultKey(keys.active()),
            CredentialRow.context(
                    keys,
                    rand,
                    live ? SealContext.State.LIVE : SealContext.State.TRASH,
                    next.version(),
                    keys.active(),
                    next.earlier())
                .withFeatures(
                    next.lifecycle().features() | satellites.features() | MetaCodec.features(meta)),
            env.randomBytes(32),
            MetaCodec.encode(keys.user(), creationTag, meta, next.audit(), next.lifecycle()),
            SecretsCodec.encode(next.content().secrets()));
    ItemKey key =
        live
            ? new ItemKey(
                ItemKey.partition(keys.user()),
                CredentialRow.sortKey(keys.siteTag(meta.website()), rand))
            : ItemKey.trash(keys.user(), rand);
    Item item = sealed.into(Item.at(key).number(Item.VERSION, next.version()));
    Long end = end(meta, next.lifecycle());
    if (end != null) {
      item.number(Item.TTL, end);
    }
    satellites.mark(item);
    return new SealedCredential(item, sealed.header());
  }

  /** When a credential ends, in seconds since the epoch: at its expiry, or purged before. */
  static @Nullable Long end(CredentialMeta meta, Lifecycle lifecycle) {
    Instant expiresAt = meta.expiresAt();
    Long expiry = expiresAt == null ? null : expiresAt.getEpochSecond();
    Lifecycle.Deletion deletion = lifecycle.deletion();
    return deletion == null ? expiry : earlier(expiry, deletion.purgeAt());
  }

  /** The earlier of two ends, of which either may be missing. */
  static @Nullable Long earlier(@Nullable Long one, @Nullable Long other) {
    return one == null || (other != null && other < one) ? other : one;
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

  static void requireSize(Item item, long most) {
    if (item.size() > most) {
      throw new LimitExceededException(
          "The item would have "
              + item.size()
              + " bytes; it may have "
              + most
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
    byte[] meta = MetaCodec.encode(keys.user(), tag, content.meta(), audit, Lifecycle.NEW);
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
