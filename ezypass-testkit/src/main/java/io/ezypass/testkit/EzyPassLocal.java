package io.ezypass.testkit;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.EzyPass;
import io.ezypass.VaultRepository;
import io.ezypass.admin.TableOptions;
import io.ezypass.model.TableId;
import io.ezypass.testkit.dynamodb.CallCounter;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.dynamodb.Faults;
import io.ezypass.testkit.kms.FakeKms;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The real library on a fresh, initialised table of {@link DynamoDbLocal} and a {@link FakeKms},
 * with every request counted and faults to be had. Starting one takes milliseconds once the server
 * runs. Closing it wipes the keys and closes its clients; the table stays until the JVM ends.
 *
 * <p>Thread safe.
 */
public final class EzyPassLocal implements AutoCloseable {
  private final String table;
  private final FakeKms kms;
  private final String kmsKey;
  private final CallCounter calls = new CallCounter();
  private final Faults faults;
  private final DynamoDbClient dynamoDb;
  private final DynamoDbAsyncClient asyncDynamoDb;
  private final TableId tableId;
  private final MutableClock clock;
  private final EzyPass ezypass;

  private EzyPassLocal(FakeKms kms, UnaryOperator<EzyPass.Builder> config) {
    DynamoDbLocal local = DynamoDbLocal.shared();
    this.kms = kms;
    kmsKey = kms.createKey();
    table = local.newTableName("vault");
    faults = Faults.seeded(0);
    clock = MutableClock.startingNow();
    dynamoDb = local.client(calls, faults);
    asyncDynamoDb = local.asyncClient(calls, faults);
    try (EzyPass setUp = open(builder -> builder)) {
      setUp.admin().createTable(TableOptions.minimal());
      tableId = setUp.admin().initialise();
    }
    ezypass = open(config);
    resetCounts();
  }

  /**
   * Starts with the library's defaults.
   *
   * @return a running vault table
   */
  public static EzyPassLocal start() {
    return start(builder -> builder);
  }

  /**
   * Starts with another configuration.
   *
   * @param config changes the builder, on which clients, table, KMS key and clock are set
   * @return a running vault table
   */
  public static EzyPassLocal start(UnaryOperator<EzyPass.Builder> config) {
    return start(FakeKms.create(), config);
  }

  /**
   * Starts with a KMS fake of the caller's. With {@link FakeKms#seeded} another JVM can open the
   * table: on {@link DynamoDbLocal#endpoint()}, under the name {@link #table()}, with a fake of the
   * same seed in which it has created as many keys as were created here.
   *
   * @param kms gets one key more, {@link #kmsKey()}
   * @param config changes the builder, on which clients, table, KMS key and clock are set
   * @return a running vault table
   */
  public static EzyPassLocal start(FakeKms kms, UnaryOperator<EzyPass.Builder> config) {
    return new EzyPassLocal(kms, config);
  }

  /**
   * Another instance of the library on the same table, with a key cache of its own: another
   * process.
   *
   * @param config changes the builder, on which clients, table, KMS key and clock are set
   * @return the instance, to be closed by the caller
   */
  public EzyPass open(UnaryOperator<EzyPass.Builder> config) {
    return config
        .apply(
            EzyPass.builder()
                .clients(dynamoDb, kms.client())
                .asyncClients(asyncDynamoDb, kms.asyncClient())
                .table(table)
                .kmsKey(kmsKey)
                .clock(clock))
        .build();
  }

  /**
   * The library.
   *
   * @return the same instance at every call
   */
  public EzyPass ezypass() {
    return ezypass;
  }

  /**
   * The blocking repository.
   *
   * @return what {@code ezypass().repository()} gives
   */
  public VaultRepository repository() {
    return ezypass.repository();
  }

  /**
   * The async repository.
   *
   * @return what {@code ezypass().asyncRepository()} gives
   */
  public AsyncVaultRepository asyncRepository() {
    return ezypass.asyncRepository();
  }

  /**
   * The KMS fake: key states, permissions, throttling, counts.
   *
   * @return the fake
   */
  public FakeKms kms() {
    return kms;
  }

  /**
   * The KMS key in use.
   *
   * @return its ARN
   */
  public String kmsKey() {
    return kmsKey;
  }

  /**
   * The requests to DynamoDB that were sent.
   *
   * @return the counter
   */
  public CallCounter calls() {
    return calls;
  }

  /**
   * Faults to be injected into requests to DynamoDB.
   *
   * @return the faults, none at first
   */
  public Faults faults() {
    return faults;
  }

  /**
   * The clock that the library goes by. Moving it forward ages cached keys and write deadlines as
   * well, as if the process had been suspended: past the key cache's TTL the next call asks KMS
   * again. Moving it back does not make them younger.
   *
   * @return the clock
   */
  public MutableClock clock() {
    return clock;
  }

  /**
   * The client that requests go through, counted and with faults.
   *
   * @return the client, closed with this
   */
  public DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  /**
   * The table's name.
   *
   * @return the name
   */
  public String table() {
    return table;
  }

  /**
   * The table's id.
   *
   * @return the id
   */
  public TableId tableId() {
    return tableId;
  }

  /**
   * Looks at the raw items, and tampers with them.
   *
   * @return an inspector whose own requests are not counted
   */
  public TableInspector inspector() {
    return new TableInspector(DynamoDbLocal.shared().client(), table);
  }

  /** Forgets the requests and KMS calls counted so far. */
  public void resetCounts() {
    calls.reset();
    kms.resetCalls();
  }

  /** Wipes the keys and closes the clients. */
  @Override
  public void close() {
    ezypass.close();
    dynamoDb.close();
    asyncDynamoDb.close();
  }

  /** Names the table. */
  @Override
  public String toString() {
    return "EzyPassLocal[" + table + "]";
  }
}
