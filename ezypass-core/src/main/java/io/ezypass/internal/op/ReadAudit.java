package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.AuditLink;
import io.ezypass.internal.format.v1.PageTokenCodec;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of an audit trail, newest first: 1 Query warm; GetItem, 1 KMS call and Query cold. It
 * reads on into what is before the range until an event shows that it is, so that the oldest event
 * of the range is checked like the others.
 */
public final class ReadAudit {
  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;
  private final PageTokens tokens;

  /** The use case. */
  public ReadAudit(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
    this.tokens = new PageTokens(env);
  }

  /** The plan. */
  public Plan<Page<AuditEvent>> plan(UserId owner, AuditRange range, PageRequest request) {
    return access.keys(
        owner,
        keys -> {
          PageTokenCodec.Position from = tokens.auditPosition(keys, range, request.after());
          AuditChain chain = new AuditChain(owner, env.now(), from.link(), from.after());
          return chain.hasEnded()
              ? Plan.done(new Page<>(List.of(), null))
              : read(keys, range, chain, from.after(), request.limit());
        });
  }

  private Plan<Page<AuditEvent>> read(
      UserKeys keys, AuditRange range, AuditChain chain, @Nullable String after, int limit) {
    Instant until = range.until();
    return reads
        .query(
            env.requests()
                .descending(
                    ItemKey.partition(keys.user()),
                    ItemKey.AUDIT_PREFIX,
                    // Behind every number of that month: no event is in a later one than its own.
                    until == null ? null : ItemKey.auditMonth(until) + "~",
                    after,
                    limit))
        .then(
            page ->
                page.items().isEmpty() && page.lastSortKey() != null
                    ? read(keys, range, chain, page.lastSortKey(), limit)
                    : opened(keys, range, chain, after, page));
  }

  private Plan<Page<AuditEvent>> opened(
      UserKeys keys,
      AuditRange range,
      AuditChain chain,
      @Nullable String after,
      Reads.ItemPage page) {
    Map<Integer, String> generations = new LinkedHashMap<>();
    for (Item row : page.items()) {
      generations.putIfAbsent(
          CredentialRow.generation(keys.user(), row), Describe.row(keys.user(), row.key()));
    }
    return access.covering(
        keys, generations, covering -> Plan.done(walk(covering, range, chain, after, page)));
  }

  private Page<AuditEvent> walk(
      UserKeys keys,
      AuditRange range,
      AuditChain chain,
      @Nullable String before,
      Reads.ItemPage page) {
    List<AuditEvent> events = new ArrayList<>();
    String last = before;
    for (Item row : page.items()) {
      AuditEventRow event = AuditEventRow.open(keys, row);
      chain.take(event);
      last = row.key().sk();
      Instant at = event.content().at();
      boolean isBefore = range.from() != null && at.isBefore(range.from());
      boolean isBehind = range.until() != null && !at.isBefore(range.until());
      if (event.hasEnded(env.now()) || isBefore) {
        return new Page<>(events, null);
      }
      if (!isBehind) {
        events.add(event.event());
      }
      if (chain.hasEnded()) {
        return new Page<>(events, null);
      }
    }
    AuditLink link = chain.link();
    String goesOn = page.lastSortKey();
    if (goesOn != null) {
      return new Page<>(events, link == null ? null : tokens.ofAudit(keys, range, goesOn, link));
    }
    if (last != null) {
      chain.end(new ItemKey(ItemKey.partition(keys.user()), last));
    }
    return new Page<>(events, null);
  }
}
