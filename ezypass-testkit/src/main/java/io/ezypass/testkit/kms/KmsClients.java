package io.ezypass.testkit.kms;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.KmsResponse;

/**
 * The SDK's two client interfaces over a {@link KmsBackend}. They are proxies, so that each of the
 * fifty methods that are not served says so by name.
 */
final class KmsClients {
  private static final AtomicInteger THREADS = new AtomicInteger();
  private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool(KmsClients::daemon);

  private KmsClients() {}

  /** A client that answers on the caller's thread. */
  static KmsClient sync(KmsBackend backend) {
    return proxy(KmsClient.class, request -> backend.prepare(request).get());
  }

  /** A client that completes its futures on a daemon thread, never on the caller's. */
  @SuppressWarnings("FutureReturnValueIgnored") // the proxy hands the future to the caller
  static KmsAsyncClient async(KmsBackend backend) {
    return proxy(KmsAsyncClient.class, request -> later(backend.prepare(request)));
  }

  private static CompletableFuture<KmsResponse> later(Supplier<KmsResponse> call) {
    return CompletableFuture.supplyAsync(call, EXECUTOR);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "fake-kms-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  private static <C> C proxy(Class<C> type, Function<KmsRequest, ?> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new Handler(type, answer)));
  }

  private static final class Handler implements InvocationHandler {
    private final Class<?> type;
    private final Function<KmsRequest, ?> answer;
    private volatile boolean closed;

    Handler(Class<?> type, Function<KmsRequest, ?> answer) {
      this.type = type;
      this.answer = answer;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      Object argument = arguments != null && arguments.length == 1 ? arguments[0] : null;
      return switch (method.getName()) {
        case "close" -> close();
        case "serviceName" -> "kms";
        case "toString" -> "Fake" + type.getSimpleName();
        case "hashCode" -> System.identityHashCode(proxy);
        case "equals" -> proxy == argument;
        default -> {
          if (argument instanceof KmsRequest request) {
            yield answer(request);
          }
          if (argument instanceof Consumer<?> && method.isDefault()) {
            yield InvocationHandler.invokeDefault(proxy, method, arguments);
          }
          throw KmsBackend.unsupported(method.getName());
        }
      };
    }

    private @Nullable Object close() {
      closed = true;
      return null;
    }

    private Object answer(KmsRequest request) {
      if (closed) {
        throw new IllegalStateException("Connection pool shut down: the client is closed");
      }
      return answer.apply(request);
    }
  }
}
