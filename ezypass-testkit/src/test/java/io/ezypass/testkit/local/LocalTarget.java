package io.ezypass.testkit.local;

import io.ezypass.EzyPass;
import io.ezypass.VaultRepository;
import io.ezypass.model.VaultPolicies;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.contract.ContractTarget;
import io.ezypass.testkit.dynamodb.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The library on DynamoDB Local, blocking. */
class LocalTarget implements ContractTarget {
  private static final Set<String> WRITES = Set.of("PutItem", "DeleteItem", "TransactWriteItems");

  final EzyPassLocal local = EzyPassLocal.start();
  private final List<EzyPass> processes = new ArrayList<>();

  @Override
  public VaultRepository repository() {
    return local.repository();
  }

  @Override
  public VaultRepository repository(VaultPolicies policies) {
    return process(policies).repository();
  }

  /** Another process on the same table, closed with this target. */
  final EzyPass process(VaultPolicies policies) {
    EzyPass process = local.open(builder -> builder.policies(policies));
    processes.add(process);
    return process;
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
    processes.forEach(EzyPass::close);
    local.close();
  }
}
