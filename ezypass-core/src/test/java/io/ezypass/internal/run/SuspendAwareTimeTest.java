package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class SuspendAwareTimeTest {
  private static final long TOLERANCE = SuspendAwareTime.TOLERANCE.toNanos();

  /** Two clocks; nano time overflows on the way. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());

  private volatile Instant now = Instant.parse("2026-11-22T10:00:00.987654321Z");
  private final SuspendAwareTime time = new SuspendAwareTime(nanos::get, () -> now);
  private final long start = time.getAsLong();
  private Duration real = Duration.ZERO;

  @Test
  void isNanoTimeWhileNothingHappens() {
    assertThat(start).isEqualTo(nanos.get());
    for (int i = 0; i < 100; i++) {
      run(Duration.ofMillis(1_700));
      assertThat(time.getAsLong()).isEqualTo(nanos.get());
    }
  }

  @Test
  void goesOnDuringASuspension() {
    run(Duration.ofSeconds(3));
    suspend(Duration.ofHours(7));
    assertThat(elapsed()).isEqualTo(Duration.ofHours(7).plusSeconds(3));
    run(Duration.ofSeconds(2));
    assertThat(elapsed()).as("counted once").isEqualTo(Duration.ofHours(7).plusSeconds(5));
  }

  @Test
  void toleratesADifferenceOfASecond() {
    suspend(Duration.ofSeconds(1));
    assertThat(elapsed()).isZero();
    suspend(Duration.ofNanos(1));
    assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1).plusNanos(1));
  }

  @Test
  void manyShortSuspensionsAddUp() {
    for (int i = 0; i < 1_000; i++) {
      suspend(Duration.ofMillis(900));
      run(Duration.ofMillis(5));
      assertThat(elapsed()).isBetween(real.minus(SuspendAwareTime.TOLERANCE), real);
    }
    assertThat(elapsed()).isGreaterThan(Duration.ofMinutes(15));
  }

  @Test
  void aWallClockThatIsSetBackChangesNothing() {
    suspend(Duration.ofHours(1));
    assertThat(elapsed()).isEqualTo(Duration.ofHours(1));
    now = now.minus(Duration.ofDays(3));
    assertThat(elapsed()).isEqualTo(Duration.ofHours(1));
    run(Duration.ofSeconds(30));
    assertThat(elapsed()).isEqualTo(Duration.ofHours(1).plusSeconds(30));
    suspend(Duration.ofMinutes(5));
    assertThat(elapsed())
        .as("measured from where the clock is now")
        .isEqualTo(Duration.ofHours(1).plusSeconds(30).plusMinutes(5));
  }

  @Test
  void aWallClockThatStandsStillHoldsNothingUp() {
    for (int i = 0; i < 100; i++) {
      nanos.addAndGet(Duration.ofSeconds(10).toNanos());
      assertThat(time.getAsLong()).isEqualTo(nanos.get());
    }
    now = now.plus(Duration.ofMinutes(5));
    assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1_000).plusMinutes(5));
  }

  @Test
  void anAbsurdWallClockDoesNotOverflow() {
    now = Instant.MAX;
    assertThat(time.getAsLong() - start).isGreaterThan(Duration.ofDays(36_000).toNanos());
    long before = time.getAsLong();
    now = Instant.MIN;
    assertThat(time.getAsLong()).isEqualTo(before);
  }

  @Test
  void aThreadThatIsDelayedAmongTheReadingsCountsNoSuspension() {
    List<Runnable> delays = new ArrayList<>();
    LongSupplier slowNanos =
        () -> {
          long read = nanos.get();
          delays.forEach(Runnable::run);
          return read;
        };
    InstantSource slowWall =
        () -> {
          Instant read = now;
          delays.forEach(Runnable::run);
          return read;
        };
    SuspendAwareTime delayed = new SuspendAwareTime(slowNanos, slowWall);
    delays.add(() -> run(Duration.ofSeconds(20)));
    for (int i = 0; i < 10; i++) {
      long before = nanos.get();
      assertThat(delayed.getAsLong() - before).isBetween(0L, nanos.get() - before);
    }
    delays.clear();
    assertThat(delayed.getAsLong()).as("nothing was suspended").isEqualTo(nanos.get());
  }

  @Test
  void randomHistories() {
    long seed = Long.getLong("ezypass.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int history = 0; history < 200; history++) {
      SuspendAwareTimeTest test = new SuspendAwareTimeTest();
      test.randomHistory(random, "-Dezypass.seed=" + seed);
    }
  }

  private void randomHistory(Random random, String replay) {
    Duration suspended = Duration.ZERO;
    Duration setForward = Duration.ZERO;
    Duration setBack = Duration.ZERO;
    long last = start;
    for (int step = 0; step < 200; step++) {
      Duration by = Duration.ofNanos((long) Math.exp(random.nextDouble() * 30));
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          suspend(by);
          suspended = suspended.plus(by);
        }
        case 3 -> {
          now = now.plus(by);
          setForward = setForward.plus(by);
        }
        case 4 -> {
          now = now.minus(by);
          setBack = setBack.plus(by);
        }
        default -> run(by);
      }
      if (random.nextInt(4) > 0) {
        long at = time.getAsLong();
        assertThat(at - last).as("never backwards; %s", replay).isNotNegative();
        assertThat(at - nanos.get()).as("never behind nano time; %s", replay).isNotNegative();
        last = at;
        Duration counted = Duration.ofNanos(at - nanos.get());
        assertThat(counted)
            .as("counts suspensions; %s", replay)
            .isGreaterThanOrEqualTo(suspended.minus(setBack).minus(SuspendAwareTime.TOLERANCE))
            .isLessThanOrEqualTo(suspended.plus(setForward));
      }
    }
  }

  @Test
  void manyThreadsCountASuspensionOnce() throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      AtomicLong ahead = new AtomicLong();
      SuspendAwareTime shared =
          new SuspendAwareTime(
              System::nanoTime,
              () -> Instant.EPOCH.plusNanos(System.nanoTime()).plusNanos(ahead.get()));
      List<Future<Void>> readers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<Void> reader =
            () -> {
              long last = shared.getAsLong();
              for (int read = 0; read < 200_000; read++) {
                long at = shared.getAsLong();
                if (at - last < 0) {
                  throw new AssertionError("went back by " + (last - at));
                }
                last = at;
              }
              return null;
            };
        readers.add(pool.submit(reader));
      }
      long suspension = Duration.ofHours(1).toNanos();
      while (readers.stream().anyMatch(reader -> !reader.isDone())) {
        if (ahead.get() < 1_000 * suspension) {
          ahead.addAndGet(suspension);
        }
        Thread.onSpinWait();
      }
      for (Future<Void> reader : readers) {
        reader.get();
      }
      long before = System.nanoTime();
      long at = shared.getAsLong();
      long after = System.nanoTime();
      assertThat(ahead.get()).isPositive();
      assertThat(at - before).isGreaterThanOrEqualTo(ahead.get() - TOLERANCE);
      assertThat(at - after).isLessThanOrEqualTo(ahead.get());
    } finally {
      pool.shutdownNow();
    }
  }

  private void run(Duration by) {
    nanos.addAndGet(by.toNanos());
    now = now.plus(by);
    real = real.plus(by);
  }

  private void suspend(Duration by) {
    now = now.plus(by);
    real = real.plus(by);
  }

  private Duration elapsed() {
    return Duration.ofNanos(time.getAsLong() - start);
  }
}
