package io.ezypass.testkit.internal.server;

/**
 * Keeps Log4j's API from complaining on the console about itself. DynamoDB Local brings the API
 * onto the class path; where SLF4J has no provider, Netty then logs through it, and where Log4j has
 * none either, it says so. This lets it take the same fallback without a word.
 */
final class Log4jFallback {
  private static final String PROVIDERS = "META-INF/services/org.apache.logging.log4j.spi.Provider";
  private static final String FACTORY_PROPERTY = "log4j2.loggerContextFactory";
  private static final String FALLBACK =
      "org.apache.logging.log4j.simple.SimpleLoggerContextFactory";

  private Log4jFallback() {}

  /**
   * Does nothing if Log4j has a provider or is told what to use. The property is only there while
   * Log4j's API starts.
   */
  static void choose(ClassLoader loader) {
    if (loader.getResource(PROVIDERS) != null || System.getProperty(FACTORY_PROPERTY) != null) {
      return;
    }
    System.setProperty(FACTORY_PROPERTY, FALLBACK);
    try {
      Class.forName("org.apache.logging.log4j.LogManager", true, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      // The server will say what it lacks, if it lacks it.
    } finally {
      System.clearProperty(FACTORY_PROPERTY);
    }
  }
}
