package io.ezypass.testkit.model;

import io.ezypass.testkit.model.Side.Party;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one step does to either side.
 *
 * @param text for the report
 * @param sent does it, and tells what came back in words that the sides share
 */
record Call(String text, Function<Party, String> sent) {

  /** One whose value is compared whole. */
  static Call of(String text, Function<Party, ?> sent) {
    return new Call(text, party -> party.shown().value(sent.apply(party)));
  }

  /** One that returns nothing. */
  static Call doing(String text, Consumer<Party> sent) {
    return new Call(
        text,
        party -> {
          sent.accept(party);
          return "done";
        });
  }

  /** One whose values come in no useful order. */
  static Call bag(String text, Function<Party, ? extends Collection<?>> sent) {
    return new Call(text, party -> party.shown().bag(sent.apply(party)));
  }

  /** The value, or what was thrown. */
  Outcome run(Party party) {
    try {
      return new Outcome(true, sent.apply(party));
    } catch (RuntimeException e) {
      return new Outcome(false, party.shown().failure(e));
    }
  }

  /** How it ended. */
  record Outcome(boolean isSuccess, String text) {}
}
