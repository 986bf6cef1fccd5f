package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.NotAuthenticException;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.format.v1.SecretsCodec;
import io.ezypass.internal.format.v1.UnknownFormatException;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.KeySpace.CredentialKey;
import io.ezypass.internal.table.KeySpace.Place;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialMeta;
import io.ezypass.model.CredentialSecrets;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A credential's row, opened: authentic, of this user and table. A live one is at the sort key that
 * its website asks for, a revision at the one of its version.
 *
 * @param secrets null if only the meta part was opened
 */
record CredentialRow(
    Item item,
    UserId owner,
    CredentialId id,
    Header header,
    long version,
    CredentialMeta meta,
    Audit audit,
    Lifecycle lifecycle,
    @Nullable CredentialSecrets secrets) {

  /** How much of a row is opened. */
  @FunctionalInterface
  interface Opener {
    CredentialRow open(UserKeys keys, Item item);
  }

  /** Opens the meta part of a live row. The generation must be among the keys. */
  static CredentialRow openMeta(UserKeys keys, Item item) {
    return open(keys, item, Place.LIVE, false);
  }

  /** Opens both parts of a live row. The generation must be among the keys. */
  static CredentialRow openWhole(UserKeys keys, Item item) {
    return open(keys, item, Place.LIVE, true);
  }

  /**
   * Opens both parts of a live row, and leaves a secret part alone that does not open: replacing
   * the content heals it. The generation must be among the keys.
   */
  static CredentialRow openToReplace(UserKeys keys, Item item) {
    try {
      return openWhole(keys, item);
    } catch (TamperedItemException e) {
      return openMeta(keys, item);
    }
  }

  /** Opens the meta part in another place. The generation must be among the keys. */
  static CredentialRow openMeta(UserKeys keys, Item item, Place place) {
    return open(keys, item, place, false);
  }

  /** Opens both parts in another place. The generation must be among the keys. */
  static CredentialRow openWhole(UserKeys keys, Item item, Place place) {
    return open(keys, item, place, true);
  }

  /** The generation that a row was sealed under, for making sure of the keys first. */
  static int generation(UserId user, Item item) {
    return header(user, item).generation();
  }

  /** Whether a row is past its end as far as it can be seen without keys. */
  static boolean hasEnded(Item row, Instant now) {
    OptionalLong ttl = row.number(Item.TTL);
    return ttl.isPresent() && ttl.getAsLong() <= now.getEpochSecond();
  }

  /** Where a forwarding row points, after checking its HMAC and that only the tag may differ. */
  static ItemKey target(UserKeys keys, Item forwarding) {
    String target = plausibleTarget(keys.user(), forwarding);
    OptionalLong ttl = forwarding.number(Item.TTL);
    byte[] hmac = forwarding.bytes(Item.ROW_HMAC);
    byte[] expected =
        keys.forwardingHmac(
            forwarding.key().sk(), target, ttl.isPresent() ? ttl.getAsLong() : null);
    if (hmac == null || !Hmac.equal(hmac, expected)) {
      throw new TamperedItemException(Describe.row(keys.user(), forwarding.key()));
    }
    return new ItemKey(forwarding.key().pk(), target);
  }

  /** Where a forwarding row points, as far as it can be checked without keys. */
  static String plausibleTarget(UserId user, Item forwarding) {
    String target = forwarding.text(Item.FORWARD);
    String own = forwarding.key().sk();
    if (target == null
        || !isSortKey(own)
        || !isSortKey(target)
        || target.equals(own)
        || !rand(target).equals(rand(own))) {
      throw new TamperedItemException(Describe.row(user, forwarding.key()));
    }
    return target;
  }

  /** Whether it has the form of a live credential's sort key. */
  static boolean isSortKey(String sortKey) {
    CredentialKey key = KeySpace.credential(sortKey);
    return key != null && key.place() == Place.LIVE;
  }

  /** The rand of a sort key, in base64url. */
  static String rand(String sortKey) {
    return sortKey.substring(ItemKey.CREDENTIAL_PREFIX.length() + ItemKey.TAG_CHARS);
  }

  /** The sort key of a website's tag with a rand. */
  static String sortKey(byte[] siteTag, String rand) {
    return ItemKey.CREDENTIAL_PREFIX
        + Base64.getUrlEncoder().withoutPadding().encodeToString(siteTag)
        + rand;
  }

  /** Whether it has ended, live or in the trash; DynamoDB deletes it late. */
  boolean isExpired(Instant now) {
    Long end = CredentialSealer.end(meta, lifecycle);
    return end != null && end <= now.getEpochSecond();
  }

  /** The credential's rand in base64url. */
  String rand() {
    return id.value().substring(ItemKey.TAG_CHARS);
  }

  /**
   * It is exactly the row that was read, and none of its grants was given or revoked since. Whoever
   * replaces or deletes the row needs it: a grant that nobody saw must not outlive the credential.
   */
  Condition unchanged() {
    return Condition.sameAs(item, Item.HEADER, Item.SHARES);
  }

  /** Whether it may have grants. A live row is marked when it is shared, and stays so. */
  boolean mayBeShared() {
    return lifecycle.deletion() == null
        && (item.has(Item.SHARES) || (header.features() & Header.SHARES) != 0);
  }

  /** Overwrites the secrets, if they were opened. */
  void wipe() {
    if (secrets != null) {
      secrets.close();
    }
  }

  CredentialSummary summary() {
    return new CredentialSummary(id, owner, meta, audit, version);
  }

  Credential credential() {
    CredentialSecrets opened = secrets;
    if (opened == null) {
      throw new IllegalStateException("the secret part was not opened");
    }
    return new Credential(id, owner, new CredentialContent(meta, opened), audit, version);
  }

  /** Shows ids only. */
  @Override
  public String toString() {
    return "CredentialRow[" + id + "]";
  }

  static Header header(UserId user, Item item) {
    byte[] bytes = item.bytes(Item.HEADER);
    if (bytes == null) {
      throw new TamperedItemException(Describe.row(user, item.key()));
    }
    try {
      return Header.decode(bytes);
    } catch (UnknownFormatException e) {
      throw new UnsupportedFormatException(Describe.row(user, item.key()));
    } catch (MalformedException e) {
      throw new TamperedItemException(Describe.row(user, item.key()));
    }
  }

  static SealContext context(
      UserKeys keys, String rand, long version, int generation, List<byte[]> earlier) {
    return context(keys, rand, SealContext.State.LIVE, version, generation, earlier);
  }

  static SealContext context(
      UserKeys keys,
      String rand,
      SealContext.State state,
      long version,
      int generation,
      List<byte[]> earlier) {
    return new SealContext(
        0,
        keys.tableId(),
        keys.user().value(),
        SealContext.Kind.CREDENTIAL,
        Base64.getUrlDecoder().decode(rand),
        state,
        version,
        generation,
        new byte[0],
        earlier);
  }

  /** What a row is bound to in its place, without the header's share of it. */
  static SealContext context(UserKeys keys, CredentialKey key, long version, int generation) {
    SealContext.State state =
        key.place() == Place.TRASH ? SealContext.State.TRASH : SealContext.State.LIVE;
    return context(keys, key.rand(), state, version, generation, List.of());
  }

  private static CredentialRow open(UserKeys keys, Item item, Place place, boolean whole) {
    UserId user = keys.user();
    CredentialKey key = KeySpace.credential(item.key().sk());
    byte[] meta = item.bytes(Item.META);
    byte[] secret = item.bytes(Item.SECRET);
    long version = item.number(Item.VERSION).orElse(0);
    if (key == null
        || key.place() != place
        || meta == null
        || secret == null
        || !item.has(Item.VERSION)
        || (place == Place.REVISION && key.version() != version)) {
      throw new TamperedItemException(Describe.row(user, item.key()));
    }
    Header header = header(user, item);
    SealContext context = context(keys, key, version, header.generation());
    try (Sealing sealing = Sealer.opening(keys.vaultKey(header.generation()), context, header)) {
      boolean lenient = header.hasUnknownFeatures();
      MetaCodec.Decoded opened = MetaCodec.decode(user, sealing.openMeta(meta), lenient);
      int needed = MetaCodec.features(opened.meta());
      if ((header.features() & needed) != needed) {
        throw new NotAuthenticException();
      }
      // The real website decides: a row under another sort key is refused, a hash collision too.
      byte[] tag = keys.siteTag(opened.meta().website());
      if ((place == Place.LIVE && !item.key().sk().equals(sortKey(tag, key.rand())))
          || (place == Place.TRASH) != (opened.lifecycle().deletion() != null)
          || !opened.lifecycle().belongsTo(version, header.features())) {
        throw new NotAuthenticException();
      }
      CredentialId id =
          CredentialId.of(
              sortKey(opened.creationTag(), key.rand())
                  .substring(ItemKey.CREDENTIAL_PREFIX.length()));
      return new CredentialRow(
          item,
          user,
          id,
          header,
          version,
          opened.meta(),
          opened.audit(),
          opened.lifecycle(),
          whole ? SecretsCodec.decode(sealing.openSecret(secret), lenient) : null);
    } catch (MalformedException | NotAuthenticException e) {
      throw new TamperedItemException(Describe.row(user, item.key()));
    }
  }
}
