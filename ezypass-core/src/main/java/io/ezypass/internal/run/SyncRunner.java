package io.ezypass.internal.run;

import io.ezypass.admin.JobOptions;
import io.ezypass.internal.op.Job;
import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.KeyScope;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.run.Flight.Landing;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** Runs plans on the caller's thread. */
public final class SyncRunner implements Loader {
  private final DynamoDbClient dynamoDb;
  private final KmsClient kms;
  private final KeyCache cache;
  private final LongSupplier nanoTime;
  private final Telemetry telemetry;
  private final @Nullable ClientMetrics metrics;

  /**
   * Creates a runner.
   *
   * @param dynamoDb the user's
   * @param kms the user's
   * @param cache may be shared with an async runner
   * @param nanoTime what {@code notAfter} of a call is compared with
   * @param telemetry is told of every plan
   */
  public SyncRunner(
      DynamoDbClient dynamoDb,
      KmsClient kms,
      KeyCache cache,
      LongSupplier nanoTime,
      Telemetry telemetry) {
    this.dynamoDb = dynamoDb;
    this.kms = kms;
    this.cache = cache;
    this.nanoTime = nanoTime;
    this.telemetry = telemetry;
    this.metrics = telemetry.of(dynamoDb, kms);
  }

  /**
   * Runs a plan to its end.
   *
   * @param name what to call it in the log and for an observer; of few
   * @param plan what to do
   * @return what it ended in
   * @throws AbortedException if the thread was interrupted while it waited; its flag is set again
   */
  public <R extends @Nullable Object> R run(String name, Plan<R> plan) {
    Meter meter = telemetry.start(metrics);
    R result;
    try {
      result = execute(() -> plan, meter);
    } catch (Throwable failure) {
      telemetry.ended(name, meter, failure);
      throw failure;
    }
    telemetry.ended(name, meter, null);
    return result;
  }

  /** Starts a long job, timed by the runner's clock. */
  Job job(JobOptions options) {
    return new Job(options, nanoTime);
  }

  /** Drops keys that the caller knows to be dead. */
  public void evict(KeyScope<?> scope) {
    cache.evict(scope);
  }

  @Override
  public <K extends KeyMaterial> void refresh(Flight<K> flight, Supplier<Plan<K>> plan) {
    Meter meter = telemetry.start(metrics);
    telemetry.ended(REFRESH, meter, load(flight, plan, meter));
  }

  /** Runs a load for whoever leads it. The failure; null if there was none. */
  private <K extends KeyMaterial> @Nullable Throwable load(
      Flight<K> flight, Supplier<Plan<K>> plan, Meter meter) {
    meter.keysLoading();
    try {
      cache.loaded(flight, execute(plan, meter));
      return null;
    } catch (Throwable failure) {
      // However the failure looks by now: an interrupted leader proves nothing about the keys.
      boolean interrupted =
          Loader.isInterruption(failure) || Thread.currentThread().isInterrupted();
      cache.failed(flight, failure, interrupted);
      return failure;
    }
  }

  @SuppressWarnings("unchecked") // the Done that ends a Plan<R> has an R
  private <R extends @Nullable Object> R execute(Supplier<Plan<R>> plan, Meter meter) {
    Execution execution = new Execution(cache, this, nanoTime, meter);
    try {
      Plan<?> at = plan.get();
      while (true) {
        try {
          at = execution.advance(at);
          if (at instanceof Plan.Done<?> done) {
            return (R) done.value();
          }
          at = step(at, execution, meter);
        } catch (RuntimeException failure) {
          at = execution.recover(failure);
        }
      }
    } finally {
      execution.end();
    }
  }

  private Plan<?> step(Plan<?> at, Execution execution, Meter meter) {
    if (at instanceof Plan.Call<?, ?, ?> call) {
      execution.checkDeadline(call);
      return send(call, meter);
    } else if (at instanceof Plan.Keys<?, ?> keys) {
      return take(keys, execution, meter);
    }
    Plan.Pause<?> pause = (Plan.Pause<?>) at;
    pause(pause.time().toNanos());
    return pause.then().get();
  }

  private <Q, S> Plan<?> send(Plan.Call<Q, S, ?> call, Meter meter) {
    Q request = meter.sending(call.op(), call.request());
    S response;
    try {
      response = call.op().sync().send(dynamoDb, kms, request);
    } catch (Throwable failure) {
      meter.failed(failure);
      return call.onError().apply(failure);
    }
    meter.answered(call.op(), response);
    return call.then().apply(response); // outside the try: its failures are not the call's
  }

  private <K extends KeyMaterial> Plan<?> take(
      Plan.Keys<K, ?> keys, Execution execution, Meter meter) {
    while (true) {
      Lookup<K> lookup = cache.take(keys, this);
      if (lookup instanceof Lookup.Hit<K> hit) {
        execution.hold(hit.entry());
        meter.keysFound();
        return keys.then().apply(hit.entry().keys);
      }
      Lookup.Wait<K> wait = (Lookup.Wait<K>) lookup;
      if (wait.leads()) {
        load(wait.flight(), keys.load(), meter);
      } else {
        meter.keysAwaited();
      }
      Landing<K> landing = await(wait.flight());
      if (landing instanceof Landing.Loaded<K> loaded) {
        execution.hold(loaded.entry());
        return keys.then().apply(loaded.entry().keys);
      }
      Landing.Failed<K> failed = (Landing.Failed<K>) landing;
      if (wait.leads() || !failed.interrupted()) {
        return Execution.failing(failed.failure());
      }
    }
  }

  private <K extends KeyMaterial> Landing<K> await(Flight<K> flight) {
    try {
      return flight.landing.get();
    } catch (InterruptedException e) {
      cache.leave(flight);
      throw aborted();
    } catch (ExecutionException e) {
      throw new AssertionError("a landing never fails", e);
    }
  }

  private static void pause(long nanos) {
    try {
      if (new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS)) {
        throw new AssertionError("nobody counts down");
      }
    } catch (InterruptedException e) {
      throw aborted();
    }
  }

  /** What the SDK's own clients throw when interrupted, so callers have one case to handle. */
  private static AbortedException aborted() {
    Thread.currentThread().interrupt();
    return AbortedException.create("interrupted while waiting");
  }
}
