package io.ezypass.testkit.internal.server;

import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.simple.SimpleLoggerContextFactory;
import org.apache.logging.log4j.spi.Provider;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local on a Jetty of our own making, in memory, all credentials and regions sharing one
 * set of tables. Its own {@code DynamoDBProxyServer} listens on every interface, cannot be given
 * port 0, has Jetty threads that keep the JVM alive, and is where its telemetry is sent from.
 */
public final class DynamoDbServer implements Callable<Integer>, AutoCloseable {
  private final Server server;
  private final ServerConnector connector;
  private final LocalDynamoDBServerHandler handler;

  /** Not started yet; its threads will be in the thread group of the calling thread. */
  public DynamoDbServer(String host) {
    silenceLog4j();
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("dynamodb-local");
    threads.setDaemon(true);
    server =
        new Server(threads, new ScheduledExecutorScheduler("dynamodb-local-timer", true), null);
    connector = new ServerConnector(server);
    connector.setHost(host);
    connector.setPort(0);
    server.addConnector(connector);
    handler =
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(0, true, null, true, false), null);
    server.setHandler(handler);
  }

  /**
   * Without a provider of its API, log4j prints a line about that. The property that chooses its
   * fallback quietly is only there while log4j starts, so that a consumer's own logging never sees
   * it.
   */
  private static void silenceLog4j() {
    String key = "log4j2.loggerContextFactory";
    boolean hasProvider = ServiceLoader.load(Provider.class).findFirst().isPresent();
    if (System.getProperty(key) == null && !hasProvider) {
      System.setProperty(key, SimpleLoggerContextFactory.class.getName());
      try {
        LogManager.getFactory();
      } finally {
        System.clearProperty(key);
      }
    }
  }

  /** Starts it, and answers the port that it listens on. */
  @Override
  public Integer call() throws Exception {
    server.start();
    return connector.getLocalPort();
  }

  /** Stops it and ends all of its threads. */
  @Override
  public void close() {
    try {
      LifeCycle.stop(server);
    } finally {
      handler.close();
    }
  }
}
