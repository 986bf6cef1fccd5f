package io.ezypass.internal.op;

import io.ezypass.internal.cipher.NotAuthenticException;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.KeySpace.CredentialKey;
import io.ezypass.model.UserId;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a user's partition that are sealed under the vault key: which, bound to what, and
 * sealed once more as they are. Grants are not sealed, so a rotation leaves them alone.
 */
final class SealedRows {
  private SealedRows() {}

  /**
   * What one row is sealed as.
   *
   * @param context what it is bound to, without the header's share of it
   * @param hasSecret whether it has a secret part
   */
  record Shape(SealContext context, boolean hasSecret) {}

  /** Whether a row is sealed under a vault key. KEYS is rewritten on its own. */
  static boolean isSealed(Item row) {
    return row.has(Item.HEADER) && !row.key().sk().equals(ItemKey.KEYS_SK);
  }

  /** Whether a sealed row is of an older generation, or of none that can be told. */
  static boolean isBelow(Item row, int generation) {
    Header header = header(row);
    return isSealed(row) && (header == null || header.generation() < generation);
  }

  /** Whether a sealed row says that it is of a newer generation. */
  static boolean isAbove(Item row, int generation) {
    Header header = header(row);
    return isSealed(row) && header != null && header.generation() > generation;
  }

  /** A row's header; null if there is none that this version can read. */
  static @Nullable Header header(Item row) {
    byte[] bytes = row.bytes(Item.HEADER);
    try {
      return bytes == null ? null : Header.decode(bytes);
    } catch (MalformedException e) {
      return null;
    }
  }

  /** What a row is sealed as; null for kinds that this version does not know. */
  static @Nullable Shape shape(UserKeys keys, Item row, Header header) {
    OptionalLong version = row.number(Item.VERSION);
    String sortKey = row.key().sk();
    if (version.isEmpty()) {
      return null;
    }
    if (sortKey.equals(ItemKey.PROFILE_SK)) {
      return new Shape(
          ProfileRow.context(keys, version.getAsLong(), header.generation(), List.of()), false);
    }
    if (BatchReceipt.hasForm(sortKey)) {
      return new Shape(
          BatchReceipt.context(keys, sortKey, version.getAsLong(), header.generation()), false);
    }
    if (KeySpace.auditNumber(sortKey).isPresent()) {
      return new Shape(
          AuditEventRow.context(keys, version.getAsLong(), header.generation()), false);
    }
    CredentialKey key = KeySpace.credential(sortKey);
    if (key != null) {
      return new Shape(
          CredentialRow.context(keys, key, version.getAsLong(), header.generation()), true);
    }
    return null;
  }

  /**
   * The same plaintexts under the active generation, with these features beside those that it has.
   * Null if the row must not be written by this version, or cannot be opened.
   */
  static Sealer.@Nullable Sealed resealed(UserKeys keys, Item row, int features) {
    Header header = header(row);
    if (header == null || header.hasUnknownFeatures() || !keys.has(header.generation())) {
      return null;
    }
    Shape shape = shape(keys, row, header);
    byte[] meta = row.bytes(Item.META);
    if (shape == null || meta == null) {
      return null;
    }
    byte[] secret = shape.hasSecret() ? row.bytes(Item.SECRET) : null;
    if (shape.hasSecret() && secret == null) {
      return null;
    }
    try (Sealing opening =
        Sealer.opening(keys.vaultKey(header.generation()), shape.context(), header)) {
      byte[] openedSecret = secret == null ? null : opening.openSecret(secret);
      return Sealer.reseal(
          keys.vaultKey(keys.active()),
          shape.context(),
          header.under(keys.active(), header.commitment()).withFeatures(features),
          openMeta(opening, meta, openedSecret),
          openedSecret);
    } catch (NotAuthenticException e) {
      return null;
    }
  }

  private static byte[] openMeta(Sealing opening, byte[] meta, byte @Nullable [] secret)
      throws NotAuthenticException {
    try {
      return opening.openMeta(meta);
    } catch (NotAuthenticException e) {
      if (secret != null) {
        Arrays.fill(secret, (byte) 0);
      }
      throw e;
    }
  }

  /** Names a row by its ids. */
  static String describe(UserId user, Item row) {
    return row.key().sk().equals(ItemKey.PROFILE_SK)
        ? Describe.profile(user)
        : Describe.row(user, row.key());
  }
}
