package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.format.v1.SecretsCodec;
import io.ezypass.internal.table.Item;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.Website;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code docs/wire-format.md} computes, computed. */
class WireFormatTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final Pattern ROW =
      Pattern.compile("\\| `(.+)` \\| (host|app|name|e-mail|username) \\| (?:`(.+)`|refused) \\|");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");
  private static final int WIDTH = 96;

  @Test
  void theWorkedExampleIsWhatTheCodeDoes() throws Exception {
    String page = page();
    String from = "<!-- worked-example -->\n\n```text\n";
    int start = page.indexOf(from) + from.length();
    assertThat(page.substring(start, page.indexOf("```\n", start))).isEqualTo(render(example()));
  }

  @Test
  void theTablesOfNormalisationAreWhatTheCodeDoes() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String line : page().split("\n", -1)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(row.group(2));
        check(unescape(row.group(1)), row.group(2), row.group(3));
      }
    }
    assertThat(rows).contains("host", "app", "name", "e-mail", "username").hasSizeGreaterThan(50);
  }

  private static void check(String written, String kind, String value) {
    switch (kind) {
      case "e-mail" -> check(value, () -> UserKey.email(written).value());
      case "username" -> check(value, () -> UserKey.username(written).value());
      default -> {
        Website website = Website.of(written);
        assertThat(website.kind().name().toLowerCase(Locale.ROOT)).as(written).isEqualTo(kind);
        check(value, website::value);
      }
    }
  }

  private static void check(@Nullable String value, Supplier<String> normalised) {
    if (value == null) {
      assertThatThrownBy(normalised::get).isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(normalised.get()).isEqualTo(unescape(value));
    }
  }

  private static Map<String, String> example() throws Exception {
    VectorVault vault =
        new VectorVault(
            counted(0x10, 16),
            UserId.of("user-1"),
            new TreeMap<>(Map.of(1, counted(0x20, 32))),
            counted(0x40, 32),
            counted(0x60, 32));
    UserKeys keys = vault.userKeys();
    CredentialContent content =
        CredentialContent.builder()
            .website("https://example.com/login")
            .login("tahir")
            .password(Secret.of("correct horse"))
            .build();
    Audit audit =
        Audit.created(Instant.ofEpochMilli(1_700_000_000_000L), Actor.user(vault.user()))
            .updated(Instant.ofEpochMilli(1_700_000_060_000L), Actor.user(vault.user()));
    byte[] tag = keys.siteTag(content.website());
    String rand = Base64.getUrlEncoder().withoutPadding().encodeToString(counted(0x80, 12));
    CredentialId id =
        CredentialId.of(Base64.getUrlEncoder().withoutPadding().encodeToString(tag) + rand);
    byte[] random = counted(0x90, 32);
    List<byte[]> earlier = List.of(counted(0xb0, 8));
    VectorWriter.sealSomethingElse();
    CredentialSealer.SealedCredential sealed =
        new CredentialSealer(
                VectorReader.environment(
                    Instant.ofEpochMilli(1_700_000_060_000L),
                    new VectorWriter.Prepared().then(random)))
            .seal(
                keys,
                id,
                new CredentialSealer.Next(content, audit, 2, earlier, Lifecycle.NEW),
                DueRow.NONE);
    SealContext without = CredentialRow.context(keys, rand, 2, 1, earlier);
    byte[] context = without.withOperationId(sealed.header().operationId()).encode();
    byte[] info = concat("ezypass/1/seal".getBytes(StandardCharsets.US_ASCII), context);
    byte[] derived = Hmac.expand(vault.key(1), info, 96);

    Map<String, String> out = new LinkedHashMap<>();
    out.put("table id", HEX.formatHex(vault.table()));
    out.put("vault key, generation 1", HEX.formatHex(vault.activeKey()));
    out.put("index key", HEX.formatHex(vault.indexKey()));
    Key index = Key.copyOf(vault.indexKey());
    out.put("site-tag key", derive(index, "ezypass/1/site-tag"));
    out.put("hashed website", HEX.formatHex(MetaCodec.websiteBytes(content.website())));
    out.put("site tag", HEX.formatHex(tag));
    out.put("rand", HEX.formatHex(counted(0x80, 12)));
    byte[] meta = MetaCodec.encode(vault.user(), tag, content.meta(), audit, Lifecycle.NEW);
    byte[] secret = SecretsCodec.encode(content.secrets());
    out.put("meta, padded", HEX.formatHex(meta));
    out.put("secret, padded", HEX.formatHex(secret));
    out.put("context without id", HEX.formatHex(without.encode()));
    out.put("operation key", derive(vault.key(1), "ezypass/1/operation-id"));
    out.put("random", HEX.formatHex(random));
    byte[] input = operationInput(random, without.encode(), meta, secret);
    Key operation = Hmac.deriveKey(vault.key(1), "ezypass/1/operation-id");
    assertThat(Arrays.copyOf(Hmac.sha256(operation, input), 16))
        .isEqualTo(sealed.header().operationId());
    out.put("operation id's input", HEX.formatHex(input));
    out.put("operation id", HEX.formatHex(sealed.header().operationId()));
    out.put("context", HEX.formatHex(context));
    out.put("info", HEX.formatHex(info));
    out.put("meta key", HEX.formatHex(Arrays.copyOf(derived, 32)));
    out.put("secret key", HEX.formatHex(Arrays.copyOfRange(derived, 32, 64)));
    out.put("commitment", HEX.formatHex(Arrays.copyOfRange(derived, 64, 96)));
    part(out, sealed.item(), "meta", 'm', Arrays.copyOf(derived, 32), context, meta);
    part(out, sealed.item(), "secret", 's', Arrays.copyOfRange(derived, 32, 64), context, secret);
    item(out, sealed.item());
    return out;
  }

  /** The AAD and the sealed bytes, sealed once more with the JDK alone. */
  private static void part(
      Map<String, String> out,
      Item item,
      String name,
      char letter,
      byte[] key,
      byte[] context,
      byte[] padded)
      throws Exception {
    byte[] aad = concat(context, new byte[] {(byte) letter});
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(128, new byte[12]));
    cipher.updateAAD(aad);
    assertThat(cipher.doFinal(padded)).isEqualTo(item.bytes(String.valueOf(letter)));
    out.put("AAD of " + name, HEX.formatHex(aad));
  }

  private static void item(Map<String, String> out, Item item) {
    out.put("pk", item.key().pk());
    out.put("sk", item.key().sk());
    out.put("v", Long.toString(item.number(Item.VERSION).orElseThrow()));
    for (String name : List.of(Item.HEADER, Item.META, Item.SECRET)) {
      byte[] bytes = item.bytes(name);
      out.put(name, bytes == null ? "" : HEX.formatHex(bytes));
    }
  }

  private static byte[] operationInput(byte[] random, byte[] context, byte[] meta, byte[] secret) {
    return concat(random, length(context), context, length(meta), meta, length(secret), secret);
  }

  private static byte[] length(byte[] part) {
    return ByteBuffer.allocate(4).putInt(part.length).array();
  }

  private static String derive(Key key, String label) {
    return HEX.formatHex(Hmac.deriveKey(key, label).copyBytes());
  }

  private static String render(Map<String, String> values) {
    StringBuilder out = new StringBuilder();
    values.forEach(
        (name, value) -> {
          for (int at = 0; at < value.length(); at += WIDTH) {
            String label = at == 0 ? name : "";
            out.append(String.format("%-24s", label))
                .append(value, at, Math.min(value.length(), at + WIDTH))
                .append('\n');
          }
        });
    return out.toString();
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "wire-format.md"));
  }

  private static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(match.group(1), 16))));
  }

  private static byte[] counted(int from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
