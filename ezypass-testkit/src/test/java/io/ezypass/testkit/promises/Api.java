package io.ezypass.testkit.promises;

import io.ezypass.AsyncVault;
import io.ezypass.AsyncVaultAudit;
import io.ezypass.AsyncVaultBatch;
import io.ezypass.AsyncVaultHistory;
import io.ezypass.AsyncVaultRepository;
import io.ezypass.AsyncVaultSharing;
import io.ezypass.AsyncVaultTrash;
import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultAudit;
import io.ezypass.VaultBatch;
import io.ezypass.VaultHistory;
import io.ezypass.VaultRepository;
import io.ezypass.VaultSharing;
import io.ezypass.VaultTrash;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.core.async.SdkPublisher;

/** Both ways to call the library, seen as the blocking one, so that a test is written once. */
enum Api {
  SYNC {
    @Override
    VaultRepository of(EzyPass ezypass) {
      return ezypass.repository();
    }
  },
  ASYNC {
    @Override
    VaultRepository of(EzyPass ezypass) {
      return joining(VaultRepository.class, AsyncVaultRepository.class, ezypass.asyncRepository());
    }
  };

  abstract VaultRepository of(EzyPass ezypass);

  /** A blocking view that calls the async method of the same name and waits for it. */
  private static <V> V joining(Class<V> view, Class<?> asyncType, Object async) {
    return view.cast(
        Proxy.newProxyInstance(
            view.getClassLoader(),
            new Class<?>[] {view},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return method.invoke(async, arguments);
              }
              try {
                return joined(
                    asyncType
                        .getMethod(method.getName(), method.getParameterTypes())
                        .invoke(async, arguments));
              } catch (InvocationTargetException | CompletionException e) {
                throw e.getCause();
              }
            }));
  }

  private static Object joined(Object result) {
    if (result instanceof CompletableFuture<?> future) {
      return future.join();
    }
    if (result instanceof SdkPublisher<?> publisher) {
      List<Object> items = new CopyOnWriteArrayList<>();
      publisher.subscribe(items::add).join();
      return items.stream();
    }
    if (result instanceof AsyncVault vault) {
      return joining(Vault.class, AsyncVault.class, vault);
    }
    if (result instanceof AsyncVaultAudit audit) {
      return joining(VaultAudit.class, AsyncVaultAudit.class, audit);
    }
    if (result instanceof AsyncVaultBatch batch) {
      return joining(VaultBatch.class, AsyncVaultBatch.class, batch);
    }
    if (result instanceof AsyncVaultHistory history) {
      return joining(VaultHistory.class, AsyncVaultHistory.class, history);
    }
    if (result instanceof AsyncVaultTrash trash) {
      return joining(VaultTrash.class, AsyncVaultTrash.class, trash);
    }
    if (result instanceof AsyncVaultSharing sharing) {
      return joining(VaultSharing.class, AsyncVaultSharing.class, sharing);
    }
    return result instanceof AsyncVaultRepository repository
        ? joining(VaultRepository.class, AsyncVaultRepository.class, repository)
        : result;
  }
}
