package io.ezypass;

import io.ezypass.admin.VaultAdmin;
import io.ezypass.internal.op.TimeLimits;
import io.ezypass.internal.op.UserKeys;
import io.ezypass.internal.run.AsyncRunner;
import io.ezypass.internal.run.FutureVaultRepository;
import io.ezypass.internal.run.KeyCacheSettings;
import io.ezypass.internal.run.SyncRunner;
import io.ezypass.internal.run.SyncVaultAdmin;
import io.ezypass.internal.run.SyncVaultRepository;
import io.ezypass.model.Actor;
import io.ezypass.model.TableId;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
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
 *
 * <p><b>Snapshots (CRaC, Lambda SnapStart).</b> Where {@code org.crac} is on the class path, the
 * cached keys are wiped before a checkpoint, and the randomness gets a fresh seed after the
 * restore. A checkpoint while calls are under way that hold keys is refused with an {@link
 * IllegalStateException} from the hook. Hooks run in the opposite order of registration: one of
 * your own that fills the cache has to be registered after {@link Builder#build()}.
 */
public final class EzyPass implements AutoCloseable {
  private final EzyPassParts parts;

  private EzyPass(EzyPassParts parts) {
    this.parts = parts;
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
    return new SyncVaultRepository(parts.useCases(), sync(), parts.actors());
  }

  /**
   * The repository that does not block. It shares the key cache with the other one.
   *
   * @return a view; cheap to make
   * @throws IllegalStateException if {@link Builder#asyncClients} was not called
   */
  public AsyncVaultRepository asyncRepository() {
    AsyncRunner async = parts.async();
    if (async == null) {
      throw new IllegalStateException("asyncRepository() needs asyncClients on the builder");
    }
    return new FutureVaultRepository(parts.useCases(), async, parts.actors());
  }

  /**
   * What whoever operates the table needs.
   *
   * @return a view; cheap to make
   * @throws IllegalStateException if {@link Builder#clients} was not called
   */
  public VaultAdmin admin() {
    return new SyncVaultAdmin(parts.useCases(), sync());
  }

  /**
   * Forgets a user's keys in this process: the next call on that vault asks KMS again. Calls under
   * way go on with the keys they have, which are wiped when the last of them ends. Closes a vault
   * at once after its KMS key was revoked, in this process only. Sends nothing.
   *
   * @param user whose keys
   */
  public void evict(UserId user) {
    if (user == null) {
      throw new IllegalArgumentException("user must not be null");
    }
    parts.cache().evict(UserKeys.scope(user));
  }

  /** Forgets all keys in this process, the table's lookup key too. As {@link #evict} otherwise. */
  public void evictAll() {
    parts.cache().evictAll();
  }

  /** Wipes the cached keys and ends the library's threads. Closing twice is fine. */
  @Override
  public void close() {
    parts.checkpoints().close();
    parts.cache().close();
    parts.background().close();
  }

  private SyncRunner sync() {
    SyncRunner sync = parts.sync();
    if (sync == null) {
      throw new IllegalStateException("this needs clients on the builder");
    }
    return sync;
  }

  /** Collects the configuration. Not thread safe. */
  public static final class Builder {
    EzyPassClients clients = EzyPassClients.NONE;
    @Nullable String table;
    @Nullable String kmsKey;
    @Nullable Function<UserId, String> kmsKeyPerUser;
    List<String> acceptedKmsKeys = List.of();
    Supplier<List<String>> kmsGrantTokens = List::of;
    @Nullable TableId tableId;
    @Nullable Supplier<Actor> actor;
    @Nullable Executor executor;
    Duration keyCacheTtl = KeyCacheSettings.DEFAULT.ttl();
    int keyCacheSize = KeyCacheSettings.DEFAULT.maxEntries();
    Duration writeDeadline = Duration.ofMinutes(1);
    @Nullable VaultObserver observer;
    VaultPolicies policies = VaultPolicies.defaults();
    InstantSource clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();

    private Builder() {}

    /**
     * The clients of the blocking repository. They stay yours to close.
     *
     * @param dynamoDb with whatever retries and HTTP client the service uses
     * @param kms likewise
     * @return this builder
     */
    public Builder clients(DynamoDbClient dynamoDb, KmsClient kms) {
      this.clients = clients.with(required("dynamoDb", dynamoDb), required("kms", kms));
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
      this.clients = clients.withAsync(required("dynamoDb", dynamoDb), required("kms", kms));
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
     * The KMS key of the table: it wraps the lookup key, and users' vault keys unless {@link
     * #kmsKeyPerUser} says otherwise. What it has wrapped is opened.
     *
     * @param id ARN, key id or alias. An ARN saves a DescribeKey. If an alias is pointed at another
     *     key, running processes open what either key wrapped, and wrap under the new one; a
     *     process started later needs the old key in {@link #acceptedKmsKeys} until {@link
     *     VaultAdmin#migrateAll} has moved everything
     * @return this builder
     */
    public Builder kmsKey(String id) {
      this.kmsKey = required("kmsKey", id);
      return this;
    }

    /**
     * Which KMS key wraps a user's vault key, for instance one per tenant. A vault is opened if its
     * key was wrapped by this key, by {@link #kmsKey} or by one of {@link #acceptedKmsKeys}, and
     * never under a key that is only another user's.
     *
     * @param selector gives an ARN, key id or alias. Asked whenever a vault is opened cold, by many
     *     threads, so it must be fast and do no I/O; null or a blank text fails that call with
     *     IllegalArgumentException, and in a job of {@link VaultAdmin} over many users only that
     *     user, as {@code NOT_ACCEPTED}; what it throws ends the job
     * @return this builder
     */
    public Builder kmsKeyPerUser(Function<UserId, String> selector) {
      this.kmsKeyPerUser = required("kmsKeyPerUser", selector);
      return this;
    }

    /**
     * Further KMS keys: what they have wrapped is opened, and they never wrap anything. For the old
     * key during a migration, see {@link VaultAdmin#migrate}. Replaces those of an earlier call.
     *
     * @param ids ARNs, key ids or aliases; one that no longer exists does no harm
     * @return this builder
     */
    public Builder acceptedKmsKeys(String... ids) {
      this.acceptedKmsKeys = Arrays.asList(required("acceptedKmsKeys", ids).clone());
      return this;
    }

    /**
     * Grant tokens, which make a new KMS grant effective at once. They go with every
     * GenerateDataKey, Decrypt, ReEncrypt and DescribeKey.
     *
     * @param tokens asked before each KMS call, by many threads; empty for none, never null
     * @return this builder
     */
    public Builder kmsGrantTokens(Supplier<List<String>> tokens) {
      this.kmsGrantTokens = required("kmsGrantTokens", tokens);
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
     * @param value yours; never shut down. Do not let blocking calls of this library occupy all of
     *     its threads: what they wait for may need one of them
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
     * Is told of every operation when it has ended: how, how long it took, its requests, KMS calls
     * and capacity. Without it nothing is measured.
     *
     * @param value fast, and never blocking: it runs on the threads that end operations
     * @return this builder
     */
    public Builder observer(VaultObserver value) {
      this.observer = required("observer", value);
      return this;
    }

    /**
     * What is kept when credentials are changed or deleted: revisions and trash.
     *
     * @param value {@link VaultPolicies#defaults()} if not set
     * @return this builder
     */
    public Builder policies(VaultPolicies value) {
      this.policies = required("policies", value);
      return this;
    }

    /**
     * What tells the time of day; tests move it. It is also how the library notices that the
     * process was suspended (a frozen Lambda, a restored snapshot): a clock that jumps forward by
     * more than a second ages cached keys and write deadlines as well. One that is set back makes
     * neither younger.
     *
     * @param source a clock; asked at each call, by many threads
     * @return this builder
     */
    public Builder clock(InstantSource source) {
      this.clock = required("clock", source);
      return this;
    }

    /** For tests of cloned processes, which repeat their randomness. */
    Builder random(SecureRandom source) {
      this.random = source;
      return this;
    }

    /**
     * Checks the configuration. Nothing is sent.
     *
     * @return the opened library
     * @throws IllegalArgumentException naming what is missing or out of bounds
     */
    public EzyPass build() {
      return new EzyPass(EzyPassParts.of(this));
    }

    static <T> T required(String name, @Nullable T value) {
      if (value == null) {
        throw new IllegalArgumentException(name + " must be set");
      }
      return value;
    }
  }
}
