package io.ezypass.internal.run;

import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.KeyScope;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.run.Flight.Landing;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/** Runs plans without ever blocking a thread. */
public final class AsyncRunner implements Loader {
  private final DynamoDbAsyncClient dynamoDb;
  private final KmsAsyncClient kms;
  private final KeyCache cache;
  private final Background background;
  private final LongSupplier nanoTime;
  private final Telemetry telemetry;
  private final @Nullable ClientMetrics metrics;

  /**
   * Creates a runner.
   *
   * @param dynamoDb the user's
   * @param kms the user's
   * @param cache may be shared with a sync runner
   * @param background times pauses; goes on after them and after another caller's load
   * @param nanoTime what {@code notAfter} of a call is compared with
   * @param telemetry is told of every plan
   */
  public AsyncRunner(
      DynamoDbAsyncClient dynamoDb,
      KmsAsyncClient kms,
      KeyCache cache,
      Background background,
      LongSupplier nanoTime,
      Telemetry telemetry) {
    this.dynamoDb = dynamoDb;
    this.kms = kms;
    this.cache = cache;
    this.background = background;
    this.nanoTime = nanoTime;
    this.telemetry = telemetry;
    this.metrics = telemetry.of(dynamoDb, kms);
  }

  /**
   * Starts a plan. Cancelling the future keeps the plan from sending anything more; what was sent
   * is not taken back, and a load of keys goes on for those who share it.
   *
   * @param name what to call it in the log and for an observer; of few
   * @param plan what to do
   * @return what it ends in, or its failure, unwrapped
   */
  public <R extends @Nullable Object> CompletableFuture<R> run(String name, Plan<R> plan) {
    CompletableFuture<R> result = new CompletableFuture<>();
    Meter meter = telemetry.start(metrics);
    new Run<>(
            () -> plan,
            meter,
            result::isDone,
            (value, failure) -> {
              telemetry.ended(name, meter, failure);
              if (failure == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(failure);
              }
            })
        .go();
    return result;
  }

  /** Drops keys that the caller knows to be dead. */
  public void evict(KeyScope<?> scope) {
    cache.evict(scope);
  }

  @Override
  public <K extends KeyMaterial> void refresh(Flight<K> flight, Supplier<Plan<K>> plan) {
    Meter meter = telemetry.start(metrics);
    load(flight, plan, meter, failure -> telemetry.ended(REFRESH, meter, failure));
  }

  /**
   * Runs apart from the plan that needs the keys, which may be cancelled or fail meanwhile. That
   * plan waits for it all the same, so they share a meter.
   */
  private <K extends KeyMaterial> void load(
      Flight<K> flight, Supplier<Plan<K>> plan, Meter meter, Consumer<@Nullable Throwable> ended) {
    meter.keysLoading();
    new Run<>(
            plan,
            meter,
            () -> false,
            (keys, failure) -> {
              Throwable cause = failure;
              if (cause == null) {
                try {
                  cache.loaded(flight, keys);
                } catch (Throwable refused) {
                  cause = refused;
                }
              }
              if (cause != null) {
                cache.failed(flight, cause, Loader.isInterruption(cause));
              }
              ended.accept(cause);
            })
        .go();
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? unwrapped(cause) : failure;
  }

  /** One plan on its way. Its steps happen one after the other, on changing threads. */
  private final class Run<R extends @Nullable Object> {
    private final Execution execution;
    private final Meter meter;
    private final BooleanSupplier cancelled;
    private final BiConsumer<R, @Nullable Throwable> end;
    private Supplier<? extends Plan<?>> next;

    /** The value given to {@code end} is null if there is a failure. */
    Run(
        Supplier<Plan<R>> plan,
        Meter meter,
        BooleanSupplier cancelled,
        BiConsumer<R, @Nullable Throwable> end) {
      this.execution = new Execution(cache, AsyncRunner.this, nanoTime, meter);
      this.meter = meter;
      this.next = plan;
      this.cancelled = cancelled;
      this.end = end;
    }

