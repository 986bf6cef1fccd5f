package io.ezypass.internal.table;

import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells from a primary key alone what an item must be. Reads what {@link ItemKey} makes. */
public final class KeySpace {
  /** How many bytes the tag of a claim has. */
  public static final int CLAIM_TAG = 32;

  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "CRED#[A-Za-z0-9_-]{12}([A-Za-z0-9_-]{16})"
              + "|REV#([A-Za-z0-9_-]{16})#([0-7][0-9a-f]{15})"
              + "|TRASH#([A-Za-z0-9_-]{16})");

  private static final Pattern AUDIT =
      Pattern.compile("AUDIT#[0-9]{4}-[0-9]{2}#([0-7][0-9a-f]{15})");

  private static final Pattern DUE = Pattern.compile("DUE#([A-Za-z0-9_-]{43})");

  private static final Pattern GRANT = Pattern.compile("SHARE#([A-Za-z0-9_-]{28})#(.+)");

  private static final Pattern SHARED_IN = Pattern.compile("SHAREIN#(.+)#([A-Za-z0-9_-]{28})");

  private static final Pattern RAND = Pattern.compile("[A-Za-z0-9_-]{16}");

  private KeySpace() {}

  /** Where a credential's sealed bytes can stand. */
  public enum Place {
    /** Its own row, or the forwarding row of one that moved. */
    LIVE,
    /** A kept earlier version. */
    REVISION,
    /** The trash. */
    TRASH
  }

  /**
   * What a sort key says of a credential.
   *
   * @param rand the credential's, in base64url
   * @param version the version that a revision is; 0 in other places
   */
  public record CredentialKey(Place place, String rand, long version) {}

  /** What a sort key of a user's partition says; null if it is no credential's. */
  public static @Nullable CredentialKey credential(String sortKey) {
    Matcher matcher = CREDENTIAL.matcher(sortKey);
    if (!matcher.matches()) {
      return null;
    }
    if (matcher.group(1) != null) {
      return new CredentialKey(Place.LIVE, matcher.group(1), 0);
    }
    return matcher.group(4) != null
        ? new CredentialKey(Place.TRASH, matcher.group(4), 0)
        : new CredentialKey(Place.REVISION, matcher.group(2), Long.parseLong(matcher.group(3), 16));
  }

  /** The number of the event of an audit trail that a sort key is of; empty if it is none. */
  public static OptionalLong auditNumber(String sortKey) {
    Matcher matcher = AUDIT.matcher(sortKey);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1), 16))
        : OptionalLong.empty();
  }

  /** A claim's place. */
  public record Claim(UserKey.Kind kind, byte[] tag) {
    /** Its primary key. */
    public ItemKey key() {
      return ItemKey.claim(kind, tag);
    }

    /** Shows the kind only. */
    @Override
    public String toString() {
      return "Claim[" + kind + "]";
    }
  }

  /** In whose item collection it is; null if in nobody's. */
  public static @Nullable UserId owner(ItemKey key) {
    return key.pk().startsWith(ItemKey.USER_PREFIX)
        ? user(key.pk().substring(ItemKey.USER_PREFIX.length()))
        : null;
  }

  /** Whose row of the directory it is, in the shard that this user is in; null if it is none. */
  public static @Nullable UserId inDirectory(ItemKey key, int shards) {
    if (!isDirectory(key)) {
      return null;
    }
    UserId user = user(key.sk());
    return user != null && key.equals(ItemKey.directory(ItemKey.shard(user, shards), user))
        ? user
        : null;
  }

  /** Whether it is in a partition of the directory, rightly or not. */
  public static boolean isDirectory(ItemKey key) {
    return key.pk().startsWith(ItemKey.DIRECTORY_PREFIX);
  }

  /** Which claim's place it is; null if it is none. */
  public static @Nullable Claim claim(ItemKey key) {
    for (UserKey.Kind kind : UserKey.Kind.values()) {
      String prefix = ItemKey.claimPrefix(kind);
      if (key.pk().startsWith(prefix)) {
        try {
          byte[] tag = Base64.getUrlDecoder().decode(key.pk().substring(prefix.length()));
          Claim claim = new Claim(kind, tag);
          return tag.length == CLAIM_TAG && claim.key().equals(key) ? claim : null;
        } catch (IllegalArgumentException e) {
          return null;
        }
      }
    }
    return null;
  }

  /**
   * A credential's row in the due list.
   *
   * @param owner whose credential it is
   * @param rand the credential's, in base64url
   */
  public record Due(UserId owner, String rand) {}

  /** What a key of the due list names; null if it is none. */
  public static @Nullable Due due(ItemKey key) {
    int end = key.sk().lastIndexOf('#');
    UserId owner = end < 0 ? null : user(key.sk().substring(0, end));
    String rand = key.sk().substring(end + 1);
    return isDuePartition(key.pk()) && owner != null && RAND.matcher(rand).matches()
        ? new Due(owner, rand)
        : null;
  }

  /** A grant: two rows, one in the collection of each. */
  public record Share(UserId owner, CredentialId credential, UserId recipient) {
    /** The owner's row. */
    public ItemKey grant() {
      return ItemKey.grant(owner, credential, recipient);
    }

    /** The recipient's. */
    public ItemKey pointer() {
      return ItemKey.sharedIn(recipient, owner, credential);
    }
  }

  /** The grant whose row in the owner's collection has this key; null if it is none. */
  public static @Nullable Share grant(ItemKey key) {
    Matcher matcher = GRANT.matcher(key.sk());
    return matcher.matches() ? share(owner(key), matcher.group(1), user(matcher.group(2))) : null;
  }

  /** The grant whose row in the recipient's collection has this key; null if it is none. */
  public static @Nullable Share sharedIn(ItemKey key) {
    Matcher matcher = SHARED_IN.matcher(key.sk());
    return matcher.matches() ? share(user(matcher.group(1)), matcher.group(2), owner(key)) : null;
  }

  /** Where the other row of a grant is; null if it is none's. */
  public static @Nullable ItemKey otherOfGrant(ItemKey key) {
    Share given = grant(key);
    if (given != null) {
      return given.pointer();
    }
    Share received = sharedIn(key);
    return received == null ? null : received.grant();
  }

  private static @Nullable Share share(
      @Nullable UserId owner, String credential, @Nullable UserId recipient) {
    return owner == null || recipient == null
        ? null
        : new Share(owner, CredentialId.of(credential), recipient);
  }

  /** Whether a tag follows in its one spelling: 32 bytes leave slack bits in the last character. */
  private static boolean isDuePartition(String pk) {
    Matcher matcher = DUE.matcher(pk);
    return matcher.matches()
        && pk.equals(ItemKey.duePartition(Base64.getUrlDecoder().decode(matcher.group(1))));
  }

  /** A user id as somebody wrote it; null if it is none. */
  public static @Nullable UserId user(@Nullable String text) {
    try {
      return text == null ? null : UserId.of(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
