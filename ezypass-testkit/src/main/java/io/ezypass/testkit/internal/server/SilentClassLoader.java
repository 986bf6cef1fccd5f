package io.ezypass.testkit.internal.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the server its own copy of SLF4J, bound to no output.
 *
 * <p>Jetty reports its start on the console of everyone whose logging shows INFO, and the only ways
 * to stop it from outside change the logging of the service under test. So the classes that log,
 * and those that use them, are defined a second time here from the same class files; everything
 * else, the SDK above all, is shared with the parent.
 */
final class SilentClassLoader extends ClassLoader {
  private static final List<String> OWN =
      List.of(
          "com.almworks.sqlite4java.",
          "io.ezypass.testkit.internal.server.DynamoDbServer",
          "org.eclipse.jetty.",
          "org.slf4j.",
          "software.amazon.dynamodb.");
  private static final String SLF4J_PROVIDERS =
      "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
  private static final String SILENT_PROVIDER = "silent-slf4j-provider";

  static {
    registerAsParallelCapable();
  }

  SilentClassLoader(ClassLoader parent) {
    super("ezypass-dynamodb-local", parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (OWN.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (!name.equals(SLF4J_PROVIDERS)) {
      return super.getResources(name);
    }
    URL provider = SilentClassLoader.class.getResource(SILENT_PROVIDER);
    return Collections.enumeration(List.of(provider));
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
