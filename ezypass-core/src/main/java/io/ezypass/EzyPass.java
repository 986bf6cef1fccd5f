package io.ezypass;

import io.ezypass.admin.VaultAdmin;
import io.ezypass.internal.op.Environment;
import io.ezypass.internal.op.KmsKeys;
import io.ezypass.internal.op.TimeLimits;
import io.ezypass.internal.op.UseCases;
import io.ezypass.internal.op.UserKeys;
import io.ezypass.internal.run.Actors;
import io.ezypass.internal.run.AsyncRunner;
import io.ezypass.internal.run.Background;
import io.ezypass.internal.run.FutureVaultRepository;
import io.ezypass.internal.run.KeyCache;
import io.ezypass.internal.run.SyncRunner;
import io.ezypass.internal.run.SyncVaultAdmin;
import io.ezypass.internal.run.SyncVaultRepository;
import io.ezypass.internal.table.Requests;
import io.ezypass.internal.table.TableDefinition;
import io.ezypass.model.Actor;
import io.ezypass.model.TableId;
import io.ezypass.model.UserId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Opens the vaults of one table. Make one per table and process, and share it: its key cache is
 * what saves KMS calls.
 *
 * <p>Thread safe. {@link #close()} wipes the cached keys and ends the library's own threads; the
 * clients stay open, they are yours.
 */
public final class EzyPass implements AutoCloseable {
  private final UseCases useCases;
  private final Actors actors;
  private final KeyCache cache;
  private final Background background;
  private final @Nullable SyncRunner sync;
  private final @Nullable AsyncRunner async;

  private EzyPass(Builder config) {
    String table = Builder.required("table", config.table);
    String kmsKey = Builder.required("kmsKey", config.kmsKey);
    LongSupplier nanoTime = System::nanoTime;
    Executor executor = config.executor;
    TableId tableId = config.tableId;
    Supplier<Actor> actor = config.actor;
    SecureRandom random = new SecureRandom();
    background = executor == null ? new Background() : new Background(executor);
    cache =
        new KeyCache(
            new KeyCache.Settings(
                config.keyCacheTtl, config.keyCacheSize, KeyCache.Settings.DEFAULT.maxRefreshes()),
            background,
            nanoTime,
            random);
    Environment env =
        new Environment(
            new Requests(table, config.writeDeadline),
            new KmsKeys(kmsKey, nanoTime),
            config.clock,
            nanoTime,
            random,
            config.writeDeadline);
    useCases =
        UseCases.of(env, new TableDefinition(table), tableId == null ? null : tableId.bytes());
    actors = actor == null ? Actor::user : owner -> actor.get();
    DynamoDbClient dynamoDb = config.dynamoDb;
    KmsClient kms = config.kms;
    sync = dynamoDb == null || kms == null ? null : new SyncRunner(dynamoDb, kms, cache, nanoTime);
    DynamoDbAsyncClient asyncDynamoDb = config.asyncDynamoDb;
    KmsAsyncClient asyncKms = config.asyncKms;
    async =
        asyncDynamoDb == null || asyncKms == null
            ? null
            : new AsyncRunner(asyncDynamoDb, asyncKms, cache, background, nanoTime);
    if (sync == null && async == null) {
      throw new IllegalArgumentException("clients or asyncClients must be set");
    }
  }

  /**
   * Starts a configuration. Clients, table and KMS key have to be set.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The repository that blocks.
   *
   * @return a view; cheap to make
   * @throws IllegalStateException if {@link Builder#clients} was not called
   */
  public VaultRepository repository() {
    return new SyncVaultRepository(useCases, sync(), actors);
  }

  /**
   * The repository that does not block. It shares the key cache with the other one.
   *
   * @return a view; cheap to make
   * @throws IllegalStateException if {@link Builder#asyncClients} was not called
   */
  public AsyncVaultRepository asyncRepository() {
    if (async == null) {
      throw new IllegalStateException("asyncRepository() needs asyncClients on the builder");
    }
    return new FutureVaultRepository(useCases, async, actors);
  }

  /**
   * What whoever operates the table needs.
   *
   * @return a view; cheap to make
   * @throws IllegalStateException if {@link Builder#clients} was not called
   */
  public VaultAdmin admin() {
    return new SyncVaultAdmin(useCases, sync());
  }

  /**
   * Forgets a user's keys: the next call on that vault asks KMS again. Calls under way go on with
   * the keys they have.
   *
   * @param user whose keys
   */
  public void evict(UserId user) {
    if (user == null) {
      throw new IllegalArgumentException("user must not be null");
    }
    cache.evict(UserKeys.scope(user));
  }

  /** Wipes the cached keys and ends the library's threads. Closing twice is fine. */
  @Override
  public void close() {
    cache.close();
    background.close();
  }

  private SyncRunner sync() {
    if (sync == null) {
      throw new IllegalStateException("this needs clients on the builder");
    }
    return sync;
  }

  /** Collects the configuration. Not thread safe. */
  public static final class Builder {
    private @Nullable DynamoDbClient dynamoDb;
    private @Nullable KmsClient kms;
    private @Nullable DynamoDbAsyncClient asyncDynamoDb;
    private @Nullable KmsAsyncClient asyncKms;
    private @Nullable String table;
    private @Nullable String kmsKey;
    private @Nullable TableId tableId;
    private @Nullable Supplier<Actor> actor;
    private @Nullable Executor executor;
    private Duration keyCacheTtl = KeyCache.Settings.DEFAULT.ttl();
    private int keyCacheSize = KeyCache.Settings.DEFAULT.maxEntries();
    private Duration writeDeadline = Duration.ofMinutes(1);
    private InstantSource clock = Clock.systemUTC();

    private Builder() {}

    /**
     * The clients of the blocking repository. They stay yours to close.
     *
     * @param dynamoDb with whatever retries and HTTP client the service uses
     * @param kms likewise
     * @return this builder
     */
    public Builder clients(DynamoDbClient dynamoDb, KmsClient kms) {
      this.dynamoDb = required("dynamoDb", dynamoDb);
      this.kms = required("kms", kms);
      return this;
    }

    /**
     * The clients of the async repository. They stay yours to close.
     *
     * @param dynamoDb with whatever retries and HTTP client the service uses
     * @param kms likewise
     * @return this builder
     */
    public Builder asyncClients(DynamoDbAsyncClient dynamoDb, KmsAsyncClient kms) {
      this.asyncDynamoDb = required("dynamoDb", dynamoDb);
      this.asyncKms = required("kms", kms);
      return this;
    }

    /**
     * The table.
     *
     * @param name its name or ARN
     * @return this builder
     */
    public Builder table(String name) {
      this.table = required("table", name);
      return this;
    }

    /**
     * The KMS key that wraps new vault keys, and that stored ones must have been wrapped by.
     *
     * @param id ARN, key id or alias; an ARN saves a DescribeKey, and an alias that is re-pointed
     *     closes the vaults wrapped by the key that it pointed to
     * @return this builder
     */
    public Builder kmsKey(String id) {
      this.kmsKey = required("kmsKey", id);
      return this;
    }

    /**
     * Pins the table: another one under the same name is refused.
     *
     * @param id what {@link VaultAdmin#initialise()} gave
     * @return this builder
     */
    public Builder tableId(TableId id) {
      this.tableId = required("tableId", id);
      return this;
    }

    /**
     * In whose name changes are made, asked at each change; without it, in the owner's.
     *
     * @param supplier for instance the caller out of the request's context
     * @return this builder
     */
    public Builder actor(Supplier<Actor> supplier) {
      this.actor = required("actor", supplier);
      return this;
    }

    /**
     * Where async calls go on that waited for another one's keys, and where keys are refreshed.
     *
     * @param value yours; never shut down
     * @return this builder
     */
    public Builder executor(Executor value) {
      this.executor = required("executor", value);
      return this;
    }

    /**
     * How long opened keys are kept, from the moment they were asked for: also how long a revoked
     * key may still open a vault.
     *
     * @param ttl above zero, at most an hour; five minutes if not set
     * @return this builder
     */
    public Builder keyCacheTtl(Duration ttl) {
      this.keyCacheTtl = required("keyCacheTtl", ttl);
      return this;
    }

    /**
     * How many users' keys are kept.
     *
     * @param entries at least 1; 10,000 if not set
     * @return this builder
     */
    public Builder keyCacheSize(int entries) {
      this.keyCacheSize = entries;
      return this;
    }

    /**
     * How long a write may take, retries included. For writes it replaces the client's own {@code
     * apiCallTimeout}.
     *
     * @param value 1 second to 5 minutes; one minute if not set
     * @return this builder
     * @throws IllegalArgumentException if it is out of bounds
     */
    public Builder writeDeadline(Duration value) {
      required("writeDeadline", value);
      if (value.compareTo(Duration.ofSeconds(1)) < 0
          || value.compareTo(TimeLimits.LONGEST_WRITE) > 0) {
        throw new IllegalArgumentException("writeDeadline must be 1 second to 5 minutes");
      }
      this.writeDeadline = value;
      return this;
    }

    /**
     * What tells the time of day; tests move it.
     *
     * @param source a clock
     * @return this builder
     */
    public Builder clock(InstantSource source) {
      this.clock = required("clock", source);
      return this;
    }

    /**
     * Checks the configuration. Nothing is sent.
     *
     * @return the opened library
     * @throws IllegalArgumentException naming what is missing or out of bounds
     */
    public EzyPass build() {
      return new EzyPass(this);
    }

    static <T> T required(String name, @Nullable T value) {
      if (value == null) {
        throw new IllegalArgumentException(name + " must be set");
      }
      return value;
    }
  }
}