    /** Steps until something is to be waited for; then that calls this method again. */
    void go() {
      Plan.@Nullable Done<?> done;
      try {
        while (true) {
          if (cancelled.getAsBoolean()) {
            end(null, new CancellationException());
            return;
          }
          try {
            Plan<?> at = execution.advance(next.get());
            if (at instanceof Plan.Done<?> ended) {
              done = ended;
              break;
            }
            if (waits(at)) {
              return;
            }
          } catch (RuntimeException failure) {
            Plan<?> recovered = execution.recover(failure);
            next = () -> recovered;
          }
        }
      } catch (Throwable failure) {
        end(null, failure);
        return;
      }
      end(done.value(), null);
    }

    @SuppressWarnings("unchecked") // the Done that ends a Plan<R> has an R
    private void end(@Nullable Object value, @Nullable Throwable failure) {
      execution.end();
      end.accept((R) value, failure);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody cancels a pause
    private boolean waits(Plan<?> at) {
      if (at instanceof Plan.Call<?, ?, ?> call) {
        execution.checkDeadline(call);
        return send(call);
      } else if (at instanceof Plan.Keys<?, ?> keys) {
        return take(keys);
      }
      Plan.Pause<?> pause = (Plan.Pause<?>) at;
      CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
      Runnable fire = () -> over.complete(null);
      background.timer().schedule(fire, pause.time().toNanos(), TimeUnit.NANOSECONDS);
      return after(over, background.executor(), ended -> pause.then());
    }

    private <Q, S> boolean send(Plan.Call<Q, S, ?> call) {
      CompletableFuture<S> sent;
      Q request = meter.sending(call.op(), call.request());
      try {
        sent = call.op().async().send(dynamoDb, kms, request);
      } catch (Throwable failure) {
        sent = CompletableFuture.failedFuture(failure);
      }
      CompletableFuture<Supplier<? extends Plan<?>>> answered =
          sent.handle(
              (response, failure) -> {
                if (failure == null) {
                  meter.answered(call.op(), response);
                  return () -> call.then().apply(response);
                }
                Throwable cause = unwrapped(failure);
                meter.failed(cause);
                return () -> call.onError().apply(cause);
              });
      return after(answered, Runnable::run, answer -> answer);
    }

    private <K extends KeyMaterial> boolean take(Plan.Keys<K, ?> keys) {
      Lookup<K> lookup = cache.take(keys, AsyncRunner.this);
      if (lookup instanceof Lookup.Hit<K> hit) {
        meter.keysFound();
        next = leased(hit.entry(), keys);
        return false;
      }
      Lookup.Wait<K> wait = (Lookup.Wait<K>) lookup;
      if (wait.leads()) {
        load(wait.flight(), keys.load(), meter, failure -> {});
      } else {
        meter.keysAwaited();
      }
      // The leader goes on where the load ended; its followers must not use that thread.
      return after(
          wait.flight().landing,
          wait.leads() ? Runnable::run : background.executor(),
          landing -> {
            if (landing instanceof Landing.Loaded<K> loaded) {
              return leased(loaded.entry(), keys);
            }
            Landing.Failed<K> failed = (Landing.Failed<K>) landing;
            return failed.interrupted() && !wait.leads()
                ? () -> keys
                : () -> Execution.failing(failed.failure());
          });
    }

    private <K extends KeyMaterial> Supplier<? extends Plan<?>> leased(
        Entry<K> entry, Plan.Keys<K, ?> keys) {
      execution.hold(entry);
      return () -> keys.then().apply(entry.keys);
    }

    /**
     * Goes on after a future that never fails. The callback and the caller meet here, and the
     * second one goes on: a future that is already complete needs no Java stack.
     *
     * @param executor where the callback goes on
     * @param how takes over what the future brought; must not run a part of the plan yet
     * @return whether to wait; else the caller goes on
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback does not throw: go() catches all
    private <T extends @Nullable Object> boolean after(
        CompletableFuture<T> future,
        Executor executor,
        Function<T, Supplier<? extends Plan<?>>> how) {
      AtomicBoolean met = new AtomicBoolean();
      Runnable meet =
          () -> {
            if (!met.compareAndSet(false, true)) {
              go();
            }
          };
      future.thenAccept(
          value -> {
            next = how.apply(value);
            try {
              executor.execute(meet);
            } catch (RuntimeException refused) {
              next = () -> Execution.failing(refused);
              meet.run();
            }
          });
      return met.compareAndSet(false, true);
    }
  }
}
