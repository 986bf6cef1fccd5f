/**
 * How DynamoDB Local gets into this JVM without showing.
 *
 * <pre>
 * ServerLauncher      loads and starts it
 * SilentClassLoader   gives it loggers of its own, which print nothing
 * Log4jFallback       keeps Log4j's API from reporting that nobody configured it
 * LastThreadWatch     stops it when nothing else keeps the JVM alive
 * DynamoDbServer      the server itself, the only code that sees Jetty; lives in that class loader
 * </pre>
 */
@NullMarked
package io.ezypass.testkit.internal.server;

import org.jspecify.annotations.NullMarked;
