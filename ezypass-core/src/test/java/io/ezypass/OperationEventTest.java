package io.ezypass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.OperationEvent.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationEventTest {
  @Test
  void mapsAreCopiedInOrderAndCannotBeChanged() {
    Map<String, Integer> requests = new HashMap<>(Map.of("Query", 1, "GetItem", 2));
    OperationEvent event = event(requests, Map.of("Decrypt", 1));
    requests.clear();
    assertThat(event.requests().toString()).isEqualTo("{GetItem=2, Query=1}");
    assertThatThrownBy(() -> event.requests().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> event.kmsCalls().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // not every caller checks nullness
  void nullsAreRefusedByName() {
    assertThatThrownBy(() -> event(null, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("requests must not be null");
    assertThatThrownBy(() -> event(Map.of(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kmsCalls must not be null");
    assertThatThrownBy(() -> EzyPass.builder().observer(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("observer must be set");
  }

  private static OperationEvent event(Map<String, Integer> requests, Map<String, Integer> kms) {
    return new OperationEvent(
        "get", Outcome.SUCCESS, Duration.ZERO, requests, kms, 0, 0, 0, 0, 0, 0, 0);
  }
}
