package io.ezypass.testkit.internal.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import org.apache.logging.log4j.spi.ExtendedLogger;
import org.apache.logging.log4j.spi.LoggerContext;
import org.apache.logging.log4j.spi.LoggerContextFactory;
import org.apache.logging.log4j.spi.Provider;
import org.jspecify.annotations.Nullable;

/**
 * The Log4j provider that the server finds: its loggers are off. Without one, Log4j's API complains
 * on the console that it has none, and then prints errors there.
 */
public final class SilentLog4j extends Provider {
  private static final int PRIORITY = 100;
  private static final String API_VERSION = "2.6.0";

  /** Called by Log4j. */
  public SilentLog4j() {
    super(PRIORITY, API_VERSION, Factory.class);
  }

  /** Makes the one context whose loggers are off. */
  public static final class Factory implements LoggerContextFactory {
    private static final ExtendedLogger LOGGER = off(ExtendedLogger.class);
    private static final LoggerContext CONTEXT = off(LoggerContext.class);

    /** Called by Log4j. */
    public Factory() {}

    @Override
    public LoggerContext getContext(
        String caller, ClassLoader loader, Object externalContext, boolean currentContext) {
      return CONTEXT;
    }

    @Override
    public LoggerContext getContext(
        String caller,
        ClassLoader loader,
        Object externalContext,
        boolean currentContext,
        URI configLocation,
        String name) {
      return CONTEXT;
    }

    @Override
    public void removeContext(LoggerContext context) {}

    private static <T> T off(Class<T> type) {
      InvocationHandler nothing = (proxy, method, arguments) -> nothing(method);
      return type.cast(
          Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, nothing));
    }

    private static @Nullable Object nothing(Method method) {
      if (method.getReturnType().isAssignableFrom(ExtendedLogger.class)) {
        return method.getReturnType() == Object.class ? null : LOGGER;
      }
      return method.getReturnType() == boolean.class ? false : null;
    }
  }
}
