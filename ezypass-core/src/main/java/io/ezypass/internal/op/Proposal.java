package io.ezypass.internal.op;

import io.ezypass.admin.Finding;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in the table, and the transaction that mends it. Its conditions name every row
 * that the decision rests upon exactly as it was read, so what has changed since is left alone.
 *
 * @param user whose vault it is in; null for what belongs to nobody
 * @param kind what is wrong
 * @param what the same in words, ids only
 * @param steps what to write and what to make sure of; nothing to write if it is only reported
 */
record Proposal(@Nullable UserId user, Finding.Kind kind, String what, List<Step> steps) {

  /** One action of a transaction. */
  record Step(Action action, @Nullable Item item, List<String> remove, ItemKey key, Condition on) {
    static Step put(Item item, Condition on) {
      return new Step(Action.PUT, item, List.of(), item.key(), on);
    }

    static Step delete(ItemKey key, Condition on) {
      return new Step(Action.DELETE, null, List.of(), key, on);
    }

    static Step check(ItemKey key, Condition on) {
      return new Step(Action.CHECK, null, List.of(), key, on);
    }

    /** Sets what the item has beside its key, and removes the attributes named. */
    static Step change(Item set, List<String> remove, Condition on) {
      return new Step(Action.CHANGE, set, remove, set.key(), on);
    }

    private void addTo(Transaction tx) {
      switch (action) {
        case CHECK -> tx.check(key, on);
        case DELETE -> tx.delete(key, on);
        case PUT -> tx.put(written(), on);
        case CHANGE -> tx.change(written(), remove, on);
      }
    }

    private Item written() {
      if (item == null) {
        throw new IllegalStateException("a step that writes has an item");
      }
      return item;
    }
  }

  private enum Action {
    PUT,
    DELETE,
    CHANGE,
    CHECK
  }

  Proposal {
    steps = List.copyOf(steps);
  }

  /** Only to be reported, as long as these rows are as they were read. */
  static Proposal report(UserId user, Finding.Kind kind, String what, Step... evidence) {
    return new Proposal(user, kind, what, List.of(evidence));
  }

  boolean mends() {
    return steps.stream().anyMatch(step -> step.action() != Action.CHECK);
  }

  /** The same finding, to be reported only. */
  Proposal reportOnly(String reason) {
    List<Step> evidence = new ArrayList<>();
    steps.forEach(step -> evidence.add(Step.check(step.key(), step.on())));
    return new Proposal(user, kind, what + " " + reason, evidence);
  }

  /** Equal to that of the same finding, resting upon rows that have not changed. */
  Object identity() {
    return new Identity(
        kind, what, steps.stream().map(step -> new Evidence(step.key(), step.on())).toList());
  }

  Transaction into(Transaction tx) {
    steps.forEach(step -> step.addTo(tx));
    return tx;
  }

  Finding finding(Finding.Outcome outcome) {
    return new Finding(user, kind, what, outcome);
  }

  private record Identity(Finding.Kind kind, String what, List<Evidence> evidence) {}

  private record Evidence(ItemKey key, Condition on) {}
}
