package io.ezypass.testkit.local;

import io.ezypass.VaultRepository;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.contract.ContractTarget;
import io.ezypass.testkit.dynamodb.Fault;
import java.util.Set;

/** The library on DynamoDB Local, blocking. */
class LocalTarget implements ContractTarget {
  private static final Set<String> WRITES = Set.of("PutItem", "DeleteItem", "TransactWriteItems");

  final EzyPassLocal local = EzyPassLocal.start();

  @Override
  public VaultRepository repository() {
    return local.repository();
  }

  @Override
  public MutableClock clock() {
    return local.clock();
  }

  @Override
  public void loseNextRequest() {
    local.faults().wholeCall(Fault.LOST_REQUEST, WRITES::contains);
  }

  @Override
  public void loseNextResponse() {
    local.faults().wholeCall(Fault.LOST_RESPONSE, WRITES::contains);
  }

  @Override
  public void close() {
    local.close();
  }
}
