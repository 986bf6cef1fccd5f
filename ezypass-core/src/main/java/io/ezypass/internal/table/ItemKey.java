package io.ezypass.internal.table;

import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The primary key of one item.
 *
 * @param pk partition key
 * @param sk sort key
 */
public record ItemKey(String pk, String sk) {
  /** The partition key's attribute. */
  public static final String PK = "pk";

  /** The sort key's attribute. */
  public static final String SK = "sk";

  /** What the sort keys of credentials and forwarding rows begin with. */
  public static final String CREDENTIAL_PREFIX = "CRED#";

  /** What the sort keys of the events of an audit trail begin with. */
  public static final String AUDIT_PREFIX = "AUDIT#";

  /** What the sort keys of batch receipts begin with. */
  public static final String BATCH_PREFIX = "BATCH#";

  /** What the sort keys of revisions begin with. */
  public static final String REVISION_PREFIX = "REV#";

  /** What the sort keys of credentials in the trash begin with. */
  public static final String TRASH_PREFIX = "TRASH#";

  /** What the sort keys of grants begin with. */
  public static final String SHARE_PREFIX = "SHARE#";

  /** What the sort keys of the rows begin with that tell a recipient of a grant. */
  public static final String SHARED_IN_PREFIX = "SHAREIN#";

  /** The sort key of a user's keys. */
  public static final String KEYS_SK = "KEYS";

  /** The sort key of a user's profile. */
  public static final String PROFILE_SK = "PROFILE";

  /** How many characters a site tag has in a sort key. */
  public static final int TAG_CHARS = 12;

  static final String USER_PREFIX = "U#";
  static final String DUE_PREFIX = "DUE#";
  static final String DIRECTORY_PREFIX = "USERS#";

  /** The table's root. */
  public static ItemKey root() {
    return new ItemKey("TABLE", "ROOT");
  }

  /** A user's keys. */
  public static ItemKey keys(UserId user) {
    return new ItemKey(partition(user), KEYS_SK);
  }

  /** A user's profile. */
  public static ItemKey profile(UserId user) {
    return new ItemKey(partition(user), PROFILE_SK);
  }

  /** A credential, or its forwarding row, by tag and rand in base64url. */
  public static ItemKey credential(UserId user, String tagAndRand) {
    return new ItemKey(partition(user), CREDENTIAL_PREFIX + tagAndRand);
  }

  /** The receipt of a batch's chunk, by the batch's tag in base64url. */
  public static ItemKey batchReceipt(UserId user, String tag, int chunk) {
    return new ItemKey(partition(user), batchPrefix(tag) + "%06d".formatted(chunk));
  }

  /** What the sort keys of one batch's receipts begin with. */
  public static String batchPrefix(String tag) {
    return BATCH_PREFIX + tag + "#";
  }

  /**
   * An event of an audit trail, by its number and the month of the event ahead of it: so all who
   * are about to write the next one put the same key, whatever their clocks show.
   *
   * @param ahead when the event ahead of it happened; {@link Instant#MIN} for the first
   */
  public static ItemKey audit(UserId user, Instant ahead, long number) {
    return new ItemKey(partition(user), auditMonth(ahead) + "#" + String.format("%016x", number));
  }

  /** What the sort keys behind a month's events begin with, in UTC; the years are 0 to 9999. */
  public static String auditMonth(Instant at) {
    Instant first = Instant.parse("0000-01-01T00:00:00Z");
    Instant last = Instant.parse("9999-12-31T23:59:59Z");
    Instant bounded = at.isBefore(first) ? first : at.isAfter(last) ? last : at;
    YearMonth month = YearMonth.from(bounded.atOffset(ZoneOffset.UTC));
    return AUDIT_PREFIX + "%04d-%02d".formatted(month.getYear(), month.getMonthValue());
  }

  /** An earlier version of a credential, by the credential's rand in base64url. */
  public static ItemKey revision(UserId user, String rand, long version) {
    return new ItemKey(partition(user), revisions(rand) + String.format("%016x", version));
  }

  /** What the sort keys of a credential's revisions begin with. */
  public static String revisions(String rand) {
    return REVISION_PREFIX + rand + "#";
  }

  /** A credential in the trash, by its rand in base64url. */
  public static ItemKey trash(UserId user, String rand) {
    return new ItemKey(partition(user), TRASH_PREFIX + rand);
  }

  /** That a credential is shared with somebody, in its owner's collection. */
  public static ItemKey grant(UserId owner, CredentialId credential, UserId recipient) {
    return new ItemKey(partition(owner), grants(credential) + recipient.value());
  }

  /** What the sort keys of a credential's grants begin with. */
  public static String grants(CredentialId credential) {
    return SHARE_PREFIX + credential.value() + "#";
  }

  /** The same in the recipient's collection. */
  public static ItemKey sharedIn(UserId recipient, UserId owner, CredentialId credential) {
    return new ItemKey(
        partition(recipient), SHARED_IN_PREFIX + owner.value() + "#" + credential.value());
  }

  /** The claim on an e-mail address or a username. */
  public static ItemKey claim(UserKey.Kind kind, byte[] tag) {
    return new ItemKey(
        claimPrefix(kind) + Base64.getUrlEncoder().withoutPadding().encodeToString(tag), "CLAIM");
  }

  /** A user's row in the directory. */
  public static ItemKey directory(int shard, UserId user) {
    return new ItemKey(directoryPartition(shard), user.value());
  }

  /** A credential's row in the due list, by the credential's rand in base64url. */
  public static ItemKey due(byte[] tag, UserId user, String rand) {
    return new ItemKey(duePartition(tag), user.value() + "#" + rand);
  }

  /** One day of the due list, in one shard. */
  public static String duePartition(byte[] tag) {
    return DUE_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
  }

  /** A user's item collection. */
  public static String partition(UserId user) {
    return USER_PREFIX + user.value();
  }

  /** One shard of the directory. */
  public static String directoryPartition(int shard) {
    return DIRECTORY_PREFIX + shard;
  }

  /** The shard that a user is in: SHA-256 of the id, so that any process finds it without a key. */
  public static int shard(UserId user, int shards) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(user.value().getBytes(StandardCharsets.US_ASCII));
      return Integer.remainderUnsigned(
          ((hash[0] & 0xff) << 24)
              | ((hash[1] & 0xff) << 16)
              | ((hash[2] & 0xff) << 8)
              | (hash[3] & 0xff),
          shards);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether it is a credential's or a forwarding row's. */
  public boolean isCredential() {
    return sk.startsWith(CREDENTIAL_PREFIX);
  }

  /** Tag and rand in base64url, of a credential or a forwarding row. */
  public String tagAndRand() {
    return sk.substring(CREDENTIAL_PREFIX.length());
  }

  /** What the partition keys of claims begin with. */
  static String claimPrefix(UserKey.Kind kind) {
    return switch (kind) {
      case EMAIL -> "EMAIL#";
      case USERNAME -> "NAME#";
    };
  }

  /** The key of an item. */
  static ItemKey of(Map<String, AttributeValue> item) {
    return new ItemKey(text(item.get(PK)), text(item.get(SK)));
  }

  Map<String, AttributeValue> attributes() {
    return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
  }

  private static String text(@Nullable AttributeValue value) {
    if (value == null || value.s() == null) {
      throw new IllegalStateException("DynamoDB returned an item without its key");
    }
    return value.s();
  }
}
