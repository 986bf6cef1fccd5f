package io.ezypass.testkit.internal.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the server its own copies of SLF4J and Log4j, bound to no output.
 *
 * <p>Jetty reports its start on the console of everyone whose logging shows INFO, Log4j's API
 * complains there if it finds no provider, and the only ways to stop them from outside change the
 * logging of the service under test. So the classes that log, and those that use them, are defined
 * a second time here from the same class files, and find no configuration but what is here.
 * Everything else, the SDK above all, is shared with the parent.
 */
final class SilentClassLoader extends ClassLoader {
  private static final List<String> OWN_CLASSES =
      List.of(
          "com.almworks.sqlite4java.",
          "io.ezypass.testkit.internal.server.DynamoDbServer",
          "org.apache.logging.log4j.",
          "org.eclipse.jetty.",
          "org.slf4j.",
          "software.amazon.dynamodb.");
  private static final List<String> HIDDEN_RESOURCES =
      List.of(
          "META-INF/log4j-provider.properties",
          "META-INF/services/org.apache.logging.log4j.",
          "META-INF/services/org.slf4j.",
          "log4j2.");
  private static final String SILENT_LOG4J = "silent-log4j.properties";
  private static final Map<String, String> OWN_RESOURCES =
      Map.of(
          "META-INF/services/org.slf4j.spi.SLF4JServiceProvider", "silent-slf4j-provider",
          "log4j2.StatusLogger.properties", SILENT_LOG4J,
          "log4j2.component.properties", SILENT_LOG4J,
          "log4j2.simplelog.properties", SILENT_LOG4J);

  static {
    registerAsParallelCapable();
  }

  SilentClassLoader(ClassLoader parent) {
    super("ezypass-dynamodb-local", parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (OWN_CLASSES.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    String own = OWN_RESOURCES.get(name);
    if (own != null) {
      return Collections.enumeration(List.of(SilentClassLoader.class.getResource(own)));
    }
    return HIDDEN_RESOURCES.stream().anyMatch(name::startsWith)
        ? Collections.emptyEnumeration()
        : super.getResources(name);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = classFile(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte @Nullable [] classFile(String path) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(path)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(path, e);
    }
  }
}
