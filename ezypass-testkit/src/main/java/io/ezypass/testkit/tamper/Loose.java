package io.ezypass.testkit.tamper;

import io.ezypass.error.TamperedItemException;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Changes that no key protects an item from, and that do not change what is read from it. */
final class Loose {
  private Loose() {}

  static Stream<Attack.Group> changes(Target target) {
    Map<String, AttributeValue> item = target.item();
    Stream<Attack.Group> attributes =
        target.loose().stream().flatMap(attribute -> Damage.to(item, attribute).stream());
    return Stream.concat(attributes, Stream.of(unknownAttributes(item)));
  }

  private static Attack.Group unknownAttributes(Map<String, AttributeValue> item) {
    return new Attack.Group(
        "attributes that the format does not have",
        Stream.of("y", "H", "pk2")
            .map(name -> RawItem.with(item, name, AttributeValue.fromS(TamperScene.CANARY)))
            .map(changed -> new Attack("added", changed, TamperedItemException.class))
            .toList());
  }
}
