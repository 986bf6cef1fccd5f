package io.ezypass.testkit.checkpoint;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ezypass.EzyPass;
import io.ezypass.admin.TableOptions;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.kms.FakeKms;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A snapshot holds no keys: the heap of a process is searched for the bytes of each, before and
 * after the hooks of a checkpoint. The process never holds what is searched for as such, and the
 * search is proven by what it finds before.
 */
class HeapDumpTest {
  private static final String DIAGNOSTICS = "com.sun.management.HotSpotDiagnosticMXBean";

  @TempDir private Path directory;

  @Test
  void afterTheHooksOfACheckpointTheHeapHoldsNoKey() throws Exception {
    assumeTrue(
        ModuleLayer.boot().findModule("jdk.management").isPresent(),
        "SKIPPED: this JVM has no " + DIAGNOSTICS + ", so heap dumps are not searched");
    String table = emptyTable();
    Process process = start(table);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter in = process.outputWriter(StandardCharsets.UTF_8)) {
      Map<String, byte[]> told = new LinkedHashMap<>();
      for (String line = read(out); !line.equals("ready"); line = read(out)) {
        String[] words = line.split(" ", 2);
        told.put(words[0], CheckpointedProcess.masked(HexFormat.of().parseHex(words[1])));
      }
      assertThat(told).containsOnlyKeys("lookup-key", "vault-key");
      Map<String, byte[]> keys =
          keys(
              table, requireNonNull(told.get("lookup-key")), requireNonNull(told.get("vault-key")));

      assertThat(found(keys, dump(in, out, "before")))
          .as("what is cached, and nothing that is needed for one call only")
          .containsExactlyInAnyOrder(
              "vault key",
              "index key", // for the next KEYS item, should the user be rotated
              "page-token key",
              "site-tag key",
              "row key of the user",
              "claim-tag key",
              "row key of the table",
              "page-token key of the table");

      tell(in, out, "checkpoint");
      assertThat(found(keys, dump(in, out, "after"))).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String emptyTable() {
    String table = DynamoDbLocal.shared().newTableName("checkpoint");
    FakeKms unused = FakeKms.create();
    try (EzyPass setUp =
        EzyPass.builder()
            .clients(DynamoDbLocal.shared().client(), unused.client())
            .table(table)
            .kmsKey("alias/unused")
            .build()) {
      setUp.admin().createTable(TableOptions.minimal());
    }
    return table;
  }

  private static Process start(String table) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.crac.Core.Compat=io.ezypass.testkit.checkpoint.crac",
            "-cp",
            System.getProperty("java.class.path"),
            CheckpointedProcess.class.getName(),
            DynamoDbLocal.shared().endpoint().toString(),
            table)
        .redirectError(Redirect.INHERIT)
        .start();
  }

  /** What the keys are, by name: opened out of the table with what the process told. */
  private static Map<String, byte[]> keys(String table, byte[] lookupKey, byte[] vaultKey)
      throws Exception {
    TableInspector inspector = new TableInspector(DynamoDbLocal.shared().client(), table);
    byte[] tableId = bytes(inspector.item("TABLE", "ROOT"), "t");
    String partition = "U#" + CheckpointedProcess.ALICE.value();
    Map<String, AttributeValue> keysItem = inspector.item(partition, "KEYS");
    Key vault = Key.copyOf(vaultKey);
    Map<String, byte[]> keys = new LinkedHashMap<>();
    keys.put("vault key", vaultKey);
    keys.put("operation key", derived(vaultKey, "operation-id"));
    keys.put("lookup key", lookupKey);
    keys.put("claim-tag key", derived(lookupKey, "claim-tag"));
    keys.put("row key of the table", derived(lookupKey, "table-row"));
    keys.put("page-token key of the table", derived(lookupKey, "table-page-token"));

    Header header = Header.decode(bytes(keysItem, "h"));
    SealContext context = context(tableId, SealContext.Kind.KEYS, new byte[0], header);
    try (Sealing opening = Sealing.forOpening(vault, context.encode(), header.commitment())) {
      KeysCodec.Decoded rest = KeysCodec.decode(opening.openMeta(bytes(keysItem, "m")), false);
      keys.put("index key", rest.indexKey());
      keys.put("site-tag key", derived(rest.indexKey(), "site-tag"));
      keys.put("row key of the user", derived(rest.indexKey(), "user-row"));
      keys.put("page-token key", rest.pageTokenKey());
    }

    List<Map<String, AttributeValue>> credentials =
        inspector.partition(partition).stream()
            .filter(item -> sortKey(item).startsWith("CRED#"))
            .toList();
    assertThat(credentials).hasSize(9);
    for (int i = 0; i < credentials.size(); i++) {
      Map<String, AttributeValue> item = credentials.get(i);
      byte[] rand = Base64.getUrlDecoder().decode(sortKey(item).substring(5 + 12));
      Header sealed = Header.decode(bytes(item, "h"));
      byte[] info = context(tableId, SealContext.Kind.CREDENTIAL, rand, sealed).encode();
      byte[] once = Hmac.expand(vault, joined("ezypass/1/seal", info), 96);
      assertThat(Arrays.copyOfRange(once, 64, 96)).isEqualTo(sealed.commitment());
      keys.put("meta key of credential " + i, Arrays.copyOfRange(once, 0, 32));
      keys.put("secret key of credential " + i, Arrays.copyOfRange(once, 32, 64));
    }
    return keys;
  }

  private static SealContext context(
      byte[] tableId, SealContext.Kind kind, byte[] rand, Header header) {
    return new SealContext(
        header.features(),
        tableId,
        CheckpointedProcess.ALICE.value(),
        kind,
        rand,
        SealContext.State.LIVE,
        1,
        header.generation(),
        header.operationId(),
        header.earlier());
  }

  private static byte[] derived(byte[] key, String label) {
    return Hmac.deriveKey(Key.copyOf(key), "ezypass/1/" + label).copyBytes();
  }

  private static byte[] joined(String label, byte[] context) {
    byte[] prefix = label.getBytes(StandardCharsets.US_ASCII);
    byte[] both = Arrays.copyOf(prefix, prefix.length + context.length);
    System.arraycopy(context, 0, both, prefix.length, context.length);
    return both;
  }

  private static String sortKey(Map<String, AttributeValue> item) {
    return requireNonNull(item.get("sk")).s();
  }

  private static byte[] bytes(Map<String, AttributeValue> item, String attribute) {
    return requireNonNull(item.get(attribute)).b().asByteArray();
  }

  private record Half(String name, byte[] bytes) {}

  /** The names of the keys of which either half lies in the file. */
  private static Set<String> found(Map<String, byte[]> keys, Path file) throws IOException {
    byte[] heap = Files.readAllBytes(file);
    Files.delete(file);
    boolean[] first = new boolean[1 << 16];
    List<Half> halves = new ArrayList<>();
    keys.forEach(
        (name, key) -> {
          for (byte[] half : List.of(Arrays.copyOf(key, 16), Arrays.copyOfRange(key, 16, 32))) {
            halves.add(new Half(name, half));
            first[pair(half, 0)] = true;
          }
        });
    Set<String> found = new TreeSet<>();
    for (int at = 0; at + 16 <= heap.length; at++) {
      if (first[pair(heap, at)]) {
        for (Half half : halves) {
          if (Arrays.equals(heap, at, at + 16, half.bytes(), 0, 16)) {
            found.add(half.name());
          }
        }
      }
    }
    return found;
  }

  private static int pair(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private Path dump(BufferedWriter in, BufferedReader out, String name) throws IOException {
    Path file = directory.resolve(name + ".hprof");
    tell(in, out, "dump " + file);
    return file;
  }

  private static void tell(BufferedWriter in, BufferedReader out, String command)
      throws IOException {
    in.write(command + "\n");
    in.flush();
    assertThat(read(out)).isEqualTo("done");
  }

  private static String read(BufferedReader out) throws IOException {
    String line = out.readLine();
    assertThat(line).as("the process ended early; its error is on the console").isNotNull();
    return line;
  }
}
