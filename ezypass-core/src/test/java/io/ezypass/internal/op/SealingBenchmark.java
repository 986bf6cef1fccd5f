package io.ezypass.internal.op;

import io.ezypass.internal.table.Item;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sealing and opening a typical credential beside raw JCE AES-256-GCM: a Cipher that is reused, the
 * same AAD, the same lengths, one call per part. Figures in docs/performance.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@NullUnmarked // JMH calls the set-up before anything else
public class SealingBenchmark {
  private final UserKeys keys = Fixtures.userKeys();
  private final CredentialSealer sealer = new CredentialSealer(Fixtures.environment());
  private final Audit audit = Audit.created(Fixtures.NOW, Actor.user(Fixtures.USER));
  private final byte[] nonce = new byte[12];
  private final SecretKeySpec key = new SecretKeySpec(Fixtures.filled(9), "AES");
  private CredentialContent content;
  private CredentialId id;
  private Item item;
  private byte[] context;
  private byte[] meta;
  private byte[] secret;
  private Cipher cipher;
  private byte[] sealedMeta;
  private byte[] sealedSecret;
  private long counter;

  @Setup
  public void setUp() throws GeneralSecurityException {
    content =
        CredentialContent.builder()
            .website("example1.com")
            .login("l".repeat(20))
            .password(Secret.of("p".repeat(16)))
            .urls(List.of("https://" + "u".repeat(22)))
            .notes(Secret.of("n".repeat(40)))
            .build();
    id = sealer.newId(keys, content, audit);
    item = sealer.seal(keys, id, CredentialSealer.Next.first(content, audit), DueRow.NONE).item();
    context =
        CredentialRow.context(keys, id.value().substring(12), 1, 1, List.of())
            .withOperationId(new byte[16])
            .encode();
    meta = new byte[item.bytes(Item.META).length - 16];
    secret = new byte[item.bytes(Item.SECRET).length - 16];
    cipher = Cipher.getInstance("AES/GCM/NoPadding");
    sealedMeta = sealedForOpening(meta);
    sealedSecret = sealedForOpening(secret);
  }

  @Benchmark
  public Item seal() {
    return sealer.seal(keys, id, CredentialSealer.Next.first(content, audit), DueRow.NONE).item();
  }

  @Benchmark
  public Credential openWhole() {
    return CredentialRow.openWhole(keys, item).credential();
  }

  @Benchmark
  public CredentialSummary openMeta() {
    return CredentialRow.openMeta(keys, item).summary();
  }

  @Benchmark
  public int rawSealBothParts() throws GeneralSecurityException {
    return rawSeal(meta).length + rawSeal(secret).length;
  }

  @Benchmark
  public int rawOpenBothParts() throws GeneralSecurityException {
    return rawOpen(sealedMeta).length + rawOpen(sealedSecret).length;
  }

  @Benchmark
  public int rawOpenMeta() throws GeneralSecurityException {
    return rawOpen(sealedMeta).length;
  }

  /** Encrypts under the next nonce, since the JDK refuses to repeat one. */
  private byte[] rawSeal(byte[] input) throws GeneralSecurityException {
    ByteBuffer.wrap(nonce).putLong(++counter);
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
    cipher.updateAAD(context);
    return cipher.doFinal(input);
  }

  /** Encrypts for the opening benchmarks, all under the same nonce. */
  private byte[] sealedForOpening(byte[] input) throws GeneralSecurityException {
    Cipher fresh = Cipher.getInstance("AES/GCM/NoPadding");
    fresh.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, new byte[12]));
    fresh.updateAAD(context);
    return fresh.doFinal(input);
  }

  private byte[] rawOpen(byte[] sealed) throws GeneralSecurityException {
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, new byte[12]));
    cipher.updateAAD(context);
    return cipher.doFinal(sealed);
  }
}
