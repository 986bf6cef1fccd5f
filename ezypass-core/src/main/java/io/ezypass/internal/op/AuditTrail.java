package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.AuditEventCodec;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.CredentialId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events that writes leave. Each is the next one behind the newest that is there: 1 Query
 * for that one, and none where the policy is off. A write that is overtaken goes on by {@link
 * AuditTurns}.
 */
final class AuditTrail {
  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;

  AuditTrail(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
  }

  /** Whether writes leave events. */
  boolean isOn() {
    return isOn(env);
  }

  private static boolean isOn(Environment env) {
    return env.policies().audit().what() == AuditPolicy.What.ON;
  }

  /** The event of a change of one credential, or none. */
  Plan<AuditRow> next(
      UserKeys keys, Actor actor, Action action, CredentialId credential, long version) {
    return next(keys, actor, List.of(new AuditedChange(action, credential, version, null)));
  }

  /**
   * The event of one transaction, or none. It is asked for before anything of the transaction is
   * sealed.
   */
  Plan<AuditRow> next(UserKeys keys, Actor actor, List<AuditedChange> changes) {
    return isOn() && !changes.isEmpty()
        ? behindNewest(keys, actor, changes, null)
        : Plan.done(AuditRow.none());
  }

  /** The event of a user's registration, or none: the first of a trail that cannot be there yet. */
  static @Nullable Item registration(Environment env, UserKeys keys, Actor actor, Instant now) {
    List<AuditedChange> changes = List.of(new AuditedChange(Action.REGISTER, null, 1, null));
    return isOn(env) ? AuditEventRow.sealFirst(env, keys, first(env, actor, now, changes)) : null;
  }

  private Plan<AuditRow> behindNewest(
      UserKeys keys, Actor actor, List<AuditedChange> changes, @Nullable String after) {
    String partition = ItemKey.partition(keys.user());
    return reads
        .query(env.requests().descending(partition, ItemKey.AUDIT_PREFIX, null, after, 1))
        .then(
            page -> {
              String last = page.lastSortKey();
              if (page.items().isEmpty()) {
                return last == null
                    ? Plan.done(
                        AuditRow.of(
                            AuditEventRow.sealFirst(
                                env, keys, first(env, actor, env.now(), changes))))
                    : behindNewest(keys, actor, changes, last);
              }
              Item newest = page.items().get(0);
              return access.covering(
                  keys,
                  Map.of(
                      CredentialRow.generation(keys.user(), newest),
                      Describe.row(keys.user(), newest.key())),
                  covering -> Plan.done(behind(covering, newest, actor, changes)));
            });
  }

  /** What has ended, but is still there, is the newest event like any other. */
  private AuditRow behind(UserKeys keys, Item newest, Actor actor, List<AuditedChange> changes) {
    AuditEventRow ahead = AuditEventRow.open(keys, newest);
    Instant now = env.now();
    // A clock that is behind must not make the trail go back in time, nor to an earlier month.
    Instant at = now.isBefore(ahead.content().at()) ? ahead.content().at() : now;
    return AuditRow.of(
        AuditEventRow.seal(
            env,
            keys,
            ahead.content().at(),
            ahead.number() + 1,
            new AuditEventCodec.Decoded(
                at, actor, changes, endAt(env, now), ahead.hash(), ahead.content().endAt())));
  }

  private static AuditEventCodec.Decoded first(
      Environment env, Actor actor, Instant now, List<AuditedChange> changes) {
    return new AuditEventCodec.Decoded(now, actor, changes, endAt(env, now), null, null);
  }

  private static @Nullable Long endAt(Environment env, Instant now) {
    Duration time = env.policies().audit().keptFor();
    return time == null ? null : now.plus(time).getEpochSecond();
  }
}
