package io.ezypass.testkit.internal.server;

import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Starts DynamoDB Local in a thread group and a class loader of its own. */
public final class ServerLauncher {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String SERVER = ServerLauncher.class.getPackageName() + ".DynamoDbServer";

  private ServerLauncher() {}

  /**
   * Starts a server that ends with the JVM, and answers where it listens.
   *
   * @throws IllegalStateException if it does not start; nothing of it is left running then
   */
  public static URI launch() {
    ThreadGroup group = new ThreadGroup("ezypass-dynamodb-local");
    FutureTask<URI> start = new FutureTask<>(() -> start(group));
    Thread thread = new Thread(group, start, "dynamodb-local-start");
    thread.setDaemon(true);
    thread.start();
    return await(start);
  }

  private static URI await(FutureTask<URI> start) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return start.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("DynamoDB Local did not start", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static URI start(ThreadGroup group) throws Exception {
    ClassLoader parent = ServerLauncher.class.getClassLoader();
    Log4jFallback.choose(parent);
    ClassLoader loader = new SilentClassLoader(parent);
    Thread.currentThread().setContextClassLoader(loader);
    Object server = loader.loadClass(SERVER).getConstructor(String.class).newInstance(LOOPBACK);
    AutoCloseable stop = (AutoCloseable) server;
    try {
      Object port = ((Callable<?>) server).call();
      LastThreadWatch.start(group, stop);
      return URI.create("http://" + LOOPBACK + ":" + port);
    } catch (Exception e) {
      stop.close();
      throw e;
    }
  }
}
