package io.ezypass.internal.op;

import io.ezypass.admin.Finding;
import io.ezypass.admin.Mode;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Looks, mends, and looks again where something changed in between. Reads are no snapshot: beside
 * live traffic, rows that are never torn look torn. What is mended is proved by the conditions of
 * its transaction. What is only reported is looked at twice: rows that are the same in both looks
 * stood side by side between them.
 */
final class RepairRounds {
  private static final int MAX_LOOKS = 3;
  private static final int MAX_SENDS = 8;

  private final Environment env;

  RepairRounds(Environment env) {
    this.env = env;
  }

  /**
   * The plan.
   *
   * @param user for whom the steps are counted
   * @param look reads, and says what is wrong
   */
  Plan<List<Finding>> plan(
      RepairRun run, @Nullable UserId user, Supplier<Plan<List<Proposal>>> look) {
    return new Rounds(run, user, look).round(1, Set.of());
  }

  private final class Rounds {
    private final RepairRun run;
    private final @Nullable UserId user;
    private final Supplier<Plan<List<Proposal>>> look;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Object> settled = new HashSet<>();

    Rounds(RepairRun run, @Nullable UserId user, Supplier<Plan<List<Proposal>>> look) {
      this.run = run;
      this.user = user;
      this.look = look;
    }

    Plan<List<Finding>> round(int number, Set<Object> before) {
      return look.get().then(found -> settle(number, before, found, 0, new ArrayList<>()));
    }

    /**
     * Goes through what a look found; {@code open} is what the next look has to settle. A loop up
     * to the next request: whoever writes to the table decides how much is found.
     */
    private Plan<List<Finding>> settle(
        int number, Set<Object> before, List<Proposal> found, int from, List<Proposal> open) {
      for (int i = from; i < found.size(); i++) {
        Proposal proposal = found.get(i);
        if (settled.contains(proposal.identity())) {
          continue;
        }
        if (proposal.mends() && run.mode() == Mode.APPLY) {
          if (!run.isCancelled()) {
            int following = i + 1;
            return run.job()
                .paced(() -> mend(proposal))
                .then(
                    mended -> {
                      if (mended) {
                        tell(proposal, Finding.Outcome.MENDED);
                        run.job().did(user);
                      } else {
                        open.add(proposal);
                      }
                      return settle(number, before, found, following, open);
                    });
          }
          tell(proposal, Finding.Outcome.CHANGED_MEANWHILE);
        } else if (before.contains(proposal.identity())) {
          tell(proposal, proposal.mends() ? Finding.Outcome.WOULD_MEND : Finding.Outcome.REPORTED);
        } else {
          open.add(proposal);
        }
      }
      return next(number, found, open);
    }

    private Plan<List<Finding>> next(int number, List<Proposal> found, List<Proposal> open) {
      if (open.isEmpty()) {
        return Plan.done(List.copyOf(findings));
      }
      if (number == MAX_LOOKS) {
        open.forEach(proposal -> tell(proposal, Finding.Outcome.CHANGED_MEANWHILE));
        return Plan.done(List.copyOf(findings));
      }
      Set<Object> before = new HashSet<>();
      found.forEach(proposal -> before.add(proposal.identity()));
      return Plan.retry(env.jitter(number), () -> round(number + 1, before));
    }

    private void tell(Proposal proposal, Finding.Outcome outcome) {
      settled.add(proposal.identity());
      findings.add(proposal.finding(outcome));
      run.tell(proposal);
    }
  }

  /** Ends in whether it took effect. */
  private Plan<Boolean> mend(Proposal proposal) {
    Transaction tx = proposal.into(env.requests().transaction(env.token()));
    return send(tx, tx.build(), 0);
  }

  private Plan<Boolean> send(Transaction tx, TransactWriteItemsRequest request, int round) {
    return Plan.call(
        Op.TRANSACT_WRITE,
        request,
        response -> Plan.done(true),
        failure -> {
          if (failure instanceof TransactionCanceledException cancelled) {
            Transaction.Cancellation cancellation = tx.cancellation(cancelled);
            if (cancellation.anyFailed() || round == MAX_SENDS) {
              return Plan.done(false);
            }
          } else if (Failures.wasRefused(failure)
              || failure instanceof AbortedException
              || round == MAX_SENDS) {
            throw Failures.read(Op.TRANSACT_WRITE.name(), failure);
          }
          // A collision, or an answer that got lost: under the same token it is not done twice.
          return Plan.retry(env.jitter(round), () -> send(tx, request, round + 1));
        });
  }
}
