package io.ezypass.internal.run;

import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.KeyScope;
import java.util.concurrent.atomic.AtomicInteger;

/** Keys that notice if they are used after they were wiped. */
final class TestKeys implements KeyMaterial {
  static final KeyScope<TestKeys> ALICE = scope("alice");
  static final KeyScope<TestKeys> BOB = scope("bob");

  private final String name;
  private final AtomicInteger wipes = new AtomicInteger();

  TestKeys(String name) {
    this.name = name;
  }

  static KeyScope<TestKeys> scope(String id) {
    return new KeyScope<>(TestKeys.class, id);
  }

  String use() {
    if (wipes.get() > 0) {
      throw new AssertionError(name + " is used after it was wiped");
    }
    return name;
  }

  /** Also of wiped keys. */
  String name() {
    return name;
  }

  int wipes() {
    return wipes.get();
  }

  @Override
  public void wipe() {
    wipes.incrementAndGet();
  }
}
