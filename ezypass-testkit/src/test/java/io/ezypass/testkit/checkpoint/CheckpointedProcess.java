package io.ezypass.testkit.checkpoint;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.kms.FakeKms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * A service in a JVM of its own: does all that uses keys, on several threads that stay alive, and
 * then what it is told on its standard input. It never holds a key in a form of its own making:
 * what it tells of keys is masked byte by byte, before anything else.
 */
final class CheckpointedProcess {
  static final int MASK = 0xa5;
  static final UserId ALICE = UserId.of("alice");

  private CheckpointedProcess() {}

  /** Takes the endpoint and the name of an empty table. */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    FakeKms kms = FakeKms.create();
    try (DynamoDbClient dynamoDb =
            DynamoDbClient.builder()
                .endpointOverride(URI.create(args[0]))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build();
        EzyPass ezypass =
            EzyPass.builder()
                .clients(dynamoDb, tellingKeys(kms.client(), out))
                .table(args[1])
                .kmsKey(kms.createKey())
                .build()) {
      ezypass.admin().initialise();
      ezypass.repository().register(NewUser.withId(ALICE).email("alice@example.com"));
      for (int thread = 0; thread < 3; thread++) {
        useOnAThreadThatStays(ezypass.repository());
      }
      out.println("ready");
      obey(out);
    }
  }

  private static void useOnAThreadThatStays(VaultRepository vaults) throws InterruptedException {
    CountDownLatch used = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              use(vaults);
              used.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
    used.await();
  }

  private static void use(VaultRepository vaults) {
    Vault vault = vaults.vault(ALICE);
    vaults.findUserBy(UserKey.email("alice@example.com"));
    vaults.listUsers(PageRequest.first(1));
    vault.add(content("github.com"));
    vault.add(content("gitlab.com"));
    vault.open();
    vault.list(PageRequest.first(1));
    vault
        .findByWebsite(Website.of("github.com"), WebsiteMatch.EXACT)
        .forEach(summary -> vault.get(summary.id()).close());
    vault.add(content("last.example"));
  }

  private static CredentialContent content(String website) {
    return CredentialContent.builder().website(website).password(Secret.of("hunter2")).build();
  }

  private static void obey(PrintStream out) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "checkpoint" -> org.crac.Core.checkpointRestore();
        case "dump" -> dump(words[1]);
        default -> throw new IllegalArgumentException(line);
      }
      out.println("done");
    }
  }

  private static void dump(String file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file, true);
  }

  /** A client that prints each data key, masked, as it passes. */
  private static KmsClient tellingKeys(KmsClient kms, PrintStream out) {
    return (KmsClient)
        Proxy.newProxyInstance(
            KmsClient.class.getClassLoader(),
            new Class<?>[] {KmsClient.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(kms, arguments);
                if (answer instanceof GenerateDataKeyResponse response) {
                  GenerateDataKeyRequest request = (GenerateDataKeyRequest) arguments[0];
                  out.println(
                      request.encryptionContext().get("ezypass:purpose")
                          + " "
                          + HexFormat.of()
                              .formatHex(masked(response.plaintext().asByteArrayUnsafe())));
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  static byte[] masked(byte[] bytes) {
    byte[] masked = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      masked[i] = (byte) (bytes[i] ^ MASK);
    }
    return masked;
  }
}
