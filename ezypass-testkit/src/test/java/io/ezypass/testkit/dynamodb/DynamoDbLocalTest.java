package io.ezypass.testkit.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

class DynamoDbLocalTest {
  private static final DynamoDbLocal LOCAL = DynamoDbLocal.shared();

  @TempDir Path temp;

  @Test
  void everybodySharesOneServerOfTheLoopbackInterface() {
    assertThat(DynamoDbLocal.shared()).isSameAs(LOCAL);
    assertThat(LOCAL.endpoint().toString()).startsWith("http://127.0.0.1:");
    assertThat(LOCAL).hasToString("DynamoDbLocal[" + LOCAL.endpoint() + "]");
  }

  @Test
  void allClientsSeeTheSameTables() {
    String table = Calls.newTable();
    PutItemRequest put = PutItemRequest.builder().tableName(table).item(Calls.item("a")).build();
    GetItemRequest get = GetItemRequest.builder().tableName(table).key(Calls.item("a")).build();

    LOCAL.asyncClient().putItem(put).join();

    assertThat(LOCAL.client().getItem(get).hasItem()).isTrue();
    assertThat(LOCAL.asyncClient(new CallCounter()).getItem(get).join().hasItem()).isTrue();
    DynamoDbClient own = LOCAL.clientBuilder().build();
    assertThat(own.getItem(get).hasItem()).isTrue();
    own.close();
    assertThat(LOCAL.client(new CallCounter()).getItem(get).hasItem()).isTrue();
  }

  @Test
  void tableNamesAreNeverGivenTwice() {
    assertThat(LOCAL.newTableName("vault"))
        .startsWith("vault-")
        .isNotEqualTo(LOCAL.newTableName("vault"));
  }

  @Test
  void mainThatUsesItExitsAndLeavesNothing() throws Exception {
    assertThat(run("", jar -> true)).isEqualTo("exit 0\n");
    assertThat(files()).isEmpty();
  }

  /** SLF4J itself tells whoever uses an SDK client that there is no provider. */
  @Test
  void mainThatFailsExitsTooAndLoggingIsNotNeeded() throws Exception {
    String output = run("fail", jar -> !jar.getName().startsWith("logback-"));

    assertThat(output.lines().filter(line -> !line.matches("SLF4J.*|\\s+at .*")))
        .containsExactly(
            "exit 1", "Exception in thread \"main\" java.lang.IllegalStateException: on purpose");
    assertThat(files()).isEmpty();
  }

  /** Runs {@link Main} in a JVM of its own, and answers how it ended and all that it printed. */
  private String run(String argument, Predicate<File> classPath) throws Exception {
    Path logback = Files.createFile(temp.resolve("logback.xml"));
    Files.writeString(
        logback,
        """
        <configuration>
          <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
          <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%level %logger: %msg%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="console"/></root>
        </configuration>
        """);
    Path output = temp.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=" + logback,
                "-Djava.io.tmpdir=" + directory(),
                "-cp",
                classPath(classPath),
                Main.class.getName(),
                argument)
            .directory(directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean exited = process.waitFor(180, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(exited).as("it exits by itself").isTrue();
    return "exit " + process.exitValue() + "\n" + Files.readString(output);
  }

  private Path directory() throws IOException {
    return Files.createDirectories(temp.resolve("directory"));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.toList();
    }
  }

  private static String classPath(Predicate<File> filter) {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> filter.test(new File(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A program that uses the server with both clients and then just returns. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      String table = Calls.newTable();
      PutItemRequest put = PutItemRequest.builder().tableName(table).item(Calls.item("a")).build();
      DynamoDbLocal.shared().client().putItem(put);
      DynamoDbLocal.shared().asyncClient().putItem(put).join();
      if (arguments[0].equals("fail")) {
        throw new IllegalStateException("on purpose");
      }
    }
  }
}
