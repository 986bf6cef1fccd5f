package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.NotAuthenticException;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.format.v1.SecretsCodec;
import io.ezypass.internal.format.v1.UnknownFormatException;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A credential's row, opened: authentic, of this user and table, at the sort key that its website
 * asks for.
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
    @Nullable CredentialSecrets secrets) {

  private static final Pattern SORT_KEY = Pattern.compile("CRED#[A-Za-z0-9_-]{28}");

  /** Opens the meta part only. The generation must be among the keys. */
  static CredentialRow openMeta(UserKeys keys, Item item) {
    return open(keys, item, false);
  }

  /** Opens both parts. The generation must be among the keys. */
  static CredentialRow openWhole(UserKeys keys, Item item) {
    return open(keys, item, true);
  }

  /** The generation that a row was sealed under, for making sure of the keys first. */
  static int generation(UserId user, Item item) {
    return header(user, item).generation();
  }

  /** Whether a sort key has the form of a credential's. */
  static boolean hasForm(String sortKey) {
    return SORT_KEY.matcher(sortKey).matches();
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
        || !SORT_KEY.matcher(own).matches()
        || !SORT_KEY.matcher(target).matches()
        || target.equals(own)
        || !rand(target).equals(rand(own))) {
      throw new TamperedItemException(Describe.row(user, forwarding.key()));
    }
    return target;
  }

  /** Whether it has the form of a credential's sort key. */
  static boolean isSortKey(String sortKey) {
    return SORT_KEY.matcher(sortKey).matches();
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

  /** Whether it has ended; DynamoDB deletes it late. */
  boolean isExpired(Instant now) {
    Instant expiresAt = meta.expiresAt();
    return expiresAt != null && !expiresAt.isAfter(now);
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
    return new SealContext(
        0,
        keys.tableId(),
        keys.user().value(),
        SealContext.Kind.CREDENTIAL,
        Base64.getUrlDecoder().decode(rand),
        SealContext.State.LIVE,
        version,
        generation,
        new byte[0],
        earlier);
  }

  private static CredentialRow open(UserKeys keys, Item item, boolean whole) {
    UserId user = keys.user();
    String sortKey = item.key().sk();
    byte[] meta = item.bytes(Item.META);
    byte[] secret = item.bytes(Item.SECRET);
    OptionalLong version = item.number(Item.VERSION);
    if (!SORT_KEY.matcher(sortKey).matches()
        || meta == null
        || secret == null
        || version.isEmpty()) {
      throw new TamperedItemException(Describe.row(user, item.key()));
    }
    Header header = header(user, item);
    SealContext context =
        context(keys, rand(sortKey), version.getAsLong(), header.generation(), header.earlier());
    try (Sealing sealing = Sealer.opening(keys.vaultKey(header.generation()), context, header)) {
      boolean lenient = header.hasUnknownFeatures();
      MetaCodec.Decoded opened = MetaCodec.decode(user, sealing.openMeta(meta), lenient);
      int needed = MetaCodec.features(opened.meta());
      if ((header.features() & needed) != needed) {
        throw new NotAuthenticException();
      }
      // The real website decides: a row under another sort key is refused, a hash collision too.
      byte[] tag = keys.siteTag(opened.meta().website());
      if (!sortKey.equals(sortKey(tag, rand(sortKey)))) {
        throw new NotAuthenticException();
      }
      CredentialId id =
          CredentialId.of(
              sortKey(opened.creationTag(), rand(sortKey))
                  .substring(ItemKey.CREDENTIAL_PREFIX.length()));
      return new CredentialRow(
          item,
          user,
          id,
          header,
          version.getAsLong(),
          opened.meta(),
          opened.audit(),
          whole ? SecretsCodec.decode(sealing.openSecret(secret), lenient) : null);
    } catch (MalformedException | NotAuthenticException e) {
      throw new TamperedItemException(Describe.row(user, item.key()));
    }
  }
}
