package io.ezypass.internal.op;

import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.cipher.NotAuthenticException;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.AuditLink;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.PageTokenCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.model.AuditRange;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.PageToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Seals page tokens like items: bound to table, user and query by the context, and expiring. */
final class PageTokens {
  private static final Duration LIFETIME = Duration.ofDays(1);
  private static final int HEADER = 52;

  private final Environment env;

  PageTokens(Environment env) {
    this.env = env;
  }

  /** The token of a list of a vault. */
  PageToken of(UserKeys keys, SealContext.Kind kind, String after) {
    return seal(keys.pageTokenKey(), vault(keys, kind), 0, after, null);
  }

  /** Where a list of a vault goes on; null at its beginning. */
  @Nullable String position(UserKeys keys, SealContext.Kind kind, @Nullable PageToken token) {
    return token == null ? null : open(keys.pageTokenKey(), vault(keys, kind), token, null).after();
  }

  /** The token of a filtered vault, for that filter only. */
  PageToken ofFilter(UserKeys keys, CredentialFilter filter, String after) {
    return seal(keys.pageTokenKey(), filtered(keys), 0, after, PageTokenCodec.hash(filter));
  }

  /** Where a filtered vault goes on; null at its beginning. */
  @Nullable String filterPosition(
      UserKeys keys, CredentialFilter filter, @Nullable PageToken token) {
    return token == null
        ? null
        : open(keys.pageTokenKey(), filtered(keys), token, PageTokenCodec.hash(filter)).after();
  }

  /** The token of an audit trail, for that range only. */
  PageToken ofAudit(UserKeys keys, AuditRange range, String after, AuditLink link) {
    return seal(
        keys.pageTokenKey(),
        vault(keys, SealContext.Kind.AUDIT_PAGE),
        new PageTokenCodec.Position(expiry(), 0, after, PageTokenCodec.hash(range), link));
  }

  /** Where an audit trail goes on, with the link to what has to come next. */
  PageTokenCodec.Position auditPosition(
      UserKeys keys, AuditRange range, @Nullable PageToken token) {
    return token == null
        ? new PageTokenCodec.Position(env.now(), 0, null)
        : open(
            keys.pageTokenKey(),
            vault(keys, SealContext.Kind.AUDIT_PAGE),
            token,
            PageTokenCodec.hash(range));
  }

  /** The token of the directory's list. */
  PageToken ofDirectory(TableKeys keys, SealContext.Kind kind, int shard, @Nullable String after) {
    return seal(keys.pageTokenKey(), directory(keys, kind), shard, after, null);
  }

  /** Where the directory's list goes on. */
  PageTokenCodec.Position directoryPosition(
      TableKeys keys, SealContext.Kind kind, @Nullable PageToken token) {
    return token == null
        ? new PageTokenCodec.Position(env.now(), 0, null)
        : open(keys.pageTokenKey(), directory(keys, kind), token, null);
  }

  /** The token of one day of the due list. */
  PageToken ofDue(TableKeys keys, long epochDay, int shard, @Nullable String after) {
    return seal(keys.pageTokenKey(), due(keys, epochDay), shard, after, null);
  }

  /** Where one day of the due list goes on. */
  PageTokenCodec.Position duePosition(TableKeys keys, long epochDay, @Nullable PageToken token) {
    return token == null
        ? new PageTokenCodec.Position(env.now(), 0, null)
        : open(keys.pageTokenKey(), due(keys, epochDay), token, null);
  }

  private static SealContext due(TableKeys keys, long epochDay) {
    return SealContext.of(keys.table().id(), "", SealContext.Kind.DUE_PAGE, epochDay, 0);
  }

  private static SealContext vault(UserKeys keys, SealContext.Kind kind) {
    return SealContext.of(keys.tableId(), keys.user().value(), kind, 0, 0);
  }

  private static SealContext filtered(UserKeys keys) {
    return vault(keys, SealContext.Kind.FILTER_PAGE);
  }

  private static SealContext directory(TableKeys keys, SealContext.Kind kind) {
    return SealContext.of(keys.table().id(), "", kind, 0, 0);
  }

  private PageToken seal(
      Key key, SealContext context, int shard, @Nullable String after, byte @Nullable [] query) {
    return seal(key, context, new PageTokenCodec.Position(expiry(), shard, after, query));
  }

  private Instant expiry() {
    return env.now().plus(LIFETIME);
  }

  private PageToken seal(Key key, SealContext context, PageTokenCodec.Position position) {
    byte[] padded = PageTokenCodec.encode(position);
    Sealer.Sealed sealed = Sealer.seal(key, context, env.randomBytes(32), padded, null);
    byte[] header = sealed.header().encode();
    byte[] token = Arrays.copyOf(header, header.length + sealed.meta().length);
    System.arraycopy(sealed.meta(), 0, token, header.length, sealed.meta().length);
    return PageToken.of(Base64.getUrlEncoder().withoutPadding().encodeToString(token));
  }

  private PageTokenCodec.Position open(
      Key key, SealContext context, PageToken token, byte @Nullable [] query) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token.value());
      if (bytes.length <= HEADER
          || !Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token.value())) {
        throw new InvalidPageTokenException();
      }
      Header header = Header.decode(Arrays.copyOf(bytes, HEADER));
      if (header.features() != 0 || header.generation() != 0) {
        throw new InvalidPageTokenException();
      }
      try (Sealing sealing = Sealer.opening(key, context, header)) {
        PageTokenCodec.Position position =
            PageTokenCodec.decode(
                sealing.openMeta(Arrays.copyOfRange(bytes, HEADER, bytes.length)));
        boolean linked = context.kind() == SealContext.Kind.AUDIT_PAGE;
        if (!position.expiresAt().isAfter(env.now())
            || !Arrays.equals(position.query(), query)
            || linked != (position.link() != null)) {
          throw new InvalidPageTokenException();
        }
        return position;
      }
    } catch (MalformedException | NotAuthenticException | IllegalArgumentException e) {
      throw new InvalidPageTokenException();
    }
  }
}
