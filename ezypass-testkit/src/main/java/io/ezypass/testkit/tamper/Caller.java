package io.ezypass.testkit.tamper;

import io.ezypass.EzyPass;
import io.ezypass.VaultRepository;
import io.ezypass.admin.VaultAdmin;
import io.ezypass.testkit.contract.BlockingVaultRepository;
import java.util.List;

/** In which state of the key cache, and in which style, a call is made. */
enum Caller {
  WARM(false),
  COLD(false),
  NEW_PROCESS(false),
  ASYNC_WARM(true),
  ASYNC_COLD(true),
  ASYNC_NEW_PROCESS(true);

  /** Whoever may have cached nothing. */
  static final List<Caller> STARTING = List.of(NEW_PROCESS, ASYNC_NEW_PROCESS);

  /** Whoever has not cached the user's keys. */
  static final List<Caller> WITHOUT_KEYS =
      List.of(COLD, NEW_PROCESS, ASYNC_COLD, ASYNC_NEW_PROCESS);

  /** Everybody. */
  static final List<Caller> ALL = List.of(values());

  private final boolean async;

  Caller(boolean async) {
    this.async = async;
  }

  /**
   * What calls are made on.
   *
   * @param vaults blocking, or a blocking view of the async repository
   * @param admin always blocking
   */
  record Views(VaultRepository vaults, VaultAdmin admin) {}

  /** Makes the call. */
  Object read(TamperScene scene, ReadPath path) {
    return switch (this) {
      case WARM, ASYNC_WARM -> read(scene.ezypass, path);
      case COLD, ASYNC_COLD -> {
        scene.ezypass.evict(TamperScene.ALICE);
        yield read(scene.ezypass, path);
      }
      case NEW_PROCESS, ASYNC_NEW_PROCESS -> {
        try (EzyPass fresh = scene.open()) {
          yield read(fresh, path);
        }
      }
    };
  }

  private Object read(EzyPass ezypass, ReadPath path) {
    VaultRepository vaults =
        async ? BlockingVaultRepository.of(ezypass.asyncRepository()) : ezypass.repository();
    return path.call().apply(new Views(vaults, ezypass.admin()));
  }
}
