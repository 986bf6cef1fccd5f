package io.ezypass.internal.run;

import io.ezypass.error.VaultException;
import io.ezypass.internal.op.Job;
import io.ezypass.internal.op.ListUsers;
import io.ezypass.internal.op.NoKmsKeyException;
import io.ezypass.internal.op.UseCases;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does something for many users, one plan each: what fails for one user does not keep it from the
 * others, and no user's keys are held longer than that user takes.
 *
 * @param name what to call it in the log
 * @param one the plan for one user
 * @param failed what stands for a user for whom it failed
 * @param <T> what comes of one user
 */
record UserJobs<T>(
    UseCases useCases,
    SyncRunner runner,
    String name,
    Function<UserId, Plan<T>> one,
    BiFunction<UserId, VaultException, T> failed) {

  private static final int PAGE = 1_000;

  /**
   * One page of the directory.
   *
   * @throws CancellationException if the job was cancelled before the end of the page
   */
  Page<T> page(PageRequest request, Job job) {
    Page<UserId> users = runner.run(name + ": users", useCases.listUsers().plan(request));
    List<T> results = new ArrayList<>(users.items().size());
    for (UserId user : users.items()) {
      if (!job.isCancelled()) {
        results.add(run(user));
      }
    }
    if (job.wasCancelled()) {
      throw new CancellationException(
          "cancelled within the page; ask for the same page again, nothing is done twice");
    }
    return new Page<>(results, users.next());
  }

  /**
   * All users, each result being handed on. It ends early if the job is cancelled. How many rows of
   * the directory it passed over since they are not authentic.
   */
  long all(Job job, Consumer<T> sink) {
    long notAuthentic = 0;
    @Nullable PageToken after = null;
    do {
      ListUsers.Found found =
          runner.run(
              name + ": users", useCases.listUsers().authentic(new PageRequest(PAGE, after)));
      notAuthentic += found.notAuthentic();
      for (UserId user : found.users().items()) {
        if (job.isCancelled()) {
          return notAuthentic;
        }
        sink.accept(run(user));
      }
      after = found.users().next();
    } while (after != null);
    return notAuthentic;
  }

  private T run(UserId user) {
    try {
      return runner.run(name, one.apply(user));
    } catch (VaultException e) {
      return failed.apply(user, e);
    } catch (NoKmsKeyException e) {
      return failed.apply(user, e.reported());
    }
  }
}
