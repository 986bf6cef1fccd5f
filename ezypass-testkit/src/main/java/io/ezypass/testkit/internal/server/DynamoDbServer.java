package io.ezypass.testkit.internal.server;

import java.util.concurrent.Callable;
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
