package io.ezypass.examples.quickstart;

import io.ezypass.EzyPass;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.kms.KmsAction;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * DynamoDB Local and the KMS fake, which the testkit starts inside this JVM. A service does the
 * same in its tests.
 */
record LocalBackend(EzyPassLocal local) implements Backend {
  static LocalBackend start() {
    return new LocalBackend(EzyPassLocal.start());
  }

  @Override
  public String description() {
    return "DynamoDB Local and a KMS fake inside this JVM, table " + local.table();
  }

  @Override
  public EzyPass ezypass() {
    return local.ezypass();
  }

  @Override
  public TableInspector inspector() {
    return local.inspector();
  }

  @Override
  public Cost takeCost() {
    Map<KmsAction, Integer> kms = local.kms().callCounts();
    Cost cost =
        new Cost(
            local.calls().counts(),
            kms.entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().operationName(), Map.Entry::getValue)));
    local.resetCounts();
    return cost;
  }

  @Override
  public void close() {
    local.close();
  }
}
