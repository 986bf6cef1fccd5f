package io.ezypass.internal.run;

import io.ezypass.admin.RotationReport;
import io.ezypass.admin.RotationSummary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Adds up reports. */
final class RotationTotals {
  private final Map<RotationReport.State, Long> users = new EnumMap<>(RotationReport.State.class);
  private final List<RotationReport> unfinished = new ArrayList<>();
  private long rewritten;

  void add(RotationReport report) {
    users.merge(report.state(), 1L, Long::sum);
    rewritten += report.rewritten();
    boolean fine =
        switch (report.state()) {
          case COMPLETE, SETTLING -> true;
          case REWRITING, FAILED -> false;
        };
    if (!fine && unfinished.size() < RotationSummary.MAX_LISTED) {
      unfinished.add(report);
    }
  }

  RotationSummary summary(long notAuthentic, boolean cancelled) {
    return new RotationSummary(
        users.values().stream().mapToLong(Long::longValue).sum(),
        count(RotationReport.State.COMPLETE),
        count(RotationReport.State.SETTLING),
        count(RotationReport.State.REWRITING),
        count(RotationReport.State.FAILED),
        notAuthentic,
        rewritten,
        cancelled,
        unfinished);
  }

  private long count(RotationReport.State state) {
    return users.getOrDefault(state, 0L);
  }
}
