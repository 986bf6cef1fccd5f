package io.ezypass;

import io.ezypass.internal.op.Environment;
import io.ezypass.internal.op.KmsConfig;
import io.ezypass.internal.op.KmsKeys;
import io.ezypass.internal.op.UseCases;
import io.ezypass.internal.run.Actors;
import io.ezypass.internal.run.AsyncRunner;
import io.ezypass.internal.run.Background;
import io.ezypass.internal.run.CheckpointHook;
import io.ezypass.internal.run.KeyCache;
import io.ezypass.internal.run.KeyCacheSettings;
import io.ezypass.internal.run.SuspendAwareTime;
import io.ezypass.internal.run.SyncRunner;
import io.ezypass.internal.run.Telemetry;
import io.ezypass.internal.table.Requests;
import io.ezypass.internal.table.TableDefinition;
import io.ezypass.model.Actor;
import io.ezypass.model.TableId;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an opened library is made of, wired from its configuration. */
record EzyPassParts(
    UseCases useCases,
    Actors actors,
    KeyCache cache,
    Background background,
    CheckpointHook checkpoints,
    @Nullable SyncRunner sync,
    @Nullable AsyncRunner async) {

  /**
   * Checks the configuration and wires the parts.
   *
   * @throws IllegalArgumentException naming what is missing or out of bounds
   */
  static EzyPassParts of(EzyPass.Builder config) {
    String table = EzyPass.Builder.required("table", config.table);
    KmsConfig kms =
        new KmsConfig(
            EzyPass.Builder.required("kmsKey", config.kmsKey),
            config.kmsKeyPerUser,
            config.acceptedKmsKeys,
            config.kmsGrantTokens);
    LongSupplier nanoTime = new SuspendAwareTime(System::nanoTime, config.clock);
    Executor executor = config.executor;
    Background background = executor == null ? new Background() : new Background(executor);
    KeyCache cache =
        new KeyCache(
            KeyCacheSettings.of(config.keyCacheTtl, config.keyCacheSize),
            background,
            nanoTime,
            config.random);
    Environment env =
        new Environment(
            new Requests(table, config.writeDeadline),
            new KmsKeys(kms, nanoTime),
            config.clock,
            nanoTime,
            config.random,
            config.writeDeadline,
            config.policies);
    TableId tableId = config.tableId;
    UseCases useCases =
        UseCases.of(env, new TableDefinition(table), tableId == null ? null : tableId.bytes());
    Supplier<Actor> actor = config.actor;
    Actors actors = actor == null ? Actor::user : owner -> actor.get();
    Telemetry telemetry = new Telemetry(config.observer, nanoTime);
    SyncRunner sync = config.clients.sync(cache, nanoTime, telemetry);
    AsyncRunner async = config.clients.async(cache, background, nanoTime, telemetry);
    if (sync == null && async == null) {
      throw new IllegalArgumentException("clients or asyncClients must be set");
    }
    CheckpointHook checkpoints = CheckpointHook.register(cache, config.random);
    return new EzyPassParts(useCases, actors, cache, background, checkpoints, sync, async);
  }
}
