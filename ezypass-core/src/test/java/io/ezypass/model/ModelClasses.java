package io.ezypass.model;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds every class of the package, so that no test can forget a new one. */
final class ModelClasses {
  private ModelClasses() {}

  static List<Class<?>> all() {
    String packageName = Secret.class.getPackageName();
    try {
      Path classes =
          Path.of(Secret.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.list(classes.resolve(packageName.replace('.', '/')))) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
            .map(file -> packageName + "." + file.substring(0, file.length() - ".class".length()))
            .<Class<?>>map(ModelClasses::load)
            .sorted(Comparator.comparing(Class::getName))
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ModelClasses.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
  }
}
