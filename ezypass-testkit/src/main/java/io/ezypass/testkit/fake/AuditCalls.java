package io.ezypass.testkit.fake;

import static io.ezypass.testkit.fake.Arguments.present;

import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import java.util.NavigableMap;
import java.util.function.Supplier;

/** The operations on the audit trail of one vault, written once for both twins. */
final class AuditCalls {
  private final Table table;
  private final UserId owner;

  AuditCalls(Table table, UserId owner) {
    this.table = table;
    this.owner = owner;
  }

  /** The name under which page tokens of an audit trail are issued; that of a range adds to it. */
  static String listOf(UserId owner) {
    return "audit " + owner.value();
  }

  Supplier<Page<AuditEvent>> list(AuditRange range, PageRequest page) {
    present("range", range);
    present("page", page);
    return () ->
        table.call(
            () -> {
              NavigableMap<String, AuditEvent> events =
                  table.member(owner).trail.newestFirst(range, table.now());
              return table.page(
                  listOf(owner) + "\n" + range.from() + "\n" + range.until(),
                  page,
                  last -> last == null ? events : events.tailMap(last, false),
                  event -> event);
            });
  }
}
